package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Emitted task graphs give on the device what the interpreter and the JVM give. Each kernel of each
 * graph is compiled anew for each plan, which takes most of the time. So the kernels that all
 * schedules share, with every operation, are compared in {@link PortableKernels} alone.
 */
@OnDevice
class DeviceAgreementTest {

  private static final int WIDEST = 70;

  /** As many dense layers make one network. */
  private static final int DEPTH = 14;

  /** Dense layers from and to every width from 1 to 70, in random order, one behind the other. */
  @Test
  void every_width_from_1_to_70() {
    long seed = 1;
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> widths = new ArrayList<>(IntStream.rangeClosed(1, WIDEST).boxed().toList());
    Collections.shuffle(widths, new Random(seed));
    for (int from = 0; from < WIDEST; from += DEPTH) {
      NetworkBuilder net = network("Widths" + seed + "From" + from);
      int layer = net.input("x", widths.get(from));
      for (int i = 1; i <= DEPTH; i++) {
        int width = widths.get((from + i) % WIDEST);
        layer = activated(net, "h" + i, layer, width, random);
      }
      agreesByOnePlan(compiled(net, random), 5);
    }
  }

  /** No relu: behind a narrow layer of zeros nothing that came before it would be compared. */
  private static int activated(
      NetworkBuilder net, String name, int operand, int width, SplittableRandom random) {
    int dense = net.dense(name + "#0", operand, width, random.nextBoolean());
    return switch (random.nextInt(3)) {
      case 0 -> net.activate(name, dense, PointwiseKind.LEAKY_RELU, 0.5);
      case 1 -> net.activate(name, dense, PointwiseKind.ABS);
      default -> dense;
    };
  }

  /** A tiled and a narrow dense layer and one on pairs, whose numbers of work items all differ. */
  @Test
  void every_batch_from_1_to_40() {
    NetworkBuilder net = network("Batches");
    int wide = net.activate("h", net.dense("h#0", net.input("x", 5), 18, true), PointwiseKind.RELU);
    net.dense("y", net.activate("m", wide, GroupedKind.MAXMIN), 3, true);
    agrees(compiled(net, new SplittableRandom(3)), IntStream.rangeClosed(1, 40).toArray());
  }

  /** Every activation that devices have, and the constants of those that take one. */
  static Map<ActivationKind, Double[]> activations() {
    Map<ActivationKind, Double[]> all = new LinkedHashMap<>();
    RandomNetworks.PLAIN.forEach(kind -> all.put(kind, new Double[0]));
    all.put(GroupedKind.MAXMIN, new Double[0]);
    all.put(PointwiseKind.LEAKY_RELU, new Double[] {0.1});
    all.put(PointwiseKind.ELU, new Double[] {1.5});
    all.put(PointwiseKind.CELU, new Double[] {0.5});
    all.put(GroupedKind.GROUP_SORT, new Double[] {2.0});
    all.put(GroupedKind.SOFTMAX, new Double[] {0.5});
    all.put(LinearKind.CENTER, new Double[0]);
    all.put(GroupedKind.HOUSEHOLDER, new Double[] {0.6, -0.8});
    return all;
  }

  /** Those among them whose values are of several elements. */
  static Map<ActivationKind, Double[]> activationsOfRows() {
    Map<ActivationKind, Double[]> all = activations();
    all.keySet().removeIf(kind -> kind instanceof PointwiseKind);
    return all;
  }

