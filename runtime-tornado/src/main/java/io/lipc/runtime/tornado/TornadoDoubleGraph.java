package io.lipc.runtime.tornado;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;

/**
 * As {@link TornadoGraph}, of a network in doubles.
 *
 * @param taskGraph not yet frozen by {@code snapshot()}
 * @param input {@code rows} times the input size of the network, row by row; rows that a batch
 *     leaves over are zero
 * @param output {@code rows} times the output size, row by row
 * @param rows the number of rows in the arrays: the batch, or more where the kernels want a
 *     multiple of something
 * @param grids the work groups of those tasks whose items share memory; TornadoVM groups the others
 */
public record TornadoDoubleGraph(
    TaskGraph taskGraph, DoubleArray input, DoubleArray output, int rows, GridScheduler grids)
    implements DeviceGraph {

  /** Without tasks whose items share memory. */
  public TornadoDoubleGraph(TaskGraph taskGraph, DoubleArray input, DoubleArray output, int rows) {
    this(taskGraph, input, output, rows, new GridScheduler());
  }
}
