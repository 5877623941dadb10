package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.RoundedProgram;
import io.lipc.certificate.Unit;
import io.lipc.formats.ElementType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Programs whose rounding errors come within a factor of the bound: one that was lower by that
 * factor would be wrong about them. Errors are those of {@link RoundedProgram}, against rational
 * arithmetic.
 *
 * <p>Large errors come from sums like {@code 1.5 + h + h + ...} with h half a unit in the last
 * place of 1.5: each addition is a tie, which gives 1.5 again.
 */
final class RoundingReachTest {

  private static final int TERMS = 400;

  private ElementType type = ElementType.F32;

  /** Half a unit in the last place of a number between 1 and 2. */
  private double half() {
    return type == ElementType.F32 ? 0x1p-24 : 0x1p-53;
  }

  private NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = type;
    return net;
  }

  /** An input of the number 1, so often that sums of {@link #TERMS} terms can be written. */
  private int ones(NetworkUnderTest net) {
    return net.input(1, 1, TERMS + 1);
  }

  /**
   * Numbers whose computed values are the given ones, and the real values by about {@code TERMS}
   * halves of a unit larger, or smaller where the sign is -1.
   *
   * @param values 1.5 times a power of two or its negative, or one of these without the factor and
   *     of the sign of its change
   */
  private int inexact(NetworkUnderTest net, int ones, double[] values, int... signs) {
    double[][] weight = new double[values.length][TERMS + 1];
    for (int i = 0; i < values.length; i++) {
      double size = Math.scalb(1.0, Math.getExponent(values[i]));
      Arrays.fill(weight[i], signs[i] * half() * size);
      weight[i][0] = values[i];
    }
    return net.dense(ones, weight);
  }

  private int inexact(NetworkUnderTest net, double[] values, int... signs) {
    return inexact(net, ones(net), values, signs);
  }

  private static BigDecimal largest(List<BigDecimal> errors) {
    return errors.stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  /** In both formats, the error at the only point of the box is between bound/factor and bound. */
  private void reaches(double factor, Consumer<NetworkUnderTest> network) {
    for (ElementType each : ElementType.values()) {
      reaches(each, factor, network);
    }
  }

  private void reaches(ElementType format, double factor, Consumer<NetworkUnderTest> network) {
    type = format;
    NetworkUnderTest net = network();
    network.accept(net);
    double bound = RoundingBound.maxError(net.subject()).orElseThrow();
    assertThat(largest(RoundedProgram.errors(net.subject())))
        .as("an error in %s", type)
        .isBetween(new BigDecimal(bound / factor), new BigDecimal(bound));
  }

  @Test
  void longSums() {
    for (int terms : new int[] {30, 400, 3000}) {
      reaches(
          1.1,
          net -> {
            double[] row = new double[terms + 1];
            Arrays.fill(row, half());
            row[0] = 1;
            net.dense(net.input(1, 1, terms + 1), new double[][] {row});
          });
    }
    // The first term is the bias.
    reaches(
        1.1,
        net -> {
          double[] row = new double[TERMS];
          Arrays.fill(row, half());
          net.dense(net.input(1, 1, TERMS), new double[][] {row}, new double[] {1});
        });
    reaches(1.6, net -> inexact(net, new double[] {1.5}, 1));
    reaches(1.6, net -> inexact(net, new double[] {-1.5}, 1));
  }

  /** So large a matrix that threads share its rows. */
  @Test
  void sumsInAMatrixOfManyRows() {
    reaches(
        1.1,
        net -> {
          double[][] weight = new double[33][2000];
          for (double[] row : weight) {
            row[0] = 0x1p-10;
          }
          Arrays.fill(weight[32], half());
          weight[32][0] = 1;
          net.dense(net.input(1, 1, 2000), weight);
        });
  }

  /** Products and sums that are ties, all of which round down. */
  @Test
  void shortSums() {
    for (ElementType format : ElementType.values()) {
      double x = format == ElementType.F32 ? 1 + 0x1p-12 : 1 + 0x1p-26;
      double w = format == ElementType.F32 ? 1 + 0x1p-12 : 1 + 0x1p-27;
      double b = format == ElementType.F32 ? 0x1p-24 : 0x1p-53;
      reaches(format, 2.01, net -> net.scale(net.input(x, x, 1), w));
      reaches(
          format, 1.01, net -> net.add(Unit.affine(net.input(x, x, 1), List.of(w), List.of(b), 1)));
      reaches(
          format,
          1.01,
          net -> net.dense(net.input(x, x, 1), new double[][] {{w}}, new double[] {b}));
      reaches(
          format,
          2.01,
          net -> {
            int one = net.input(1, 1, 1);
            int small = net.add(Unit.affine(one, List.of(0.0), List.of(b), 1));
            net.sum(one, small, small);
          });
    }
  }

  /** Each product is half of the least number: a tie, which gives 0. */
  @Test
  void underflow() {
    double[] row = new double[60];
    Arrays.fill(row, 0x1p-75);
    reaches(
        ElementType.F32,
        2.1,
        net -> net.dense(net.input(0x1p-75, 0x1p-75, 60), new double[][] {row}));
    // The bound is computed in doubles itself, and so loses as much as it is about.
    Arrays.fill(row, 0x1p-538);
    reaches(
        ElementType.F64,
        6.5,
        net -> net.dense(net.input(0x1p-537, 0x1p-537, 60), new double[][] {row}));
  }

  @Test
  void inheritedErrors() {
    double[] two = {1.5, 1.5};
    reaches(1.6, net -> net.scale(inexact(net, two, 1, -1), -3));
    reaches(
        1.6,
        net ->
            net.add(
                Unit.affine(inexact(net, two, 1, -1), List.of(0.25, -8.0), List.of(0.0, 1.0), 2)));
    // Errors of different signs, and factors of different signs: all add up.
    reaches(1.6, net -> net.dense(inexact(net, two, 1, -1), new double[][] {{1, -1}, {1, 1}}));
    reaches(
        1.7,
        net -> {
          int x = inexact(net, two, 1, -1);
          net.sum(x, net.scale(x, 2), x);
        });
    reaches(
        1.6,
        net -> {
          int ones = ones(net);
          net.concat(ones, net.add(Unit.select(inexact(net, ones, two, 1, -1), List.of(1))));
        });
  }

  /** The element with the error comes first or last; the one beside it has none. */
  @Test
  void sortedErrors() {
    for (double beside : new double[] {1, 2}) {
      reaches(
          1.6,
          net -> {
            int ones = ones(net);
            int x = inexact(net, ones, new double[] {1.5}, 1);
            int exact = net.scale(net.add(Unit.select(ones, List.of(0))), beside);
            net.activation(net.concat(x, exact), "maxmin");
          });
      reaches(
          1.6,
          net -> {
            int ones = ones(net);
            int x = inexact(net, ones, new double[] {1.5}, -1);
            int exact = net.scale(net.add(Unit.select(ones, List.of(0, 1))), beside);
            net.activation(net.concat(exact, exact, exact, x, exact), "group_sort", 3);
          });
    }
  }

  @Test
  void reflectedErrors() {
    double small = 0.6f;
    double large = 0.8f;
    double[] ends = {1, -1};
    reaches(2.7, net -> net.activation(inexact(net, ends, 1, -1), "householder", -small, large));
    reaches(2.7, net -> net.activation(inexact(net, ends, 1, -1), "householder", -large, small));
  }

  @Test
  void centeredErrors() {
    int[] signs = {1, -1, -1, -1, -1, -1, -1, -1};
    double[] values = new double[signs.length];
    Arrays.fill(values, 1.5);
    reaches(2, net -> net.activation(inexact(net, values, signs), "center"));
  }

  /** The logits move apart, from where they are equal. */
  @Test
  void errorsOfLogits() {
    for (double temperature : new double[] {0.25, 1}) {
      reaches(
          ElementType.F32,
          1.8,
          net ->
              net.activation(inexact(net, new double[] {1.5, 1.5}, 1, -1), "softmax", temperature));
    }
  }

  /**
   * Rounding alone, of numbers that are a little above 1/2, and of their powers. The program is the
   * JVM's; most of the bound is for devices, which compute in floats.
   */
  @Test
  void softmaxItself() {
    double largest = 0;
    for (int k = 0; k < 500; k++) {
      type = ElementType.F32;
      NetworkUnderTest net = network();
      int x = net.add(new Unit.Input(2, Optional.of(box(0, -k * 0x1p-15))));
      net.activation(x, "softmax", 1);
      double bound = RoundingBound.maxError(net.subject()).orElseThrow();
      double error = largest(RoundedProgram.errors(net.subject())).doubleValue();
      assertThat(error).isLessThanOrEqualTo(bound);
      largest = Math.max(largest, error / bound);
    }
    assertThat(largest).isGreaterThan(0.05);
  }

  private static Unit.Box box(double... point) {
    List<Double> ends = Arrays.stream(point).boxed().toList();
    return new Unit.Box(ends, ends);
  }

  /** Where a function is as steep as its slopes say. */
  @Test
  void errorsOfArguments() {
    record Steep(String name, double at, double... constants) {}
    for (Steep steep :
        List.of(
            new Steep("relu", 1.5),
            new Steep("abs", -1.5),
            new Steep("leaky_relu", -1.5, -3),
            new Steep("leaky_relu", -1.5, 5),
            new Steep("identity", -1.5),
            new Steep("hard_tanh", 0.75),
            new Steep("relu6", 3),
            new Steep("elu", -0x1.8p-4, 2.5),
            new Steep("celu", -0x1.8p-4, 2.5),
            new Steep("selu", -0x1.8p-4),
            new Steep("hard_swish", 3 - 0x1.8p-23),
            new Steep("hard_sigmoid", 1.5),
            new Steep("silu", 2.4),
            new Steep("gelu", 1.4),
            new Steep("gelu_tanh", 1.4),
            new Steep("mish", 1.5),
            new Steep("tanh", 0x1.8p-4),
            new Steep("sigmoid", 0x1.8p-4),
            new Steep("softsign", 0x1.8p-6),
            new Steep("softplus", 6),
            new Steep("sin", 0x1.8p-3))) {
      int exponent = Math.getExponent(steep.at);
      double place = Math.copySign(Math.scalb(1.5, exponent), steep.at);
      reaches(
          ElementType.F32,
          2,
          net -> {
            int x = inexact(net, new double[] {place, place}, 1, -1);
            double shift = (float) (steep.at - place);
            int at =
                shift == 0
                    ? x
                    : net.add(Unit.affine(x, List.of(1.0, 1.0), List.of(shift, shift), 2));
            net.activation(at, steep.name, steep.constants);
          });
    }
  }

  /** A callee moves as far as its bound says, by the errors of all elements together. */
  @Test
  void errorsOfACallee() {
    reaches(
        1.7,
        net -> {
          NetworkUnderTest callee = network();
          callee.dense(callee.input(4), new double[][] {{0.5, 0.5, 0.5, 0.5}});
          int x = inexact(net, new double[] {1.5, -1.5, 1.5, -1.5}, 1, 1, 1, 1);
          net.call(x, "test.Callee", callee.subject());
        });
    // And its own errors.
    reaches(
        1.6,
        net -> {
          NetworkUnderTest callee = network();
          inexact(callee, callee.input(TERMS + 1), new double[] {1.5}, 1);
          callee.bound = 2;
          net.call(ones(net), "test.Callee", callee.subject());
        });
  }
}
