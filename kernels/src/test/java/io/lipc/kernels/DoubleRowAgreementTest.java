package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.kernels.SimulatedDevice.Order;
import io.lipc.kernels.pass.Lowering;
import io.lipc.kernels.tornado.TornadoEmitter;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.RowAgreement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Which devices are believed that were asked for doubles: honest ones, and none that computes in
 * floats, in one place or everywhere.
 */
class DoubleRowAgreementTest {

  private record Loaded(CheckedNetwork network, Subject subject, DoubleNetwork jvm) {

    static Loaded of(CheckedNetwork network) {
      return of(network, Subjects.random(network.network(), new SplittableRandom(1), Map.of()));
    }

    static Loaded of(CheckedNetwork network, Subject subject) {
      return new Loaded(network, subject, (DoubleNetwork) Generated.instance(network, subject));
    }

    Optional<String> objection(int batch, UnaryOperator<double[]> device) {
      return RowAgreement.objection(jvm, batch, device).map(RowAgreement.Objection::fault);
    }

    double[] rows(double[] inputs) {
      return byRow(inputs, jvm.inputSize(), x -> Generated.apply(jvm, x));
    }
  }

  private static double[] byRow(double[] inputs, int size, UnaryOperator<double[]> device) {
    double[] outputs = new double[0];
    for (int from = 0; from < inputs.length; from += size) {
      double[] y = device.apply(Arrays.copyOfRange(inputs, from, from + size));
      int end = outputs.length;
      outputs = Arrays.copyOf(outputs, end + y.length);
      System.arraycopy(y, 0, outputs, end, y.length);
    }
    return outputs;
  }

  private static final Loaded WIDE = Loaded.of(layers(PointwiseKind.RELU, 784, 256, 64, 10));
  private static final Loaded LONG =
      Loaded.of(layers(PointwiseKind.RELU, 5, 50, 50, 50, 50, 50, 50, 5));
  private static final Loaded DEEP_SORTING =
      Loaded.of(layers(GroupedKind.MAXMIN, RowAgreementTest.eights()));
  private static final Loaded IMAGES = Loaded.of(Examples.images(ElementType.F64));

  private static final List<Loaded> SHAPES = List.of(WIDE, LONG, DEEP_SORTING, IMAGES);

  private static CheckedNetwork layers(ActivationKind kind, int... widths) {
    NetworkBuilder net = new NetworkBuilder("demo.Layers", ElementType.F64);
    int layer = net.input("x", widths[0]);
    for (int i = 1; i < widths.length; i++) {
      layer = net.dense("h" + i + "#0", layer, widths[i], true);
      layer = i < widths.length - 1 ? net.activate("h" + i, layer, kind) : layer;
    }
    return net.build(1, "");
  }

  private static Loaded alone(PointwiseKind kind) {
    NetworkBuilder net = new NetworkBuilder("demo.Alone", ElementType.F64);
    Double[] constants =
        Collections.nCopies(kind.parameterNames().size(), 0.3).toArray(Double[]::new);
    net.activate("y", net.input("x", 3), kind, constants);
    return Loaded.of(net.build(1, ""));
  }

  private static void believed(Loaded net) {
    for (Order order : Order.values()) {
      assertThat(net.objection(40, new SimulatedDevice(net.subject(), order, 5)))
          .as("%s, %s", net.network(), order)
          .isEmpty();
    }
  }

  private static void refused(Loaded net, UnaryOperator<double[]> device) {
    assertThat(net.objection(16, device))
        .as("%s", net.network())
        .hasValueSatisfying(
            fault -> assertThat(fault).startsWith("computes another function: output "));
  }

  @Test
  void honest_devices_are_believed() {
    SHAPES.forEach(DoubleRowAgreementTest::believed);
    for (Loaded net : SHAPES) {
      assertThat(net.objection(16, net::rows)).isEmpty();
    }
  }

  @Test
  void honest_devices_with_functions_of_their_own_are_believed() {
    for (PointwiseKind kind :
        List.of(
            PointwiseKind.TANH,
            PointwiseKind.SIGMOID,
            PointwiseKind.SILU,
            PointwiseKind.MISH,
            PointwiseKind.SELU,
            PointwiseKind.GELU_TANH)) {
      believed(Loaded.of(layers(kind, 5, 50, 50, 50, 50, 50, 50, 5)));
      believed(alone(kind));
    }
  }

  /** A fused multiply-add rounds once what others round before it cancels. */
  @Test
  void honest_devices_are_believed_where_sums_cancel() {
    NetworkBuilder net = new NetworkBuilder("demo.Shifted", ElementType.F64);
    int x = net.input("x", 2, 1000, 1001);
    net.affine("y", x, List.of(3.7, 0.3), List.of(-3702.0, -300.0));
    believed(Loaded.of(net.build(4, "")));
  }

