package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.kernels.pass.Lowering;
import io.lipc.kernels.tornado.TornadoEmitter;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.RowAgreement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Which devices are believed, with functions of this JVM in their place. The first three networks
 * have rounding bounds of 1.4, 1.9 and 1.7e32, far more than their outputs.
 */
class RowAgreementTest {

  /** A network without callees, on weights. */
  private record Loaded(CheckedNetwork network, Subject subject, FloatNetwork jvm) {

    static Loaded of(CheckedNetwork network) {
      return of(network, Subjects.random(network.network(), new SplittableRandom(1), Map.of()));
    }

    static Loaded of(CheckedNetwork network, Subject subject) {
      return new Loaded(network, subject, (FloatNetwork) Generated.instance(network, subject));
    }

    double bound() {
      Unit.Input input = (Unit.Input) subject.certificate().units().getFirst();
      return RoundingBound.maxError(subject, input.boxOrUnit()).orElseThrow();
    }

    Optional<String> objection(int batch, UnaryOperator<float[]> device) {
      return RowAgreement.objection(jvm, batch, device).map(RowAgreement.Objection::fault);
    }

    /** All rows, as the JVM computes them. */
    float[] rows(float[] inputs) {
      return rows(jvm, inputs);
    }

    static float[] rows(FloatNetwork network, float[] inputs) {
      int rows = inputs.length / network.inputSize();
      float[] outputs = new float[rows * network.outputSize()];
      float[] y = new float[network.outputSize()];
      for (int row = 0; row < rows; row++) {
        int from = row * network.inputSize();
        network.apply(Arrays.copyOfRange(inputs, from, from + network.inputSize()), y);
        System.arraycopy(y, 0, outputs, row * y.length, y.length);
      }
      return outputs;
    }
  }

  private static final Loaded WIDE = Loaded.of(layers(PointwiseKind.RELU, 784, 512, 512, 10));
  private static final Loaded LONG =
      Loaded.of(layers(PointwiseKind.RELU, 5, 50, 50, 50, 50, 50, 50, 5));

  /** Its biases hide the input: behind 84 layers of relu nothing is left of it. */
  private static final Loaded DEEP = Loaded.of(layers(PointwiseKind.RELU, eights()));

  /** One of the same shape that depends on its input. */
  private static final Loaded DEEP_SORTING = Loaded.of(layers(GroupedKind.MAXMIN, eights()));

  private static final List<Loaded> SHAPES = List.of(WIDE, LONG, DEEP_SORTING);

  static CheckedNetwork layers(ActivationKind kind, int... widths) {
    NetworkBuilder net = new NetworkBuilder("demo.Layers", ElementType.F32);
    int layer = net.input("x", widths[0]);
    for (int i = 1; i < widths.length; i++) {
      layer = net.dense("h" + i + "#0", layer, widths[i], true);
      layer = i < widths.length - 1 ? net.activate("h" + i, layer, kind) : layer;
    }
    return net.build(1, "");
  }

  static int[] eights() {
    int[] widths = new int[85];
    Arrays.fill(widths, 8);
    return widths;
  }

  @Test
  void the_rounding_bounds_of_these_networks_say_nothing() {
    assertThat(WIDE.bound()).isCloseTo(1.4, withinPercentage(5));
    assertThat(LONG.bound()).isCloseTo(1.9, withinPercentage(5));
    assertThat(DEEP.bound()).isCloseTo(1.7e32, withinPercentage(5));
    assertThat(DEEP_SORTING.bound()).isGreaterThan(1e36);
  }

  @Test
  void zeros_are_refused() {
    for (Loaded net : List.of(WIDE, LONG, DEEP, DEEP_SORTING)) {
      for (int batch : new int[] {1, 16, 40}) {
        assertThat(net.objection(batch, _ -> new float[batch * net.jvm().outputSize()]))
            .hasValueSatisfying(
                fault ->
                    assertThat(fault)
                        .startsWith("computes another function: output 0 of row 0 is 0.0, exp"));
      }
    }
  }

  @Test
  void the_first_row_for_all_is_refused() {
    for (Loaded net : SHAPES) {
      assertThat(
              net.objection(
                  16,
                  x -> {
                    float[] y = net.rows(x);
                    int size = net.jvm().outputSize();
                    for (int at = size; at < y.length; at += size) {
                      System.arraycopy(y, 0, y, at, size);
                    }
                    return y;
                  }))
          .isPresent();
    }
  }

