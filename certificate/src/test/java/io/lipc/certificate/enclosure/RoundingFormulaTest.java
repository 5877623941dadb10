package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Each term of {@link RoundingBound} is what {@link ExactAnalysis} says, unit by unit: of operands
 * with enclosures that are not symmetric and errors that differ, the error of each output, and both
 * ends of what the computed output lies in.
 */
final class RoundingFormulaTest {

  /** An operand's enclosure, and about its error. */
  private record Operand(double lower, double upper, double error) {}

  private static final List<Operand> FOUR =
      List.of(
          new Operand(5, 6, 0x1p-6),
          new Operand(-6.5, -5, 0x1p-9),
          new Operand(-0.25, 3, 0x1p-4),
          new Operand(-3, 0.5, 0x1p-12));

  private ElementType type = ElementType.F32;

  private NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = type;
    return net;
  }

  /** Nothing is computed; the claim that the bound is {@code bound} makes errors of any size. */
  private Subject identity(double bound) {
    NetworkUnderTest net = network();
    net.input(1);
    net.bound = bound;
    return net.subject();
  }

  /** The operands are products with 1, whose small errors a call is said to multiply. */
  private int operands(NetworkUnderTest net, List<Operand> operands) {
    int x =
        net.add(
            new Unit.Input(
                operands.size(),
                Optional.of(
                    new Unit.Box(
                        operands.stream().map(Operand::lower).toList(),
                        operands.stream().map(Operand::upper).toList()))));
    double unit = 2 * (type == ElementType.F32 ? 0x1p-24 : 0x1p-53);
    int[] noisy =
        IntStream.range(0, operands.size())
            .map(
                i -> {
                  Operand operand = operands.get(i);
                  double size = Math.max(Math.abs(operand.lower()), Math.abs(operand.upper()));
                  int one = net.scale(net.add(Unit.select(x, List.of(i))), 1);
                  return operand.error() == 0
                      ? one
                      : net.call(one, "test.Noise" + i, identity(operand.error() / (unit * size)));
                })
            .toArray();
    return noisy.length == 1 ? noisy[0] : net.concat(noisy);
  }

  /** A network whose only own error is that of a product with a positive number or 0. */
  private Subject probe(double sign) {
    NetworkUnderTest net = network();
    net.scale(net.activation(net.scale(net.input(1), sign), "relu"), 1);
    // As good as nothing: what remains is the error of the product.
    net.bound = Double.MIN_VALUE;
    return net.subject();
  }

  private void compare(ToIntFunction<NetworkUnderTest> unit) {
    compare(0x1p-40, unit);
  }

  private void compare(double tolerance, ToIntFunction<NetworkUnderTest> unit) {
    for (ElementType each : ElementType.values()) {
      type = each;
      NetworkUnderTest net = network();
      int at = unit.applyAsInt(net);
      for (int i = 0; i < net.units.get(at).size(); i++) {
        List<Unit> units = new ArrayList<>(net.units);
        int selected = net.add(Unit.select(at, List.of(i)));
        compare(tolerance, net.subject(), "the error of element " + i);
        net.call(selected, "test.Above", probe(1));
        compare(tolerance, net.subject(), "the upper end of element " + i);
        net.units.removeLast();
        net.call(selected, "test.Below", probe(-1));
        compare(tolerance, net.subject(), "the lower end of element " + i);
        net.units.clear();
        net.units.addAll(units);
      }
    }
  }

  private void compare(double tolerance, Subject subject, String what) {
    BigDecimal bound = new BigDecimal(RoundingBound.maxError(subject).orElseThrow());
    BigDecimal exact = ExactAnalysis.maxError(subject);
    BigDecimal most =
        exact.multiply(new BigDecimal(1 + tolerance)).add(new BigDecimal(64 * Double.MIN_VALUE));
    assertThat(bound).as("%s in %s", what, type).isBetween(exact, most);
  }

  @Test
  void operandsPassThrough() {
    compare(net -> operands(net, FOUR));
    compare(net -> net.add(Unit.select(operands(net, FOUR), List.of(2, 0, 2))));
    compare(
        net -> {
          int x = operands(net, FOUR);
          return net.concat(net.add(Unit.select(x, List.of(1))), x);
        });
  }

  @Test
  void linearUnits() {
    compare(net -> net.scale(operands(net, FOUR), -3));
    compare(net -> net.scale(operands(net, FOUR), 0x1p-100));
    compare(
        net ->
            net.add(
                Unit.affine(
                    operands(net, FOUR),
                    List.of(1.0, -2.0, 0.0, 0.375),
                    List.of(4.0, -16.0, 7.0, 0.0),
                    4)));
    compare(
        net -> {
          int x = operands(net, FOUR);
          int z = net.add(Unit.select(x, List.of(1, 2, 3, 0)));
          return net.sum(x, z);
        });
    compare(
        net -> {
          int x = operands(net, FOUR);
          return net.sum(x, x, net.scale(x, 2));
        });
  }

  @Test
  void denseLayers() {
    double[][] weight = {{1, -2, 3, 0.5}, {0, 0, 0, 0}, {-0.25, 0, 8, -1}};
    compare(net -> net.dense(operands(net, FOUR), weight));
    compare(net -> net.dense(operands(net, FOUR), weight, new double[] {-20, 0, 1.5}));
    compare(net -> net.dense(operands(net, FOUR.subList(1, 2)), new double[][] {{-7}, {2}}));
  }

  /** All but the functions of groups, with constants where they have one. */
  private static final Map<String, List<Double>> ELEMENTWISE =
      Map.ofEntries(
          Map.entry("relu", List.of()),
          Map.entry("relu6", List.of()),
          Map.entry("hard_tanh", List.of()),
          Map.entry("abs", List.of()),
          Map.entry("identity", List.of()),
          Map.entry("leaky_relu", List.of(-3.0)),
          Map.entry("elu", List.of(2.5)),
          Map.entry("celu", List.of(2.5)),
          Map.entry("selu", List.of()),
          Map.entry("tanh", List.of()),
          Map.entry("sigmoid", List.of()),
          Map.entry("silu", List.of()),
          Map.entry("softplus", List.of()),
          Map.entry("softsign", List.of()),
          Map.entry("hard_sigmoid", List.of()),
          Map.entry("hard_swish", List.of()),
          Map.entry("gelu", List.of()),
          Map.entry("gelu_tanh", List.of()),
          Map.entry("mish", List.of()),
          Map.entry("sin", List.of()));

  /** Also where the error is as large as the enclosure, so that the function rounds more there. */
  @Test
  void elementwiseFunctions() {
    List<Operand> wide =
        List.of(new Operand(0x1p-20, 0x1p-19, 4), new Operand(-0x1p-19, -0x1p-20, 4));
    ELEMENTWISE.forEach(
        (name, constants) -> {
          double[] alpha = constants.stream().mapToDouble(c -> c).toArray();
          compare(net -> net.activation(operands(net, FOUR), name, alpha));
          compare(net -> net.activation(operands(net, wide), name, alpha));
        });
    compare(net -> net.activation(operands(net, FOUR), "leaky_relu", 0.125));
  }

  @Test
  void groupsThatAreSorted() {
    compare(net -> net.activation(operands(net, FOUR), "maxmin"));
    compare(net -> net.activation(operands(net, FOUR), "group_sort", 4));
    compare(net -> net.activation(operands(net, FOUR.subList(0, 3)), "group_sort", 3));
    compare(
        net -> {
          int x = operands(net, FOUR);
          return net.activation(net.concat(net.concat(x, x), net.scale(x, 4)), "group_sort", 6);
        });
  }

  @Test
  void reflections() {
    for (double[] v : new double[][] {{0.6f, -0.8f}, {-0.6f, 0.8f}, {0.8f, 0.6f}, {-0.8f, -0.6f}}) {
      compare(net -> net.activation(operands(net, FOUR), "householder", v));
    }
  }

  @Test
  void centering() {
    compare(net -> net.activation(operands(net, FOUR), "center"));
    compare(net -> net.activation(operands(net, FOUR.subList(0, 3)), "center"));
  }

  @Test
  void softmax() {
    for (double temperature : new double[] {0.125, 1, 3, 1000}) {
      compare(net -> net.activation(operands(net, FOUR), "softmax", temperature));
    }
    // Without errors of the operands, and so many that adding the powers counts.
    compare(net -> net.activation(net.input(-1, 1, 2), "softmax", 0.5));
    for (int size : new int[] {2, 100, 40_000}) {
      compareFirst(net -> net.activation(net.input(-1, 1, size), "softmax", 0.5));
    }
  }

  @Test
  void layerNorm() {
    for (double epsilon : new double[] {0.125, 1, 1000, 0x1p-17}) {
      compare(net -> net.activation(operands(net, FOUR), "layer_norm", epsilon, 0));
      compare(net -> net.activation(operands(net, FOUR), "layer_norm", epsilon, 2));
    }
    compare(net -> net.activation(net.input(-1, 1, 2), "layer_norm", 0.5, 0));
    compare(net -> net.activation(net.input(3, 4, 9), "layer_norm", 0.5, 3));
    compareFirst(net -> net.activation(net.input(-1, 1, 1000), "layer_norm", 0.5, 0));
  }

  @Test
  void unitLength() {
    for (double least : new double[] {0.125, 1, 7, 1000, 0x1p-17}) {
      compare(net -> net.activation(operands(net, FOUR), "l2_normalize", least));
    }
    compare(net -> net.activation(net.input(-1, 1, 2), "l2_normalize", 0.5));
    compare(net -> net.activation(net.input(3, 4, 9), "l2_normalize", 0.5));
    compareFirst(net -> net.activation(net.input(-1, 1, 1000), "l2_normalize", 0.5));
  }

  private void compareFirst(ToIntFunction<NetworkUnderTest> unit) {
    for (ElementType each : ElementType.values()) {
      type = each;
      NetworkUnderTest net = network();
      unit.applyAsInt(net);
      compare(0x1p-40, net.subject(), "the error");
    }
  }

  /** Errors in l2, the callee's own in the larger box, and both together. */
  @Test
  void callsOfOtherNetworks() {
    for (Norm input : Norm.values()) {
      for (Norm output : Norm.values()) {
        for (double bound : new double[] {1e-9, 0.75, 1000}) {
          compare(
              net -> net.call(operands(net, FOUR), "test.Callee", callee(input, output, bound)));
        }
      }
    }
    compare(
        net -> {
          int once = net.call(operands(net, FOUR), "test.Callee", callee(Norm.L2, Norm.L2, 3));
          return net.call(net.concat(once, once), "test.Callee", callee(Norm.L2, Norm.L2, 3));
        });
  }

  private Subject callee(Norm input, Norm output, double bound) {
    NetworkUnderTest callee = network();
    int x = callee.input(-1, 1, 4);
    callee.dense(
        callee.activation(callee.scale(x, 3), "hard_swish"),
        new double[][] {{1, 2, 0, -4}, {1, 0, 1, 0}});
    callee.norms = new Norms(input, output);
    callee.bound = bound;
    return callee.subject();
  }
}
