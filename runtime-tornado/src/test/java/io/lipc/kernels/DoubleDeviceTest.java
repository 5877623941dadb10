package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DoubleDeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.Schedule;
import io.lipc.runtime.tornado.TornadoDoubleGraph;
import io.lipc.runtime.tornado.TornadoDoubleNetwork;
import io.lipc.runtime.tornado.TornadoDoubleProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;

/**
 * Networks of precision F64 on a device, by all schedules. What their texts share with those of F32
 * is tested there: each kind of kernel is compiled once here. Those of the portable schedule, with
 * every operation, are compared where their text is, in {@link PortableKernels}.
 */
@OnDevice
class DoubleDeviceTest {

  /**
   * Widths of no tile, of one and a part, and narrow ones; for GPUs few rows have other kernels.
   */
  @ParameterizedTest
  @EnumSource
  void widths_and_rows(Schedule schedule) {
    NetworkBuilder net = network("Rows" + schedule);
    int h = net.dense("h#0", net.input("x", 37), 70, true);
    int g = net.dense("g#0", net.activate("h", h, PointwiseKind.ABS), 16, false);
    net.dense("y", net.activate("g", g, PointwiseKind.LEAKY_RELU, 0.3), 3, true);
    int[] batches = schedule == Schedule.GPU ? new int[] {5, 67} : new int[] {67};
    agrees(compiled(net.build(1, ""), 17), schedule, batches);
  }

  /** Pixels and channels in all ways; as many images as fill tiles of few pixels. */
  @ParameterizedTest
  @EnumSource
  void convolutions(Schedule schedule) {
    DoubleDeviceNetwork network = compiled(Examples.convolutions(ElementType.F64), 18);
    agrees(network, schedule, schedule == Schedule.GPU ? 64 : 4);
  }

  /** Activations that moved into dense layers, those of most operations among them. */
  @ParameterizedTest
  @EnumSource(names = {"CPU", "GPU"})
  void activations_of_products(Schedule schedule) {
    NetworkBuilder net = network("Activations" + schedule);
    int x = net.input("x", 16);
    List<Integer> all = new ArrayList<>();
    for (ActivationKind kind : RandomNetworks.PLAIN) {
      int dense = net.dense(kind.word() + "#0", x, 10, all.size() % 2 == 0);
      all.add(net.activate(kind.word(), dense, kind));
    }
    net.scale("y", net.add("s", all), 0.3);
    agrees(compiled(net.build(1, ""), 19), schedule, 3);
  }

  @Test
  void not_a_number_is_never_lost() {
    NetworkBuilder net = network("NotANumber");
    int x = net.input("x", 2);
    List<Integer> all = new ArrayList<>();
    DeviceAgreementTest.activationsOfRows()
        .forEach((kind, parameters) -> all.add(net.activate(kind.word(), x, kind, parameters)));
    net.concat("y", all);
    DoubleDeviceNetwork network = compiled(net.build(1, ""), 8);
    double[] y = new double[2 * all.size()];
    try (TornadoDoubleNetwork device = TornadoDoubleNetwork.on(Devices.at(0), network.program())) {
      device.apply(new double[] {Double.NaN, Double.NaN}, y);
    }
    assertThat(y).containsOnly(Double.NaN);
  }

  /** The numbers of a device that has floats in the place of doubles. */
  public record InFloats(TornadoDoubleProgram program) implements TornadoDoubleProgram {
    @Override
    public int inputSize() {
      return program.inputSize();
    }

    @Override
    public int outputSize() {
      return program.outputSize();
    }

    @Override
    public DoubleNetwork network() {
      return program.network();
    }

    @Override
    public TornadoDoubleGraph graph(int batch) {
      DoubleArray x = new DoubleArray(batch * inputSize());
      DoubleArray y = new DoubleArray(batch * outputSize());
      TaskGraph tasks =
          new TaskGraph("inFloats")
              .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
              .task("y", InFloats::tenth, x, y, batch * outputSize())
              .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
      return new TornadoDoubleGraph(tasks, x, y, batch);
    }

    static void tenth(DoubleArray x, DoubleArray y, int count) {
      for (@Parallel int i = 0; i < count; i++) {
        float product = (float) x.get(i) * 0.1f;
        y.set(i, product);
      }
    }
  }

  private static DoubleDeviceNetwork tenth(String name) {
    NetworkBuilder net = network(name);
    net.scale("y", net.input("x", 3), 0.1);
    return compiled(net.build(1, ""), 1);
  }

  @Test
  void a_device_that_computes_in_floats_is_refused() {
    DoubleDeviceNetwork tenth = tenth("Tenth");
    assertThatThrownBy(
            () -> TornadoDoubleNetwork.on(Devices.at(0), new InFloats(tenth.program())).close())
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("computes another function: output 0 of row 0 is ");
    agrees(tenth, Schedule.PORTABLE, 3);
  }

  @Test
  void auto_leaves_a_device_that_computes_in_floats() {
    DoubleDeviceNetwork tenth = tenth("Left");
    try (TornadoDoubleNetwork network =
        TornadoDoubleNetwork.on(Device.auto(), new InFloats(tenth.program()))) {
      assertThat(network.device()).isEqualTo(Device.jvm());
      double[] y = new double[6];
      network.apply(new double[] {1, 2, 3, 4, 5, 6}, y, 2);
      assertThat(y).containsExactly(new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}, within(1e-15));
      assertThat(network.lastKernelTime()).isZero();
    }
  }

  @Test
  void one_number_of_rows_takes_batches_of_others() {
    NetworkBuilder net = network("Fixed");
    net.activate("y", net.input("x", 4), GroupedKind.MAXMIN);
    DoubleDeviceNetwork pairs = compiled(net.build(1, ""), 1);
    TornadoDoubleNetwork device = TornadoDoubleNetwork.on(Devices.at(0), pairs.program(), 5);
    DeviceAgreement.check(device, pairs, 12);
    assertThatThrownBy(() -> device.apply(new double[7], new double[8], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inputs has 7 elements, expected 8 (2 rows of 4)");
    assertThatThrownBy(() -> device.warmUp(6)).isInstanceOf(IllegalArgumentException.class);
    device.close();
    assertThatThrownBy(() -> device.apply(new double[4], new double[4]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  /** On a device that this machine lacks, as for networks in floats. */
  @Test
  void a_device_that_is_gone_is_an_error_of_the_device() {
    DoubleDeviceNetwork tenth = tenth("Gone");
    Device gone = new Device.Accelerator(99, "gone", "nowhere", "GPU");
    assertThatThrownBy(() -> TornadoDoubleNetwork.on(gone, tenth.program()).close())
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("99: gone");
  }

  private static NetworkBuilder network(String name) {
    return new NetworkBuilder("demo.device.Double" + name, ElementType.F64);
  }

  private static DoubleDeviceNetwork compiled(CheckedNetwork network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return DeviceNetworks.compileDoubles(
        network, Subjects.random(network.network(), random, Map.of()));
  }

  private static void agrees(DoubleDeviceNetwork network, Schedule schedule, int... batches) {
    TornadoDoubleProgram scheduled = new ScheduledDoubles(network.program(), schedule);
    for (int batch : batches) {
      // One plan for each, and not one for a single row besides.
      try (TornadoDoubleNetwork device = TornadoDoubleNetwork.on(Devices.at(0), scheduled, batch)) {
        DeviceAgreement.check(device, network, batch);
      }
    }
  }
}