  /**
   * TornadoVM compiles some comparisons as if every number were less, equal or more. Of functions
   * of one value it is tested with their errors, in {@link DeviceFunctionsOnDeviceTest}.
   */
  @Test
  void not_a_number_is_never_lost() {
    NetworkBuilder net = network("NotANumber");
    int x = net.input("x", 2);
    List<Integer> all = new ArrayList<>();
    activationsOfRows()
        .forEach((kind, parameters) -> all.add(net.activate(kind.word(), x, kind, parameters)));
    net.concat("y", all);
    DeviceNetwork network = compiled(net, new SplittableRandom(8));
    float[] y = new float[2 * all.size()];
    float[] jvm = new float[y.length];
    network.jvm().apply(new float[] {Float.NaN, Float.NaN}, jvm);
    try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program())) {
      device.apply(new float[] {Float.NaN, Float.NaN}, y);
    }
    assertThat(jvm).containsOnly(Float.NaN);
    assertThat(y).containsOnly(Float.NaN);
  }

  /** Directed acyclic graphs with every kind of layer. */
  @ParameterizedTest
  @ValueSource(longs = {5, 7})
  void random_graphs(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CheckedNetwork network =
        RandomNetworks.next("demo.device.Random" + seed, ElementType.F32, random, List.of());
    agreesByOnePlan(compiled(network, random), seed == 5 ? 1 : 5);
  }

  /** Every kernel of images, in extents that fill no tile and no group. */
  @Test
  void every_operation_on_images() {
    agreesByOnePlan(compiled(Examples.images(ElementType.F32), new SplittableRandom(9)), 5);
  }

  /** Paths of convolutions, pools, activations of channels, with skips. */
  @ParameterizedTest
  @ValueSource(longs = {10, 11})
  void random_images(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CheckedNetwork network = RandomImages.next("demo.device.Image" + seed, ElementType.F32, random);
    // Below 4 rows images have other kernels.
    agreesByOnePlan(compiled(network, random), seed % 2 == 0 ? 3 : 4);
  }

  /** Groups whose channels fill no tile, one, or several and a part, one behind the other. */
  @Test
  void every_number_of_channels_from_1_to_20() {
    NetworkBuilder net = network("Channels");
    SplittableRandom random = new SplittableRandom(14);
    int layer = net.image("x", new Grid(3, 4, 5));
    Window window = Window.square(new Axis(2, 1, 1, 0, 1));
    for (int channels = 1; channels <= 20; channels++) {
      // Twice as many, so that the next layer may read them as two groups.
      int groups = channels % 3 == 2 ? 2 : 1;
      int wide =
          net.convolve("h" + channels, layer, 2 * channels, window, groups, random.nextBoolean());
      layer = net.activate("a" + channels, wide, PointwiseKind.LEAKY_RELU, 0.5);
    }
    agreesByOnePlan(compiled(net, random), 3);
  }

  /** As on the JVM: in the whole group, in each window that sees it, and nowhere else. */
  @Test
  void not_a_number_spreads_as_far_as_on_the_jvm() {
    NetworkBuilder net = network("Spreads");
    int x = net.image("x", new Grid(3, 3, 3));
    Window two = Window.plain(List.of(2, 2), List.of(1, 1));
    int sorted = net.activate("s", x, GroupedKind.GROUP_SORT, 3.0);
    int flat = net.reshape("f", x, 27);
    List<Integer> all =
        List.of(
            sorted,
            net.activate("n", flat, GroupedKind.GROUP_SORT, 9.0),
            net.maxPool("m", x, two),
            net.averagePool("a", x, two),
            net.convolve("c", x, 9, Window.square(new Axis(2, 1, 1, 0, 1)), 1, true));
    net.concat("y", all);
    DeviceNetwork network = compiled(net, new SplittableRandom(15));
    float[] x0 = DeviceAgreement.inputs(27, 16);
    x0[4] = Float.NaN;
    x0[9] = Float.POSITIVE_INFINITY;
    x0[20] = x0[11];
    float[] y = new float[network.program().outputSize()];
    float[] jvm = new float[y.length];
    network.jvm().apply(x0, jvm);
    try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program())) {
      device.apply(x0, y);
    }
    assertThat(jvm).contains(Float.NaN, Float.POSITIVE_INFINITY);
    for (int i = 0; i < y.length; i++) {
      if (Float.isFinite(jvm[i])) {
        assertThat(y[i]).isCloseTo(jvm[i], within(1e-5f));
      } else {
        assertThat(Float.compare(y[i], jvm[i])).as("output %d is %s", i, y[i]).isZero();
      }
    }
  }

  private static NetworkBuilder network(String name) {
    return new NetworkBuilder("demo.device." + name, ElementType.F32);
  }

  private static DeviceNetwork compiled(NetworkBuilder net, SplittableRandom random) {
    return compiled(net.build(1, ""), random);
  }

  private static DeviceNetwork compiled(CheckedNetwork network, SplittableRandom random) {
    return DeviceNetworks.compile(network, Subjects.random(network.network(), random, Map.of()));
  }

  /** One plan for as many rows, and not one for a single row besides. */
  private static void agreesByOnePlan(DeviceNetwork network, int batch) {
    try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program(), batch)) {
      assertThat(device.device()).isInstanceOf(Device.Accelerator.class);
      DeviceAgreement.check(device, network, batch);
    }
  }

  private static void agrees(DeviceNetwork network, int... batches) {
    try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program())) {
      assertThat(device.device()).isInstanceOf(Device.Accelerator.class);
      for (int batch : batches) {
        DeviceAgreement.check(device, network, batch);
      }
    }
  }
}
