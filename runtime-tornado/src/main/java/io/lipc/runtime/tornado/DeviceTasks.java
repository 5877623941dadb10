package io.lipc.runtime.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * Task graphs on one device, for what is not a certified network: nothing is compared with the JVM
 * here. Arithmetic is that of IEEE 754, executions take turns with all others of the device, and
 * the device's own events have to show of each that it gave the results, which each graph copies to
 * the host at its end.
 */
public final class DeviceTasks implements AutoCloseable {

  private final Turns turns;
  private final CompiledGraphs graphs;
  private final boolean[] compiled;

  private DeviceTasks(Turns turns, CompiledGraphs graphs, int count) {
    this.turns = turns;
    this.graphs = graphs;
    this.compiled = new boolean[count];
  }

  /**
   * Places graphs on a device. Each is compiled when it is first executed.
   *
   * @param work what they compute, for messages, such as "16 rows"
   * @param graphs they may hand arrays on from one to the next one that is executed
   * @throws DeviceException if the device refuses them
   */
  public static DeviceTasks on(Device.Accelerator device, String work, List<TaskGraph> graphs) {
    Turns turns = Turns.on(device);
    CompiledGraphs placed =
        turns.make(
            () ->
                Turns.compiling(
                    () -> CompiledGraphs.on(device, work, graphs, new GridScheduler())));
    return new DeviceTasks(turns, placed, graphs.size());
  }

  /**
   * Executes one of the graphs, with its transfers.
   *
   * @param graph its number
   * @return the time that the kernels took on the device, in nanoseconds, more than 0
   * @throws DeviceException if the device fails, or TornadoVM ran the tasks elsewhere
   */
  public long execute(int graph) {
    return turns.take(
        () -> {
          if (compiled[graph]) {
            return graphs.execute(graph);
          }
          long kernelTime = Turns.compiling(() -> graphs.execute(graph));
          compiled[graph] = true;
          return kernelTime;
        });
  }

  /**
   * Frees what the graphs hold on the device.
   *
   * @throws IllegalStateException if the device does not free it
   */
  @Override
  public void close() {
    turns.take(
        () -> {
          graphs.close();
          return 0;
        });
  }
}
