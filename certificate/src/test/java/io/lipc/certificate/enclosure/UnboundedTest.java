package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.function.Range;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Infinite and huge ends: no operation makes an end NaN, and every range holds its values. */
final class UnboundedTest {

  private static final double MAX = Double.MAX_VALUE;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static final double[] ENDS = {
    -INFINITY, -MAX, -1e300, -1e200, -1e5, -2, -1e-310, 0, 1e-310, 0.5, 3, 1e5, 1e200, MAX, INFINITY
  };

  private static List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < ENDS.length; i++) {
      for (int j = i; j < ENDS.length; j++) {
        ranges.add(new Range(ENDS[i], ENDS[j]));
      }
    }
    return ranges;
  }

  /** Constants of all sizes. */
  private static Stream<OfElements> functions(ElementKind kind) {
    Random random = new Random(1);
    return switch (kind) {
      case LEAKY_RELU ->
          Stream.of(-1.5, -1.0, 0.0, 5e-324, 0.25, 1.0).map(c -> new OfElements(kind, List.of(c)));
      case ELU -> Stream.of(0.0, 5e-324, 1.0, MAX).map(c -> new OfElements(kind, List.of(c)));
      case CELU -> Stream.of(5e-324, 1.0, MAX).map(c -> new OfElements(kind, List.of(c)));
      case RELU, RELU6, HARD_TANH, ABS, TANH, SIGMOID, SOFTPLUS, SELU, SOFTSIGN, HARD_SIGMOID ->
          Stream.of(RandomActivations.ofElements(kind, random));
      case HARD_SWISH, SILU, MISH, SIN, GELU, GELU_TANH ->
          Stream.of(RandomActivations.ofElements(kind, random));
    };
  }

  private static void assertIsOne(Range range, Object of) {
    assertThat(range.lower()).as("%s: %s", of, range).isNotNaN().isLessThan(INFINITY);
    assertThat(range.upper()).as("%s: %s", of, range).isNotNaN().isGreaterThan(-INFINITY);
    assertThat(range.lower()).as("%s: %s", of, range).isLessThanOrEqualTo(range.upper());
  }

  /** A value that is computed of numbers of that size may be rounded, and no more. */
  private static void assertHolds(Range range, double value, double size, Object of) {
    double slack = 1e-12 * Math.min(size, MAX) + 1e-300;
    assertThat(value).as("%s: %s", of, range).isNotNaN();
    assertThat(range.lower()).as("%s", of).isLessThanOrEqualTo(value + slack);
    assertThat(range.upper()).as("%s", of).isGreaterThanOrEqualTo(value - slack);
  }

  /** Numbers of a range, its finite ends among them. */
  private static double[] samples(Range range) {
    double low = Math.max(range.lower(), -MAX);
    double high = Math.min(range.upper(), MAX);
    return Stream.of(low, high, low / 2 + high / 2, 0.0, -1.2, 0.7, -1e100, 1e100)
        .mapToDouble(t -> Math.max(low, Math.min(t, high)))
        .toArray();
  }

  @ParameterizedTest
  @EnumSource
  void everyElementwiseFunction(ElementKind kind) {
    functions(kind)
        .forEach(
            activation -> {
              Elementwise function = Elementwise.of(activation);
              for (Range x : ranges()) {
                Object of = activation + " over " + x;
                Range y = function.over(x);
                assertIsOne(y, of);
                for (double t : samples(x)) {
                  double value = function.value(t);
                  assertHolds(y, value, Math.max(Math.abs(value), Math.abs(t)), of);
                }
                for (double error :
                    new double[] {
                      function.error(x), function.floatError(x), function.largestRounded(x)
                    }) {
                  assertThat(error).as("%s", of).isNotNaN().isNotNegative();
                }
              }
            });
  }

  private static Stream<OfGroups> functions(GroupKind kind) {
    return switch (kind) {
      case MAXMIN -> Stream.of(new OfGroups(kind, List.of()));
      case GROUP_SORT -> Stream.of(new OfGroups(kind, List.of(4.0)));
      case HOUSEHOLDER ->
          Stream.of(List.of(0.6, -0.8), List.of(0.0, 1.0), List.of(MAX, -1.0), List.of(0.0, 0.0))
              .map(constants -> new OfGroups(kind, constants));
      case SOFTMAX -> Stream.of(0x1p-1024, 1.0, MAX).map(t -> new OfGroups(kind, List.of(t)));
      case L2_NORMALIZE ->
          // Squares of less underflow, and rounding has no bound.
          Stream.of(1e-140, 1e-5, 1.0, MAX).map(least -> new OfGroups(kind, List.of(least)));
      case LAYER_NORM ->
          Stream.of(5e-324, 1e-5, 1.0, MAX)
              .flatMap(epsilon -> Stream.of(List.of(epsilon, 0.0), List.of(epsilon, 2.0)))
              .map(constants -> new OfGroups(kind, constants));
    };
  }

  private static double largest(double[] x) {
    double largest = 0;
    for (double element : x) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }

  @ParameterizedTest
  @EnumSource
  void everyFunctionOfGroups(GroupKind kind) {
    Random random = new Random(2);
    List<Range> all = ranges();
    for (OfGroups function : functions(kind).toList()) {
      Unit.Activation unit = new Unit.Activation(0, function, 4, 1);
      for (int round = 0; round < 2000; round++) {
        List<Range> x = random.ints(4, 0, all.size()).mapToObj(all::get).toList();
        List<Range> y = new Evaluation<>(new Intervals()).activation(unit, x);
        y.forEach(range -> assertIsOne(range, function + " over " + x));
        for (int sample = 0; sample < 8; sample++) {
          int number = sample;
          double[] t = x.stream().mapToDouble(range -> samples(range)[number]).toArray();
          double[] values = Grouped.of(function).value(t);
          // What computes them may overflow on the way, and cancel.
          double size = largest(values) + largest(t);
          for (int i = 0; i < 4 && size < 1e150; i++) {
            assertHolds(y.get(i), values[i], size, function + " over " + x);
          }
        }
        for (ElementType type : ElementType.values()) {
          assertNoErrorIsNan(unit, x, type);
        }
      }
    }
  }

  private static void assertNoErrorIsNan(Unit.Activation unit, List<Range> x, ElementType type) {
    List<Rounded> rounded =
        x.stream().map(range -> new Rounded(range, range.lower() < 0 ? INFINITY : 1)).toList();
    for (Rounded y : new Evaluation<>(new RoundedNumbers(type)).activation(unit, rounded)) {
      assertIsOne(y.real(), unit + " over " + x);
      assertThat(y.error()).as("%s over %s", unit, x).isNotNaN().isNotNegative();
    }
  }

  /** Sums of products, also those with the factor zero, and differences. */
  @Test
  void sumsOfProducts() {
    double[] factors = {0, -0.0, 1, -1, 5e-324, -MAX, 2};
    for (Range a : ranges()) {
      for (Range b : ranges()) {
        for (double factor : factors) {
          var row = Evaluation.pair(factor, -1);
          assertIsOne(new Intervals().sums(List.of(a, b)).of(row, MAX), row);
          Rounded sum =
              new RoundedNumbers(ElementType.F32)
                  .sums(List.of(new Rounded(a, INFINITY), new Rounded(b, 0)))
                  .of(row, 1);
          assertIsOne(sum.real(), row);
          assertThat(sum.error()).isNotNaN();
        }
        assertIsOne(Intervals.difference(a, b), b);
      }
    }
  }

  /** Whoever has no number for an end knows nothing. */
  @Test
  void noEndIsNan() {
    Range all = new Range(-INFINITY, INFINITY);
    assertThat(new Range(Double.NaN, 1)).isEqualTo(all);
    assertThat(new Range(1, Double.NaN)).isEqualTo(all);
    assertThat(new Range(INFINITY, INFINITY)).isEqualTo(new Range(MAX, INFINITY));
    assertThat(new Range(-INFINITY, -INFINITY)).isEqualTo(new Range(-INFINITY, -MAX));
    assertThat(new Range(-INFINITY, 3)).extracting(Range::upper).isEqualTo(3.0);
    assertThat(new Rounded(all, Double.NaN).error()).isEqualTo(INFINITY);
  }
}
