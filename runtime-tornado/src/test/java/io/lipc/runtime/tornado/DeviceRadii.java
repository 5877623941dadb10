package io.lipc.runtime.tornado;

import io.lipc.runtime.FloatNetwork;

/** Radii for logits of a device, where there is none. */
public final class DeviceRadii {

  private DeviceRadii() {}

  /** What {@link TornadoNetwork#certifiedRadius} gives on an accelerator. */
  public static double of(FloatNetwork network, float[] input, float[] logits) {
    return new DeviceRadius(network).of(input, logits);
  }
}
