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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Emitted task graphs give on the device what the interpreter and the JVM give. */
@OnDevice
class DeviceAgreementTest {

  private static final int WIDEST = 70;

  /** Dense layers of every width from and to every width, by way of one another. */
  @ParameterizedTest
  @ValueSource(ints = {1, 33, 70})
  void everyWidthFromOneToSeventy(int inputs) {
    SplittableRandom random = new SplittableRandom(inputs);
    NetworkBuilder net = new NetworkBuilder("demo.device.Widths" + inputs, Precision.F32);
    int x = net.input("x", inputs);
    List<Integer> all = new ArrayList<>();
    List<Integer> widths = shuffled(random);
    for (int width = 1; width <= WIDEST; width++) {
      int first = net.dense("a" + width, x, width, random.nextBoolean());
      int second = net.dense("b" + width, first, widths.get(width - 1), random.nextBoolean());
      all.add(activated(net, "c" + width, first, random));
      all.add(activated(net, "d" + width, second, random));
    }
    net.concat("y", all);
    agrees(compiled(net, random), 3, 10);
  }

  private static List<Integer> shuffled(SplittableRandom random) {
    List<Integer> widths = new ArrayList<>(IntStream.rangeClosed(1, WIDEST).boxed().toList());
    java.util.Collections.shuffle(widths, new java.util.Random(random.nextLong()));
    return widths;
  }

  /** Rounding is what is compared: tanh, which OpenCL rounds as it likes, has its own test. */
  private static int activated(
      NetworkBuilder net, String name, int operand, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> net.activate(name, operand, ActivationKind.RELU);
      case 1 -> net.activate(name, operand, ActivationKind.LEAKY_RELU, 0.1);
      case 2 -> net.activate(name, operand, ActivationKind.ABS);
      default -> operand;
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
