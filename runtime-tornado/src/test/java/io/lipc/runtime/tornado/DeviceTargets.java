package io.lipc.runtime.tornado;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;

/** What drivers say of devices, for logs. */
public final class DeviceTargets {

  private DeviceTargets() {}

  /** The driver's view of a device. */
  public static TornadoTargetDevice of(Device.Accelerator device) {
    return TornadoRuntime.device(device).getPhysicalDevice();
  }
}
