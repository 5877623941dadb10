package io.lipc.runtime.tornado;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** A network compiled for one device and one number of rows. For turns of that device alone. */
final class Plan implements AutoCloseable {

  /** The bytes of a row. */
  private final long inputSize;

  private final long outputSize;
  private final DeviceGraph graph;
  private final CompiledGraphs compiled;

  private Plan(DeviceProgram program, DeviceGraph graph, CompiledGraphs compiled) {
    this.inputSize = (long) program.inputSize() * graph.input().getElementSize();
    this.outputSize = (long) program.outputSize() * graph.output().getElementSize();
    this.graph = graph;
    this.compiled = compiled;
  }

  /**
   * Compiles, and compares what the device gives with the JVM network, on one batch.
   *
   * @throws DeviceException if the device refuses the kernels or gives other numbers
   */
  static Plan compile(Device.Accelerator device, DeviceProgram program, int batch) {
    Plan plan = build(device, program, batch);
    try {
      PlanCheck.check(plan, program, device, batch);
      return plan;
    } catch (RuntimeException | Error e) {
      plan.compiled.close(e);
      throw e;
    }
  }

  private static Plan build(Device.Accelerator device, DeviceProgram program, int batch) {
    String work = batch + " rows";
    DeviceGraph graph;
    try {
      switch (program) {
        case TornadoProgram _ -> {}
        case TornadoDoubleProgram _ ->
            DoublePrecision.check(device, TornadoRuntime.hasDoubles(device));
      }
      graph = program.graph(batch, device.schedule());
    } catch (DeviceException e) {
      throw e;
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
   * @param batch of which the outputs of these rows are overwritten
   * @param from the first of these rows
   * @param rows how many, at most as many as the plan has
   * @return the time that the kernels took on the device, in nanoseconds, more than 0
   * @throws DeviceException if TornadoVM fails, or ran the tasks elsewhere
   */
  long execute(Batch batch, int from, int rows) {
    MemorySegment to = graph.input().getSegment();
    MemorySegment.copy(batch.input(), inputSize * from, to, 0, inputSize * rows);
    long kernelTime = compiled.execute(0);
    MemorySegment given = graph.output().getSegment();
    MemorySegment.copy(given, 0, batch.output(), outputSize * from, outputSize * rows);
    return kernelTime;
  }

  @Override
  public void close() {
    compiled.close();
  }
}