  /** Outputs in units of their own: what is far below the rounding of one is all of another. */
  @Test
  void a_small_output_beside_a_large_one_is_held_to_its_own_size() {
    NetworkBuilder net = new NetworkBuilder("demo.Units", ElementType.F32);
    net.affine("y", net.input("x", 2), List.of(1e6, 1e-6), List.of(0.0, 0.0));
    Loaded units = Loaded.of(net.build(1e6, ""));
    assertThat(units.objection(16, units::rows)).isEmpty();
    for (float factor : new float[] {0, -1, 1.001f}) {
      UnaryOperator<float[]> faulty =
          x -> {
            float[] y = units.rows(x);
            for (int i = 1; i < y.length; i += 2) {
              y[i] *= factor;
            }
            return y;
          };
      assertThat(units.objection(16, faulty)).as("times %s", factor).isPresent();
    }
  }

  @Test
  void swapped_rows_are_refused() {
    for (Loaded net : SHAPES) {
      int size = net.jvm().outputSize();
      assertThat(net.objection(16, x -> swapped(net.rows(x), size))).isPresent();
    }
  }

  /** The first two rows. */
  private static float[] swapped(float[] y, int size) {
    float[] first = Arrays.copyOf(y, size);
    System.arraycopy(y, size, y, 0, size);
    System.arraycopy(first, 0, y, size, size);
    return y;
  }

  @Test
  void swapped_outputs_are_refused() {
    for (Loaded net : SHAPES) {
      int size = net.jvm().outputSize();
      assertThat(
              net.objection(
                  16,
                  x -> {
                    float[] y = net.rows(x);
                    for (int at = 0; at < y.length; at += size) {
                      float first = y[at];
                      y[at] = y[at + 1];
                      y[at + 1] = first;
                    }
                    return y;
                  }))
          .isPresent();
    }
  }

  @Test
  void one_wrong_element_behind_the_probes_is_refused() {
    for (Loaded net : SHAPES) {
      float[] found = new float[1];
      assertThat(
              net.objection(
                  40,
                  x -> {
                    float[] y = net.rows(x);
                    found[0] = y[y.length - 1];
                    y[y.length - 1] *= 1.01f;
                    return y;
                  }))
          .hasValueSatisfying(fault -> assertThat(fault).contains(" of row 39 is "));
      assertThat(found[0]).isNotZero();
    }
  }

  /** One of them is 0, as if it had not arrived. Some have no effect: behind a relu that is off. */
  @Test
  void one_wrong_weight_is_refused_where_it_moves_an_output_by_a_thousandth() {
    for (Loaded net : SHAPES) {
      SplittableRandom random = new SplittableRandom(2);
      int moving = 0;
      for (int trial = 0; trial < 12; trial++) {
        FloatNetwork wrong = withoutOneWeight(net, random);
        double[] moved = new double[1];
        Optional<String> objection =
            net.objection(
                16,
                x -> {
                  float[] y = Loaded.rows(wrong, x);
                  moved[0] = distance(net.rows(x), y);
                  return y;
                });
        if (moved[0] > 1e-3) {
          moving++;
          assertThat(objection).isPresent();
        }
      }
      assertThat(moving).isGreaterThanOrEqualTo(6);
    }
  }

