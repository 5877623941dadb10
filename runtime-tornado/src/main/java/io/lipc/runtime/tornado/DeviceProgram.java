package io.lipc.runtime.tornado;

import io.lipc.runtime.LipschitzNetwork;

/** The type of every generated {@code XxxTornado}, whatever the precision of its network. */
public sealed interface DeviceProgram permits TornadoProgram, TornadoDoubleProgram {

  /** The number of elements that the network reads, per row. */
  int inputSize();

  /** The number of elements that the network gives, per row. */
  int outputSize();

  /**
   * A new task graph with arrays of its own, that every device runs. Weights go to the device with
   * its first execution, the input and the output with every one.
   *
   * @param batch the number of rows, at least 1
   */
  DeviceGraph graph(int batch);

  /**
   * As {@link #graph(int)}, with the kernels that suit a kind of device, where there are any.
   *
   * @param batch the number of rows, at least 1; the graph may have more
   * @param schedule which kernels
   */
  DeviceGraph graph(int batch, Schedule schedule);

  /** The same network for the JVM, with the same certified weights: fallback and certificate. */
  LipschitzNetwork network();
}
