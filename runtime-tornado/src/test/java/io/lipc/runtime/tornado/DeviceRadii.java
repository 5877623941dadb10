package io.lipc.runtime.tornado;

import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.FloatNetwork;

/** Radii for logits of a device, where there is none. */
public final class DeviceRadii {

  private DeviceRadii() {}

  /** What {@link TornadoNetwork#certifiedRadius} gives on an accelerator. */
  public static double of(FloatNetwork network, float[] input, float[] logits) {
    return new DeviceRadius(network.subject()).of(network, input, logits);
  }

  /** What {@link TornadoDoubleNetwork#certifiedRadius} gives on an accelerator. */
  public static double of(DoubleNetwork network, double[] input, double[] logits) {
    return new DeviceRadius(network.subject()).of(network, input, logits);
  }
}
