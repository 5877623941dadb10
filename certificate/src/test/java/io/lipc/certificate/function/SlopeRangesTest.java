package io.lipc.certificate.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.SlopeTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No slope leaves its range, wherever the arguments are; and narrow arguments have narrow ranges.
 */
final class SlopeRangesTest {

  private static final MathContext DIGITS = new MathContext(40);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static final List<Double> EDGES =
      List.of(
          -INFINITY,
          -Double.MAX_VALUE,
          -1e308,
          -1e20,
          -1e6,
          -800.0,
          -50.0,
          -40.0,
          -6.0,
          -3.0,
          -2.4,
          -1.5,
          -1.0,
          -0x1p-1030,
          -Double.MIN_VALUE,
          -0.0,
          0.0,
          Double.MIN_VALUE,
          0x1p-1030,
          1.0,
          1.5,
          Math.PI,
          2.4,
          3.0,
          6.0,
          40.0,
          50.0,
          800.0,
          1e6,
          1e20,
          1e308,
          Double.MAX_VALUE,
          INFINITY);

  private static OfElements function(ElementKind kind, Random random) {
    return RandomActivations.ofElements(kind, random);
  }

  private static BigDecimal value(OfElements function, double t) {
    return ExactFunctions.value(function.word(), function.constants(), t);
  }

  private static void assertHolds(OfElements function, Range t, double u, double v) {
    if (u == v) {
      return;
    }
    BigDecimal rise = value(function, u).subtract(value(function, v));
    BigDecimal slope = rise.divide(new BigDecimal(u).subtract(new BigDecimal(v)), DIGITS);
    Range range = SlopeRanges.over(function, t);
    // The exact values have 40 digits: of near arguments fewer are left.
    BigDecimal slack = new BigDecimal("1e-25");
    assertThat(slope.add(slack))
        .as("%s between %s and %s of %s", function, u, v, t)
        .isGreaterThanOrEqualTo(new BigDecimal(range.lower()));
    assertThat(slope.subtract(slack))
        .as("%s between %s and %s of %s", function, u, v, t)
        .isLessThanOrEqualTo(new BigDecimal(range.upper()));
  }

  private static double between(Random random, double from, double to) {
    double share = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble();
    return Math.clamp(from * (1 - share) + to * share, from, to);
  }

  @ParameterizedTest
  @EnumSource
  void noSlopeLeavesItsRange(ElementKind kind) {
    Random random = new Random(kind.ordinal());
    for (int i = 0; i < 300; i++) {
      OfElements function = function(kind, random);
      double middle = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-3, 4));
      double half = Math.scalb(random.nextDouble(), random.nextInt(-12, 3));
      Range t = new Range(middle - half, middle + half);
      assertHolds(
          function,
          t,
          between(random, t.lower(), t.upper()),
          between(random, t.lower(), t.upper()));
    }
  }

  /** The derivative where it is steepest or flattest may be met by near arguments alone. */
  @ParameterizedTest
  @EnumSource
  void norDoSlopesOfNearArguments(ElementKind kind) {
    Random random = new Random(kind.ordinal());
    for (int i = 0; i < 100; i++) {
      OfElements function = function(kind, random);
      double from = random.nextDouble() * 8 - 4;
      Range t = new Range(from, from + random.nextDouble());
      double u = between(random, t.lower(), t.upper());
      assertHolds(function, t, u, Math.clamp(u + 0x1p-20, t.lower(), t.upper()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsMayBeAnywhere(ElementKind kind) {
    Random random = new Random(3);
    OfElements function = function(kind, random);
    SlopeTable.Slopes all = SlopeTable.slopes(function);
    for (double lower : EDGES) {
      for (double upper : EDGES) {
        if (lower <= upper) {
          Range range = SlopeRanges.over(function, new Range(lower, upper));
          assertThat(range.lower()).as("%s on [%s, %s]", function, lower, upper).isFinite();
          assertThat(range.upper()).as("%s on [%s, %s]", function, lower, upper).isFinite();
          assertThat(range.lower()).isBetween(all.lower(), range.upper());
          assertThat(range.upper()).isLessThanOrEqualTo(all.upper());
          double u = Math.max(lower, -30);
          double v = Math.min(upper, 30);
          // Of nearer ones the exact values do not say the slope.
          if (v - u > 1e-9 && random.nextInt(8) == 0) {
            assertHolds(function, new Range(lower, upper), u, v);
          }
        }
      }
    }
    Range unknown = SlopeRanges.over(function, new Range(Double.NaN, 1));
    assertThat(unknown.upper()).isBetween(all.upper() - 1e-9, all.upper());
    assertThat(unknown.lower()).isBetween(all.lower(), all.lower() + 1e-9);
  }

  /** Else all of the table would be a correct answer. */
  @ParameterizedTest
  @EnumSource
  void narrowArgumentsHaveNarrowRanges(ElementKind kind) {
    Random random = new Random(5);
    for (double t : new double[] {-7, -2.2, -0.4, 0.3, 1.3, 2.7, 7}) {
      OfElements function = function(kind, random);
      Range range = SlopeRanges.over(function, new Range(t, t + 0x1p-10));
      assertThat(range.upper() - range.lower()).as("%s at %s", function, t).isLessThan(0.01);
    }
  }

  /** Kinks at an end do not count, so that what is always on is linear. */
  @ParameterizedTest
  @EnumSource(names = {"RELU", "ABS", "LEAKY_RELU", "RELU6"})
  void kinksAtEndsDoNotCount(ElementKind kind) {
    OfElements function = function(kind, new Random(1));
    assertThat(SlopeRanges.over(function, new Range(0, 5))).isEqualTo(new Range(1, 1));
    double below = kind == ElementKind.ABS ? -1 : 0;
    below = kind == ElementKind.LEAKY_RELU ? function.constants().getFirst() : below;
    assertThat(SlopeRanges.over(function, new Range(-5, 0))).isEqualTo(new Range(below, below));
    double[] ends = {below, 1};
    Arrays.sort(ends);
    assertThat(SlopeRanges.over(function, new Range(-Double.MIN_VALUE, 5)))
        .isEqualTo(new Range(ends[0], ends[1]));
  }
}
