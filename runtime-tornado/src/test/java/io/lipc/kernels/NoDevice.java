package io.lipc.kernels;

import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/** What {@link NoDeviceTest} starts in a JVM where no device can be used. */
final class NoDevice {

  private NoDevice() {}

  public static void main(String[] arguments) {
    System.out.println("devices: " + Devices.list());
    try {
      System.out.println("found " + Devices.at(0));
    } catch (DeviceException e) {
      System.out.println("error: " + e.getMessage());
    }
    DeviceNetwork network = network();
    try (TornadoNetwork fallback = TornadoNetwork.on(Device.auto(), network.program())) {
      float[] x = {0.5f, -0.5f, 1, -1};
      float[] y = new float[6];
      fallback.apply(x, y, 2);
      fallback.apply(x, y, 2);
      float[] first = new float[3];
      network.jvm().apply(new float[] {0.5f, -0.5f}, first);
      boolean isSame = Arrays.equals(first, Arrays.copyOf(y, 3));
      System.out.println("on " + fallback.device() + ", right: " + isSame);
    }
  }

  private static DeviceNetwork network() {
    NetworkBuilder net = new NetworkBuilder("demo.device.Fallback", ElementType.F32);
    net.dense("y", net.input("x", 2), 3, true);
    CheckedNetwork network = net.build(1, "");
    return DeviceNetworks.compile(
        network, Subjects.random(network.network(), new SplittableRandom(1), Map.of()));
  }
}
