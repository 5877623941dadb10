package io.lipc.runtime.tornado;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** One task graph with the arrays that change between its executions, whatever their precision. */
public sealed interface DeviceGraph permits TornadoGraph, TornadoDoubleGraph {

  /** The tasks, not yet frozen by {@code snapshot()}. */
  TaskGraph taskGraph();

  /**
   * {@link #rows} times the input size of the network, row by row; rows that a batch leaves over
   * are zero.
   */
  TornadoNativeArray input();

  /** {@link #rows} times the output size, row by row. */
  TornadoNativeArray output();

  /**
   * The number of rows in the arrays: the batch, or more where the kernels want a multiple of
   * something.
   */
  int rows();

  /** The work groups of those tasks whose items share memory; TornadoVM groups the others. */
  GridScheduler grids();
}
