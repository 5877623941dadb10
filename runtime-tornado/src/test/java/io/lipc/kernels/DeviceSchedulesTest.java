package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.Schedule;
import io.lipc.runtime.tornado.TornadoNetwork;
import io.lipc.runtime.tornado.TornadoProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every schedule is right on every device, also on those that it is not for. */
@OnDevice
class DeviceSchedulesTest {

  @Test
  void the_schedule_is_that_of_the_devices_type() {
    for (Device.Accelerator device : Devices.list()) {
      assertThat(device.schedule())
          .isEqualTo(
              switch (device.type()) {
                case "CPU" -> Schedule.CPU;
                case "GPU" -> Schedule.GPU;
                default -> Schedule.PORTABLE;
              });
    }
  }

  /**
   * Widths of no tile, of one and a part, and narrow ones; for GPUs few rows have other kernels.
   */
  @ParameterizedTest
  @EnumSource
  void widths_and_rows(Schedule schedule) {
    NetworkBuilder net = new NetworkBuilder("demo.device.Rows" + schedule, ElementType.F32);
    int h = net.dense("h#0", net.input("x", 37), 70, true);
    int g = net.dense("g#0", net.activate("h", h, PointwiseKind.ABS), 16, false);
    net.dense("y", net.activate("g", g, PointwiseKind.LEAKY_RELU, 0.5), 3, true);
    int[] batches = schedule == Schedule.GPU ? new int[] {5, 67} : new int[] {67};
    agrees(net.build(1, ""), schedule, batches);
  }

  /** Loops of few steps are unrolled, after which TornadoVM knows no vectors. */
  @Test
  void few_inputs() {
    NetworkBuilder net = new NetworkBuilder("demo.device.FewInputs", ElementType.F32);
    int h = net.input("x", 15);
    for (int inputs : new int[] {16, 1, 2, 8, 17}) {
      h = net.dense("h" + inputs, h, inputs, true);
    }
    net.dense("y", h, 3, false);
    agrees(net.build(1, ""), Schedule.CPU, 2);
  }

  /** Pixels and channels in all ways; few images, and as many as fill tiles of few pixels. */
  @ParameterizedTest
  @EnumSource
  void convolutions(Schedule schedule) {
    CheckedNetwork network = Examples.convolutions(ElementType.F32);
    int[] batches = schedule == Schedule.PORTABLE ? new int[] {3} : new int[] {1, 64};
    agrees(network, schedule, batches);
  }

  /**
   * Activations that moved into dense layers, those of most operations among them; in the portable
   * schedule, {@link PortableKernels} has them.
   */
  @ParameterizedTest
  @EnumSource(names = {"CPU", "GPU"})
  void activations(Schedule schedule) {
    NetworkBuilder net = new NetworkBuilder("demo.device.Activations" + schedule, ElementType.F32);
    int x = net.input("x", 16);
    List<Integer> all = new ArrayList<>();
    for (ActivationKind kind : RandomNetworks.PLAIN) {
      int dense = net.dense(kind.word() + "#0", x, 10, all.size() % 2 == 0);
      all.add(net.activate(kind.word(), dense, kind));
    }
    net.scale("y", net.add("s", all), 0.25);
    int[] batches = schedule == Schedule.GPU ? new int[] {1, 64} : new int[] {3};
    agrees(net.build(1, ""), schedule, batches);
  }

  private static void agrees(CheckedNetwork checked, Schedule schedule, int... batches) {
    DeviceNetwork network = compiled(checked);
    TornadoProgram scheduled = new Scheduled(network.program(), schedule);
    for (int batch : batches) {
      // One plan for each, and not one for a single row besides.
      try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), scheduled, batch)) {
        DeviceAgreement.check(device, network, batch);
      }
    }
  }

  private static DeviceNetwork compiled(CheckedNetwork checked) {
    return DeviceNetworks.compile(
        checked, Subjects.random(checked.network(), new SplittableRandom(17), Map.of()));
  }
}
