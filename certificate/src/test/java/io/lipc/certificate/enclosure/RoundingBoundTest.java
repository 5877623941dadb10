package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.FloatFunctions;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.SinglePrecision;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Sum;
import io.lipc.formats.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RoundingBoundTest {

  /** Every operation in F32, each result rounded once: what generated code does. */
  private static float[] inSinglePrecision(Subject subject, float[] input) {
    List<Unit> units = subject.certificate().units();
    float[][] values = new float[units.size()][];
    for (int i = 0; i < values.length; i++) {
      float[] x = i == 0 ? input : values[units.get(i).operands().getFirst()];
      values[i] =
          switch (units.get(i)) {
            case Unit.Linear(_, Matrix dense, _) -> dense(subject, dense, x);
            case Unit.Activation activation -> activation(activation, x);
            case Unit.Linear(List<Integer> operands, Sum _, _) -> add(x, values[operands.get(1)]);
            case Unit.Linear(_, Centering _, _) -> center(x);
            case Unit.Linear(_, Identity _, _) -> x;
            default -> input;
          };
    }
    return values[values.length - 1];
  }

  private static float[] dense(Subject subject, Matrix dense, float[] x) {
    double[][] weight = subject.weights().tensor(dense.weight()).orElseThrow().rows();
    float[] y = new float[dense.outputs()];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) subject.weights().tensor(dense.bias().orElseThrow()).orElseThrow().get(i);
      for (int j = 0; j < x.length; j++) {
        y[i] += (float) weight[i][j] * x[j];
      }
    }
    return y;
  }

  private static float[] add(float[] x, float[] z) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] + z[i];
    }
    return y;
  }

  private static float[] householder(float[] x, float v, float w) {
    float[] y = x.clone();
    for (int i = 0; i < y.length; i += 2) {
      float twice = 2 * Math.max(-(v * x[i] + w * x[i + 1]), 0);
      y[i] += v * twice;
      y[i + 1] += w * twice;
    }
    return y;
  }

  private static float[] sorted(float[] x, int group) {
    float[] y = new float[x.length];
    for (int from = 0; from < y.length; from += group) {
      float[] sorted = Arrays.copyOfRange(x, from, from + group);
      Arrays.sort(sorted);
      for (int k = 0; k < group; k++) {
        y[from + k] = sorted[group - 1 - k];
      }
    }
    return y;
  }

  private static float[] softmax(float[] x, double temperature) {
    float[] powers = new float[x.length];
    float max = Float.NEGATIVE_INFINITY;
    for (float value : x) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      powers[i] = FloatFunctions.exp(((double) x[i] - max) / temperature);
      sum += powers[i];
    }
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) (powers[i] / sum);
    }
    return y;
  }

  private static float[] normalised(float[] x, double epsilon, int group) {
    float[] y = new float[x.length];
    for (int from = 0; from < x.length; from += group) {
      double mean = 0;
      for (int i = from; i < from + group; i++) {
        mean += x[i];
      }
      mean /= group;
      double squares = 0;
      for (int i = from; i < from + group; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
      }
      for (int i = from; i < from + group; i++) {
        y[i] = (float) ((x[i] - mean) / Math.sqrt(squares / group + epsilon));
      }
    }
    return y;
  }

  private static float[] unitLength(float[] x, double least) {
    double squares = 0;
    for (float value : x) {
      squares += (double) value * value;
    }
    double length = Math.max(Math.sqrt(squares), least);
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) (x[i] / length);
    }
    return y;
  }

  private static float[] center(float[] x) {
    double mean = 0;
    for (float value : x) {
      mean += Centering.share(x.length) * value;
    }
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) (x[i] - mean);
    }
    return y;
  }

  private static float[] activation(Unit.Activation activation, float[] x) {
    return switch (activation.function()) {
      case OfElements function -> elementwise(function, x);
      case OfGroups function -> {
        List<Double> constants = function.constants();
        yield switch (function.kind()) {
          case MAXMIN -> sorted(x, 2);
          case GROUP_SORT -> sorted(x, constants.getFirst().intValue());
          case HOUSEHOLDER ->
              householder(x, constants.getFirst().floatValue(), constants.getLast().floatValue());
          case SOFTMAX -> softmax(x, constants.getFirst());
          case L2_NORMALIZE -> unitLength(x, constants.getFirst());
          case LAYER_NORM ->
              normalised(x, constants.getFirst(), Grouped.of(function).group(x.length));
        };
      }
    };
  }

  private static float[] elementwise(OfElements function, float[] x) {
    float[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] =
          switch (function.kind()) {
            case RELU -> Math.max(x[i], 0);
            case ABS -> Math.abs(x[i]);
            case LEAKY_RELU ->
                x[i] >= 0 ? x[i] : function.constants().getFirst().floatValue() * x[i];
            case RELU6, HARD_TANH, TANH, SIGMOID, SOFTPLUS, SELU, SOFTSIGN, HARD_SIGMOID ->
                SinglePrecision.of(function.word(), function.constants()).value(x[i]);
            case HARD_SWISH, SILU, MISH, SIN, GELU, GELU_TANH, ELU, CELU ->
                SinglePrecision.of(function.word(), function.constants()).value(x[i]);
          };
    }
    return y;
  }

  private static double[][] randomMatrix(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return matrix;
  }

  private static NetworkUnderTest randomNetwork(Random random) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F32;
    int h = net.input(-2, 3, 4);
    for (int layer = 0; layer < 3; layer++) {
      h = net.dense(h, randomMatrix(random, 6, layer == 0 ? 4 : 6), randomMatrix(random, 1, 6)[0]);
      int w =
          switch (random.nextInt(7)) {
            case 6 -> net.activation(h, random.nextBoolean() ? "center" : "identity");
            case 0, 1, 2 ->
                RandomActivations.add(
                    net, h, RandomActivations.ofGroups(random.nextBoolean() ? 2 : 3, random), 6);
            default -> RandomActivations.add(net, h, RandomActivations.ofElements(random), 6);
          };
      h = net.sum(h, w);
    }
    return net;
  }

  @Test
  void computedOutputsStayWithinTheBound() {
    Random random = new Random(9);
    double largest = 0;
    for (int round = 0; round < 120; round++) {
      Subject subject = randomNetwork(random).subject();
      double bound = RoundingBound.maxError(subject).orElseThrow();
      UnitEvaluator reference = UnitEvaluator.of(subject);
      for (int sample = 0; sample < 50; sample++) {
        float[] input = new float[4];
        double[] same = new double[4];
        for (int i = 0; i < 4; i++) {
          input[i] = random.nextFloat(-2, 3);
          same[i] = input[i];
        }
        float[] computed = inSinglePrecision(subject, input);
        double[] exact = reference.apply(same);
        for (int i = 0; i < exact.length; i++) {
          double error = Math.abs(computed[i] - exact[i]);
          assertThat(error).isLessThanOrEqualTo(bound);
          largest = Math.max(largest, error / bound);
        }
      }
    }
    // Coarse, but not without meaning.
    assertThat(largest).isGreaterThan(1e-4);
  }

  @Test
  void exactOperationsHaveNoError() {
    NetworkUnderTest net = new NetworkUnderTest();
    int x = net.input(-1, 1, 2);
    int sorted = net.activation(x, "group_sort", 2);
    net.concat(
        x,
        net.activation(x, "relu"),
        net.activation(x, "maxmin"),
        sorted,
        net.activation(x, "abs"));
    assertThat(RoundingBound.maxError(net.subject())).hasValue(0);
  }

  @Test
  void withoutABoxThereIsNoBound() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.scale(net.input(1), 2);
    assertThat(RoundingBound.maxError(net.subject())).isEmpty();
  }

  @Test
  void overflowIsNotExcludedSilently() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F32;
    int x = net.input(0, 0x1p100, 1);
    int large = net.scale(x, 0x1p27);
    net.scale(large, 0);
    assertThat(RoundingBound.maxError(net.subject())).isEmpty();
    net.units.set(large, Unit.scale(x, 0x1p20, 1));
    assertThat(RoundingBound.maxError(net.subject())).isPresent();
  }

  @Test
  void softmaxOnDevicesComputesInFloats() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F32;
    net.activation(net.input(-1e30, 1e30, 3), "softmax", 0.125);
    double units = 8 + 4.25 * Math.log(3);
    assertThat(RoundingBound.maxError(net.subject()).orElseThrow())
        .isBetween(units * 0x1p-24, 1.001 * units * 0x1p-24);
  }

  @Test
  void softmaxOfFloatsWhoseDifferencesOverflow() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F32;
    net.activation(net.input(-3e38, 3e38, 3), "softmax", 1e38f);
    assertThat(RoundingBound.maxError(net.subject())).isEmpty();
  }

  @Test
  void softmaxOfNumbersWhoseDifferencesOverflow() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.activation(net.input(-1e308, 1e308, 3), "softmax", 1e308);
    assertThat(RoundingBound.maxError(net.subject())).isEmpty();
  }

  @Test
  void householderDoublesTheErrorOfItsOperands() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F32;
    net.activation(net.input(-1, 1, 2), "householder", 0.6f, -0.8f);
    assertThat(RoundingBound.maxError(net.subject()).orElseThrow()).isBetween(0x1p-24, 0x1p-19);
  }

  @Test
  void tanhErrsByFewUnits() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F32;
    net.activation(net.input(-9, 9, 1), "tanh");
    // Of tanh(9), which is a little less than 1.
    assertThat(RoundingBound.maxError(net.subject()).orElseThrow())
        .isBetween(5.4999 * 0x1p-24, 5.5001 * 0x1p-24);
  }

  /** By how many units of its value a function may be off in F32, on the JVM or on a device. */
  private static final Map<String, Double> UNITS =
      Map.ofEntries(
          Map.entry("tanh", 5.5),
          Map.entry("silu", 6.5),
          Map.entry("mish", 8.5),
          Map.entry("gelu", 5.0),
          Map.entry("gelu_tanh", 4.0),
          Map.entry("softplus", 7.0),
          Map.entry("selu", 4.75),
          Map.entry("softsign", 3.25),
          Map.entry("sin", 3.625),
          Map.entry("hard_sigmoid", 2.75),
          Map.entry("hard_swish", 3.75));

  /** The same in units of 1. */
  private static final Map<String, Double> UNITS_OF_ONE = Map.of("sigmoid", 3.125);

  /** Doubles round about once. */
  @Test
  void activationsErrByFewUnits() {
    for (ElementKind kind : ElementKind.values()) {
      OfElements function = RandomActivations.ofElements(kind, new Random(1));
      String name = function.word();
      boolean isExact = List.of("relu", "relu6", "hard_tanh", "abs").contains(name);
      if (!function.constants().isEmpty()) {
        continue;
      }
      for (ElementType type : ElementType.values()) {
        NetworkUnderTest net = new NetworkUnderTest();
        net.type = type;
        RandomActivations.add(net, net.input(-4, 4, 2), function, 2);
        double bound = RoundingBound.maxError(net.subject()).orElseThrow();
        if (isExact) {
          assertThat(bound).as("%s in %s", name, type).isZero();
        } else if (type == ElementType.F64) {
          assertThat(bound).as(name).isBetween(0x1p-53 / 6.1, 0x1p-46 * 4.3);
        } else {
          double size = Elementwise.of(function).over(new Range(-4, 4)).magnitude();
          double units = UNITS.containsKey(name) ? UNITS.get(name) * size : UNITS_OF_ONE.get(name);
          assertThat(bound * 0x1p24).as(name).isBetween(0.999 * units, 1.001 * units);
        }
      }
    }
  }

  @Test
  void callsAddTheCalleesErrorToTheMovedOne() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.type = ElementType.F32;
    callee.scale(callee.input(1), 0.5);
    callee.bound = 0.5;
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.type = ElementType.F32;
    caller.call(caller.activation(caller.input(-9, 9, 1), "tanh"), "test.Callee", callee.subject());
    double half = 5.5 * 0x1p-25;
    assertThat(RoundingBound.maxError(caller.subject()).orElseThrow()).isBetween(half, 2 * half);
  }

  @Test
  void doublesHaveSmallerErrors() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.dense(net.input(-1, 1, 1), new double[][] {{0.1}});
    assertThat(RoundingBound.maxError(net.subject()).orElseThrow()).isBetween(1e-18, 1e-16);
  }

  @Test
  void sharedCalleesAreBoundedOnce() {
    // Two calls in each network, of one input: 2^40 paths, but 40 networks.
    NetworkUnderTest last = new NetworkUnderTest();
    last.scale(last.input(-1, 1, 1), 0.5);
    for (int depth = 0; depth < 40; depth++) {
      Subject shared = last.subject();
      last = new NetworkUnderTest();
      int x = last.input(-1, 1, 1);
      int first = last.call(x, "test.Callee", shared);
      last.scale(last.sum(first, last.call(x, "test.Callee", shared)), 0.5);
    }
    assertThat(RoundingBound.maxError(last.subject()).orElseThrow()).isBetween(0x1p-53, 0x1p-45);
  }
}
