package io.lipc.kernels;

import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.tornado.Schedule;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoProgram;

/** A network by one schedule, whatever the device. */
record Scheduled(TornadoProgram program, Schedule schedule) implements TornadoProgram {

  @Override
  public int inputSize() {
    return program.inputSize();
  }

  @Override
  public int outputSize() {
    return program.outputSize();
  }

  @Override
  public TornadoGraph graph(int batch) {
    return program.graph(batch, schedule);
  }

  @Override
  public FloatNetwork network() {
    return program.network();
  }
}