  /** The text of their kernels, read as what it says; products are rounded, sums not fused. */
  @Test
  void the_kernels_of_random_networks_are_believed() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 12; i++) {
      CheckedNetwork network =
          RandomNetworks.next("demo.random.Row" + i, ElementType.F64, random, List.of());
      Loaded net = Loaded.of(network, Subjects.random(network.network(), random, Map.of()));
      EmittedProgram kernels =
          new EmittedProgram(
              TornadoEmitter.emit(network, Lowering.lower(network), Map.of()),
              CertifiedParameters.of(net.jvm()));
      assertThat(net.objection(4, x -> kernels.apply(4, x))).as("%s", network).isEmpty();
    }
  }

  @Test
  void devices_that_compute_in_floats_are_refused() {
    for (Loaded net : SHAPES) {
      for (Order order : Order.values()) {
        refused(net, new SimulatedDevice(net.subject(), ElementType.F32, order, 0));
      }
    }
  }

  /** The nearest float to the right value of each, from the very same doubles. */
  @Test
  void a_function_in_floats_is_refused() {
    for (PointwiseKind kind : PointwiseKind.values()) {
      if (kind != PointwiseKind.SIN) {
        Loaded net = alone(kind);
        refused(net, x -> Arrays.stream(net.rows(x)).map(y -> (float) y).toArray());
      }
    }
  }

  /** Each kind of unit has its turn, the others in doubles. */
  @Test
  void one_layer_in_floats_is_refused() {
    for (Loaded net : List.of(WIDE, LONG, IMAGES)) {
      int units = net.subject().certificate().units().size();
      for (int unit = 0; unit < units; unit++) {
        int wrong = unit;
        refused(net, byUnits(net, i -> i == wrong));
      }
    }
  }

  /** The units in doubles, of which some are rounded to floats. */
  private static UnaryOperator<double[]> byUnits(Loaded net, IntPredicate inFloats) {
    List<Unit> units = net.subject().certificate().units();
    UnitEvaluator evaluator =
        UnitEvaluator.of(
            net.subject(),
            (unit, operands, values) ->
                inFloats.test(units.indexOf(unit))
                    ? Arrays.stream(values).map(ElementType.F32::round).toArray()
                    : values);
    return x -> byRow(x, net.jvm().inputSize(), evaluator::apply);
  }

  @Test
  void one_constant_that_is_a_float_is_refused() {
    NetworkBuilder net = new NetworkBuilder("demo.Tenth", ElementType.F64);
    net.scale("y", net.input("x", 3), 0.1);
    Loaded tenth = Loaded.of(net.build(1, ""));
    refused(tenth, x -> Arrays.stream(x).map(t -> 0.1f * t).toArray());
    assertThat(tenth.objection(16, x -> Arrays.stream(x).map(t -> 0.1 * t).toArray())).isEmpty();
  }

  /** Its products are about 1e-9 of the sum; to leave it out is what a float could not tell. */
  @Test
  void a_product_of_a_billionth_that_is_missing_is_refused() {
    for (Loaded net : List.of(WIDE, LONG, IMAGES)) {
      Subject small = with(net.subject(), 1e-9);
      Loaded honest = Loaded.of(net.network(), small);
      assertThat(honest.objection(16, honest::rows)).isEmpty();
      refused(honest, new SimulatedDevice(with(net.subject(), 0), Order.BACKWARDS, 0));
    }
  }

  /** One weight of the last matrix is another one, in each row. */
  private static Subject with(Subject subject, double weight) {
    Map<String, Tensor> tensors = new TreeMap<>(subject.weights().tensors());
    Tensor matrix = tensors.values().stream().filter(t -> t.shape().size() == 2).toList().getLast();
    int inputs = matrix.shape().get(1);
    double[] values = matrix.values();
    // The one whose operand is surely not 0 is not known: so the first half of each row.
    for (int i = 0; i < values.length; i++) {
      values[i] = i % inputs < (inputs + 1) / 2 ? weight : values[i];
    }
    try {
      tensors.put(matrix.name(), Tensor.of(matrix.name(), matrix.type(), matrix.shape(), values));
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
    return new Subject(subject.certificate(), subject.digest(), new Weights(tensors), Map.of());
  }

  @Test
  void zeros_and_swapped_outputs_are_refused() {
    for (Loaded net : SHAPES) {
      refused(net, x -> new double[net.rows(x).length]);
      refused(
          net,
          x -> {
            double[] y = net.rows(x);
            double first = y[0];
            y[0] = y[1];
            y[1] = first;
            return y;
          });
    }
  }

  /** Outputs in units of their own: what is far below the rounding of one is all of another. */
  @Test
  void a_small_output_beside_a_large_one_is_held_to_its_own_size() {
    NetworkBuilder net = new NetworkBuilder("demo.Units", ElementType.F64);
    net.affine("y", net.input("x", 2), List.of(1e9, 1e-9), List.of(0.0, 0.0));
    Loaded units = Loaded.of(net.build(1e9, ""));
    assertThat(units.objection(16, units::rows)).isEmpty();
    refused(units, x -> second(units.rows(x), y -> (float) y));
    refused(units, x -> second(units.rows(x), _ -> 0));
    refused(units, x -> second(units.rows(x), y -> -y));
    refused(units, x -> second(units.rows(x), y -> y * (1 + 1e-12)));
  }

  private static double[] second(double[] outputs, DoubleUnaryOperator fault) {
    double[] y = outputs.clone();
    for (int i = 1; i < y.length; i += 2) {
      y[i] = fault.applyAsDouble(y[i]);
    }
    return y;
  }

  @Test
  void no_number_is_refused() {
    for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      refused(
          LONG,
          x -> {
            double[] y = LONG.rows(x);
            y[7] = wrong;
            return y;
          });
    }
  }

  /** Where no row tells doubles from floats, a device in floats would pass: so nobody does. */
  @Test
  void where_floats_would_pass_nothing_is_believed() {
    NetworkBuilder net = new NetworkBuilder("demo.Signs", ElementType.F64);
    int far = net.scale("far", net.input("x", 3, -1, 1), 1e9);
    net.activate("y", far, PointwiseKind.HARD_TANH);
    Loaded signs = Loaded.of(net.build(1, ""));
    assertThat(signs.objection(16, signs::rows))
        .hasValueSatisfying(
            fault ->
                assertThat(fault)
                    .startsWith(
                        "cannot be checked: over the inputs that were tried a network in floats"
                            + " gives the same outputs as one in doubles, within "));
  }
}
