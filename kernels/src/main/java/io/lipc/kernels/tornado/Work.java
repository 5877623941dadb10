package io.lipc.kernels.tornado;

/** The number of work items of a task, and who forms groups of them. */
sealed interface Work {

  /**
   * Independent items, grouped as TornadoVM likes it. Their number is rounded up to whole groups,
   * and those beyond the results do nothing.
   *
   * @param results how many items have something to do, for each {@code rows} rows
   * @param rows what the number of rows is a multiple of
   */
  record Items(int results, int rows) implements Work {}

  /**
   * Groups of a given size, whose items share local memory and wait for each other.
   *
   * @param groups how many there are, for each {@code share} parts of the rows
   * @param parts how many parts a row has: the pixels of an image, or 1
   * @param share how many parts, of all rows together, a group is for; the last may have fewer
   * @param size the number of items of a group
   */
  record Groups(int groups, int parts, int share, int size) implements Work {}
}
