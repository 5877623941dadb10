package io.lipc.runtime.tornado;

/**
 * How the products of a network lie over the work items of a device. All schedules compute the same
 * function; they differ in speed, and where said in the order of sums, which the rounding bound
 * covers.
 */
public enum Schedule {
  /**
   * Eight outputs of one row, or eight channels of one pixel, per work item, without local memory:
   * what every device runs.
   */
  PORTABLE,

  /**
   * Four rows by a vector of eight outputs, or four pixels by eight channels, per work item: for
   * the vector units of a CPU. Rows are filled up to a multiple of four.
   */
  CPU,

  /**
   * Work groups that share local memory: 64 rows by 64 outputs each, or 64 channels by 64 pixels.
   * For fewer rows each output of a dense layer has a group, and its sum the order of a tree.
   */
  GPU;

  /**
   * The schedule for a device: for an FPGA, and what calls itself neither CPU nor GPU, the portable
   * one.
   */
  public static Schedule of(Device.Accelerator device) {
    return switch (device.type()) {
      case "CPU" -> CPU;
      case "GPU" -> GPU;
      default -> PORTABLE;
    };
  }
}
