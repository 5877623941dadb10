package io.lipc.kernels.tornado;

/**
 * How products lie over the work items of a device. Each has a method of its own in the generated
 * class, which builds the task graph; what is no product has the same kernels in all of them.
 */
enum Layout {
  /** Eight outputs of a row per work item, without local memory: for every device. */
  PORTABLE("portable", 1),

  /** Four rows by a vector of eight outputs per work item: for the vector units of a CPU. */
  LANES("lanes", LaneKernels.ROWS),

  /** A work group per output, whose items share the sum: for a few rows on a GPU. */
  TREES("trees", 1),

  /** A work group per block of 64 rows by 64 outputs, by way of local memory: for many rows. */
  TILES("tiles", 1);

  /** What the method is called that builds the task graph. */
  private final String method;

  private final int multiple;

  Layout(String method, int multiple) {
    this.method = method;
    this.multiple = multiple;
  }

  String method() {
    return method;
  }

  /** The number of rows has to be a multiple of this. */
  int multiple() {
    return multiple;
  }
}
