package io.lipc.kernels;

import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.Map;
import java.util.SplittableRandom;

/** What {@link DeviceMemoryTest} starts where there are 16 MB for all arrays. */
final class SmallDevice {

  /** Of which each row has 4 kB between its layers. */
  private static final int WIDTH = 1024;

  private SmallDevice() {}

  public static void main(String[] arguments) {
    DeviceNetwork network = network();
    for (int time = 0; time < 5; time++) {
      try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program())) {
        device.warmUp(1000);
      }
    }
    System.out.println("five times 4 MB");
    try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program())) {
      try {
        device.warmUp(5000);
      } catch (DeviceException e) {
        System.out.println("error: " + e.getMessage());
      }
      DeviceAgreement.check(device, network, 64);
      System.out.println("64 rows are right");
    }
  }

  private static DeviceNetwork network() {
    NetworkBuilder net = new NetworkBuilder("demo.device.Memory", ElementType.F32);
    int h = net.activate("h", net.dense("h#0", net.input("x", 2), WIDTH, true), PointwiseKind.ABS);
    net.dense("y", h, 2, true);
    CheckedNetwork network = net.build(1, "");
    return DeviceNetworks.compile(
        network, Subjects.random(network.network(), new SplittableRandom(1), Map.of()));
  }
}