  /** The largest difference, in proportion to the largest element. */
  private static double distance(float[] x, float[] y) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < x.length; i++) {
      difference = Math.max(difference, Math.abs(x[i] - y[i]));
      size = Math.max(size, Math.abs(x[i]));
    }
    return difference / size;
  }

  private static FloatNetwork withoutOneWeight(Loaded net, SplittableRandom random) {
    Map<String, Tensor> tensors = new TreeMap<>(net.subject().weights().tensors());
    List<Tensor> matrices = tensors.values().stream().filter(t -> t.shape().size() == 2).toList();
    Tensor matrix = matrices.get(random.nextInt(matrices.size()));
    double[] values = matrix.values();
    values[random.nextInt(values.length)] = 0;
    try {
      tensors.put(matrix.name(), Tensor.of(matrix.name(), matrix.type(), matrix.shape(), values));
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
    Subject wrong =
        new Subject(
            net.subject().certificate(), net.subject().digest(), new Weights(tensors), Map.of());
    return (FloatNetwork) Generated.instance(net.jvm().getClass().getClassLoader(), wrong);
  }

  @Test
  void no_number_is_refused() {
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThat(
              LONG.objection(
                  16,
                  x -> {
                    float[] y = LONG.rows(x);
                    y[7] = wrong;
                    return y;
                  }))
          .hasValueSatisfying(fault -> assertThat(fault).contains("output 2 of row 1 is " + wrong));
    }
  }

  @Test
  void the_jvm_itself_is_believed_and_sees_sixteen_rows_at_least() {
    for (Loaded net : SHAPES) {
      for (int batch : new int[] {1, 3, 16, 40}) {
        int[] rows = new int[1];
        assertThat(
                net.objection(
                    batch,
                    x -> {
                      assertThat(x).hasSize(batch * net.jvm().inputSize());
                      rows[0] += batch;
                      return net.rows(x);
                    }))
            .isEmpty();
        assertThat(rows[0]).isGreaterThanOrEqualTo(16).isLessThan(16 + batch);
      }
    }
  }

  private static void believed(Loaded net) {
    for (SimulatedDevice.Order order : SimulatedDevice.Order.values()) {
      assertThat(net.objection(40, new SimulatedDevice(net.subject(), order, 5).floats()))
          .as("%s, %s", net.network(), order)
          .isEmpty();
    }
  }

  @Test
  void honest_devices_are_believed() {
    SHAPES.forEach(RowAgreementTest::believed);
  }

  @Test
  void honest_devices_are_believed_with_images() {
    believed(Loaded.of(Examples.images(ElementType.F32)));
    Window same = Window.square(new Axis(3, 1, 1, 1, 1));
    Window two = Window.square(Axis.of(2, 2));
    for (ActivationKind kind : List.of(PointwiseKind.RELU, PointwiseKind.TANH)) {
      NetworkBuilder net = new NetworkBuilder("demo.Images", ElementType.F32);
      int h = net.convolve("h1#0", net.image("x", new Grid(3, 12, 12)), 8, same, 1, true);
      int pooled = net.maxPool("p1", net.activate("h1", h, kind), two);
      h = net.activate("h2", net.convolve("h2#0", pooled, 16, same, 1, true), kind);
      net.dense("y", net.averagePool("p2", h, two), 10, true);
      believed(Loaded.of(net.build(1, "")));
    }
  }

  /** The right numbers everywhere but for one weight of one channel of the first convolution. */
  @Test
  void a_convolution_that_leaves_out_its_last_weight_is_refused() {
    Loaded net = Loaded.of(Examples.images(ElementType.F32));
    Map<String, Tensor> tensors = new TreeMap<>(net.subject().weights().tensors());
    tensors.computeIfPresent("h#0.weight", (_, weight) -> withoutLast(weight));
    Subject wrong =
        new Subject(
            net.subject().certificate(), net.subject().digest(), new Weights(tensors), Map.of());
    for (int batch : new int[] {1, 16, 40}) {
      assertThat(
              net.objection(
                  batch, new SimulatedDevice(wrong, SimulatedDevice.Order.BACKWARDS, 0).floats()))
          .hasValueSatisfying(fault -> assertThat(fault).startsWith("computes another function"));
    }
  }

  private static Tensor withoutLast(Tensor tensor) {
    double[] values = tensor.values();
    values[values.length - 1] = 0;
    try {
      return Tensor.of(tensor.name(), tensor.type(), tensor.shape(), values);
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void honest_devices_with_worse_functions_are_believed() {
    for (ActivationKind kind :
        List.of(
            PointwiseKind.TANH,
            PointwiseKind.SIGMOID,
            PointwiseKind.SILU,
            PointwiseKind.MISH,
            PointwiseKind.SELU,
            PointwiseKind.GELU_TANH)) {
      believed(Loaded.of(layers(kind, 5, 50, 50, 50, 50, 50, 50, 5)));
      believed(Loaded.of(layers(kind, 1, 1, 1)));
      NetworkBuilder net = new NetworkBuilder("demo.Alone", ElementType.F32);
      net.activate("y", net.input("x", 3), kind);
      believed(Loaded.of(net.build(1, "")));
    }
  }

  /** A fused multiply-add rounds once what others round before it cancels. */
  @Test
  void honest_devices_are_believed_where_sums_cancel() {
    NetworkBuilder shifted = new NetworkBuilder("demo.Shifted", ElementType.F32);
    int x = shifted.input("x", 2, 1000, 1001);
    shifted.affine("y", x, List.of(3.7, 0.3), List.of(-3702.0, -300.0));
    believed(Loaded.of(shifted.build(4, "")));
    NetworkBuilder mean = new NetworkBuilder("demo.Mean", ElementType.F32);
    mean.dense("y", mean.input("x", 3000, 0, 1), 1, true);
    believed(filled(mean.build(1, ""), 1f / 3000, 1f / 3000));
  }

  /** All elements of its matrices are one number, those of its biases another. */
  private static Loaded filled(CheckedNetwork network, double weight, double bias) {
    Subject random = Subjects.random(network.network(), new SplittableRandom(1), Map.of());
    Map<String, Tensor> tensors = new TreeMap<>();
    random
        .weights()
        .tensors()
        .forEach(
            (name, t) -> tensors.put(name, constant(t, t.shape().size() == 2 ? weight : bias)));
    return Loaded.of(
        network,
        new Subject(random.certificate(), random.digest(), new Weights(tensors), Map.of()));
  }

  /**
   * Only one input of a hundred opens the relu: there are some in 400 rows, none in the first 16.
   */
  @Test
  void honest_devices_are_believed_where_few_rows_are_sensitive() {
    NetworkBuilder net = new NetworkBuilder("demo.Gate", ElementType.F32);
    int x = net.input("x", 1, 0, 1);
    int gate = net.activate("g", net.dense("g#0", x, 1, true), PointwiseKind.RELU);
    net.add("y", List.of(x, gate));
    Loaded gated = filled(net.build(1, ""), 1.1e4, -1.089e4);
    UnaryOperator<float[]> device =
        new SimulatedDevice(gated.subject(), SimulatedDevice.Order.BACKWARDS, 0).floats();
    float[] largest = new float[2];
    assertThat(
            gated.objection(
                400,
                rows -> {
                  float[] y = device.apply(rows);
                  for (int row = 0; row < 400; row++) {
                    int part = row < 16 ? 0 : 1;
                    largest[part] = Math.max(largest[part], y[row]);
                  }
                  return y;
                }))
        .isEmpty();
    assertThat(largest[0]).isLessThan(2);
    assertThat(largest[1]).isGreaterThan(20);
  }

  private static Tensor constant(Tensor tensor, double value) {
    double[] values = new double[tensor.size()];
    Arrays.fill(values, ElementType.F32.round(value));
    try {
      return Tensor.of(tensor.name(), tensor.type(), tensor.shape(), values);
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
  }

  /** The text of their kernels, read as what it says; products are rounded, sums not fused. */
  @Test
  void the_kernels_of_random_networks_are_believed() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20; i++) {
      CheckedNetwork network =
          RandomNetworks.next("demo.random.Row" + i, ElementType.F32, random, List.of());
      Loaded net = Loaded.of(network, Subjects.random(network.network(), random, Map.of()));
      EmittedProgram kernels =
          new EmittedProgram(
              TornadoEmitter.emit(network, Lowering.lower(network), Map.of()),
              CertifiedParameters.of(net.jvm()));
      assertThat(
              net.objection(
                  4, x -> SimulatedDevice.floats(kernels.apply(4, SimulatedDevice.doubles(x)))))
          .isEmpty();
    }
  }

  /** A network that no input tells from a constant cannot be compared with a device. */
  @Test
  void where_outputs_do_not_depend_on_inputs_nothing_is_believed() {
    assertThat(DEEP.objection(16, DEEP::rows))
        .hasValueSatisfying(
            fault ->
                assertThat(fault)
                    .startsWith("cannot be checked: over the inputs that were tried no output"));
    assertThat(RowAgreement.objection(DEEP.jvm(), 16, DEEP::rows).orElseThrow().help())
        .isEqualTo("declare the box of the inputs, if they lie elsewhere, or run on jvm");
  }

  @Test
  void where_rounding_hides_the_inputs_nothing_is_believed() {
    NetworkBuilder net = new NetworkBuilder("demo.Hidden", ElementType.F32);
    int far = net.affine("far", net.input("x", 1, -1, 1), List.of(1.0), List.of(1e7));
    net.affine("y", far, List.of(1.0), List.of(-1e7));
    Loaded hidden = Loaded.of(net.build(1, ""));
    assertThat(hidden.objection(16, hidden::rows))
        .hasValueSatisfying(fault -> assertThat(fault).startsWith("cannot be checked: "));
  }

  /** Biases hide inputs of [-1, 1]; without a box larger ones may be tried, with one not. */
  @Test
  void larger_inputs_are_tried_where_no_box_is_declared() {
    NetworkBuilder free = new NetworkBuilder("demo.Free", ElementType.F32);
    free.affine("y", free.input("x", 1), List.of(1e-7), List.of(1.0));
    Loaded net = Loaded.of(free.build(1, ""));
    assertThat(net.objection(16, net::rows)).isEmpty();
    assertThat(
            net.objection(
                16,
                x -> {
                  float[] y = new float[x.length];
                  Arrays.fill(y, 1);
                  return y;
                }))
        .isPresent();
    NetworkBuilder boxed = new NetworkBuilder("demo.Boxed", ElementType.F32);
    boxed.affine("y", boxed.input("x", 1, -1, 1), List.of(1e-7), List.of(1.0));
    Loaded other = Loaded.of(boxed.build(1, ""));
    assertThat(other.objection(16, other::rows)).isPresent();
  }

  @Test
  void where_outputs_overflow_nothing_is_believed() {
    NetworkBuilder net = new NetworkBuilder("demo.Overflow", ElementType.F32);
    int far = net.scale("far", net.input("x", 1, 1, 2), 3e38);
    net.scale("y", far, 3e38);
    Loaded over = Loaded.of(net.build(1, ""));
    assertThat(over.objection(16, over::rows))
        .hasValue("cannot be checked: outputs are not finite");
  }
}
