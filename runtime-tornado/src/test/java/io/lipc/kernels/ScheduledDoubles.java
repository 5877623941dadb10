package io.lipc.kernels;

import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.tornado.Schedule;
import io.lipc.runtime.tornado.TornadoDoubleGraph;
import io.lipc.runtime.tornado.TornadoDoubleProgram;

/** A network in doubles by one schedule, whatever the device. */
record ScheduledDoubles(TornadoDoubleProgram program, Schedule schedule)
    implements TornadoDoubleProgram {

  @Override
  public int inputSize() {
    return program.inputSize();
  }

  @Override
  public int outputSize() {
    return program.outputSize();
  }

  @Override
  public TornadoDoubleGraph graph(int batch) {
    return program.graph(batch, schedule);
  }

  @Override
  public DoubleNetwork network() {
    return program.network();
  }
}
