package io.lipc.runtime.tornado;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One task graph with the arrays that change between its executions.
 *
 * @param taskGraph not yet frozen by {@code snapshot()}
 * @param input {@code rows} times the input size of the network, row by row; rows that a batch
 *     leaves over are zero
 * @param output {@code rows} times the output size, row by row
 * @param rows the number of rows in the arrays: the batch, or more where the kernels want a
 *     multiple of something
 * @param grids the work groups of those tasks whose items share memory; TornadoVM groups the others
 */
public record TornadoGraph(
    TaskGraph taskGraph, FloatArray input, FloatArray output, int rows, GridScheduler grids)
    implements DeviceGraph {

  /** Without tasks whose items share memory. */
  public TornadoGraph(TaskGraph taskGraph, FloatArray input, FloatArray output, int rows) {
    this(taskGraph, input, output, rows, new GridScheduler());
  }
}
