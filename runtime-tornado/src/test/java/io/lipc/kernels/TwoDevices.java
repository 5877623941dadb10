package io.lipc.kernels;

import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What {@link SeveralDevicesTest} starts where there are two devices. */
final class TwoDevices {

  private TwoDevices() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("devices: " + Devices.list().size());
    DeviceNetwork large = network("Large", 256, 1024, 256);
    DeviceNetwork small = network("Small", 4, 9, 3);
    try (TornadoNetwork first = TornadoNetwork.on(Devices.at(0), large.program());
        TornadoNetwork second = TornadoNetwork.on(Devices.at(1), small.program())) {
      first.warmUp(4096);
      System.out.println(duringOneCall(first, second) + " calls of the other device within one");
      compileBoth(first, second);
      DeviceAgreement.check(first, large, 7);
      DeviceAgreement.check(second, small, 7);
      System.out.println("both are right");
    }
  }

  private static int duringOneCall(TornadoNetwork busy, TornadoNetwork other) throws Exception {
    float[] x = DeviceAgreement.inputs(4096 * busy.inputSize(), 1);
    float[] y = new float[4096 * busy.outputSize()];
    try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
      Future<?> call = caller.submit(() -> busy.apply(x, y, 4096));
      int calls = 0;
      while (!call.isDone()) {
        other.apply(new float[other.inputSize()], new float[other.outputSize()]);
        calls += call.isDone() ? 0 : 1;
      }
      call.get();
      return calls;
    }
  }

  /** While one compiles, the other does, or executes. */
  private static void compileBoth(TornadoNetwork first, TornadoNetwork second) throws Exception {
    try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
      Future<?> compiled = caller.submit(() -> first.warmUp(3));
      second.warmUp(5);
      do {
        second.apply(new float[second.inputSize()], new float[second.outputSize()]);
      } while (!compiled.isDone());
      compiled.get();
    }
  }

  private static DeviceNetwork network(String name, int... widths) {
    NetworkBuilder net = new NetworkBuilder("demo.device." + name, ElementType.F32);
    int layer = net.input("x", widths[0]);
    for (int i = 1; i < widths.length; i++) {
      layer = net.dense("h" + i, layer, widths[i], true);
    }
    CheckedNetwork network = net.build(1, "");
    return DeviceNetworks.compile(
        network, Subjects.random(network.network(), new SplittableRandom(1), Map.of()));
  }
}
