package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.ActivationKind;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Precision;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Emitted task graphs give on the device what the interpreter and the JVM give. */
@OnDevice
class DeviceAgreementTest {

  private static final int WIDEST = 70;

  /** A task graph of TornadoVM holds few layers, so the widths come in groups. */
  private static final int GROUP = 7;

  /** Dense layers to every width, and from every width to another one. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyWidthFromOneToSeventy(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> widths = shuffled(random);
    List<Integer> others = shuffled(random);
    for (int from = 0; from < WIDEST; from += GROUP) {
      NetworkBuilder net =
          new NetworkBuilder("demo.device.Widths" + seed + "x" + from, Precision.F32);
      int x = net.input("x", others.get(from));
      List<Integer> all = new ArrayList<>();
      for (int i = from; i < from + GROUP; i++) {
        int first = activated(net, "a" + i, x, widths.get(i), random);
        all.add(first);
        all.add(activated(net, "b" + i, first, others.get(i), random));
      }
      net.concat("y", all);
      long t = System.nanoTime();
      agrees(compiled(net, random), 3, 10);
      System.out.println(from + " took " + (System.nanoTime() - t) / 1e9);
    }
  }

  private static List<Integer> shuffled(SplittableRandom random) {
    List<Integer> widths = IntStream.rangeClosed(1, WIDEST).boxed().collect(Collectors.toList());
    Collections.shuffle(widths, new Random(random.nextLong()));
    return widths;
  }

  /** Rounding is what is compared: tanh, which OpenCL rounds as it likes, has its own test. */
  private static int activated(
      NetworkBuilder net, String name, int operand, int width, SplittableRandom random) {
    int dense = net.dense(name + "#0", operand, width, random.nextBoolean());
    return switch (random.nextInt(4)) {
      case 0 -> net.activate(name, dense, ActivationKind.RELU);
      case 1 -> net.activate(name, dense, ActivationKind.LEAKY_RELU, 0.1);
      case 2 -> net.activate(name, dense, ActivationKind.ABS);
      default -> dense;
    };
  }

  private static DeviceNetwork compiled(NetworkBuilder net, SplittableRandom random) {
    CheckedNetwork network = net.build(1, "");
    Subject subject = Subjects.random(network.network(), random, Map.of());
    return DeviceNetworks.compile(List.of(network), List.of(subject)).getFirst();
  }

  private static void agrees(DeviceNetwork network, int... batches) {
    try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program())) {
      assertThat(device.device()).isInstanceOf(Device.Accelerator.class);
      for (int batch : batches) {
        DeviceAgreement.check(device, network, batch, batch);
      }
    }
  }
}
