package io.lipc.runtime.tornado;

/** Whether a device computes in doubles at all, which OpenCL leaves to devices. */
final class DoublePrecision {

  private DoublePrecision() {}

  /**
   * Refuses a network in doubles on a device that has none.
   *
   * @throws DeviceException if so
   */
  static void check(Device.Accelerator device, boolean hasDoubles) {
    if (!hasDoubles) {
      throw new DeviceException(
          "device " + device + " has no doubles, and the network is of `precision f64`",
          "run on another device, auto or jvm; or declare `precision f32`, and certify again");
    }
  }
}
