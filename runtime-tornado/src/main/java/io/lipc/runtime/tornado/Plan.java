package io.lipc.runtime.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A network compiled for one device and one number of rows. For turns of that device alone. */
final class Plan implements AutoCloseable {

  private final int inputSize;
  private final int outputSize;
  private final TornadoGraph graph;
  private final CompiledGraphs compiled;

  private Plan(TornadoProgram program, TornadoGraph graph, CompiledGraphs compiled) {
    this.inputSize = program.inputSize();
    this.outputSize = program.outputSize();
    this.graph = graph;
    this.compiled = compiled;
  }

  /**
   * Compiles, and compares what the device gives with the JVM network, on one batch.
   *
   * @throws DeviceException if the device refuses the kernels or gives other numbers
   */
  static Plan compile(Device.Accelerator device, TornadoProgram program, int batch) {
    Plan plan = build(device, program, batch);
    try {
      PlanCheck.check(plan, program, device, batch);
      return plan;
    } catch (RuntimeException | Error e) {
      plan.compiled.close(e);
      throw e;
    }
  }

  private static Plan build(Device.Accelerator device, TornadoProgram program, int batch) {
    String work = batch + " rows";
    TornadoGraph graph;
    try {
      graph = program.graph(batch, device.schedule());
    } catch (RuntimeException | Error e) {
      throw CompiledGraphs.failed(device, work, e);
    }
    CompiledGraphs compiled =
        CompiledGraphs.on(device, work, List.of(graph.taskGraph()), graph.grids());
    return new Plan(program, graph, compiled);
  }

  /**
   * Runs some rows of a batch on the device. Behind them the plan has rows of whatever it was given
   * before: each output depends on its own row alone.
   *
   * @param inputs rows of the network's input size
   * @param outputs rows of its output size, of which the same ones are overwritten
   * @param from the first of these rows
   * @param rows how many, at most as many as the plan has
   * @return the time that the kernels took on the device, in nanoseconds, more than 0
   * @throws DeviceException if TornadoVM fails, or ran the tasks elsewhere
   */
  long execute(float[] inputs, float[] outputs, int from, int rows) {
    int read = inputSize * rows;
    int written = outputSize * rows;
    MemorySegment to = graph.input().getSegment();
    MemorySegment.copy(inputs, inputSize * from, to, ValueLayout.JAVA_FLOAT, 0, read);
    long kernelTime = compiled.execute(0);
    MemorySegment given = graph.output().getSegment();
    MemorySegment.copy(given, ValueLayout.JAVA_FLOAT, 0, outputs, outputSize * from, written);
    return kernelTime;
  }

  @Override
  public void close() {
    compiled.close();
  }
}
