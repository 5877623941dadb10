package io.lipc.kernels.tornado;

/**
 * The distribution of products over the work items of a device. Each has a method of its own in the
 * generated class, which builds the task graph. Other kernels are the same in all of them.
 */
enum Layout {
  /** Eight outputs of a row per work item, without local memory: for every device. */
  PORTABLE("portable", 1),

  /**
   * Like {@link #PORTABLE}, but convolutions by four pixels of an image: for a few rows on a CPU.
   */
  PIXELS("pixels", 1),

  /** Four rows or pixels by a vector of eight outputs per work item: for CPUs' vector units. */
  LANES("lanes", LaneKernels.ROWS),

  /** A work group per output, whose items share the sum: for a few rows on a GPU. */
  TREES("trees", 1),

  /**
   * A work group per block of 64 rows by 64 outputs, or of pixels by channels, by way of local
   * memory: for many rows on a GPU.
   */
  TILES("tiles", 1);

  /** The name of the method that builds the task graph. */
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
