package io.lipc.certificate.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.ExactFunctions;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.SlopeRanges;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions stay on their side of lines, compared with 40 digits of their values. */
final class LineTest {

  /** Whatever its slope is, it is below the function, and touches it. */
  @Test
  void aLineOfAnySlopeIsBelow() {
    Random random = new Random(8);
    for (String name : List.of("relu", "abs", "relu6", "hard_tanh")) {
      OfElements function = (OfElements) ActivationFunction.of(name, List.of());
      PiecewiseLinear pieces = (PiecewiseLinear) Elementwise.of(function);
      for (int run = 0; run < 500; run++) {
        double from = 4 * random.nextGaussian();
        Range z = new Range(from, from + 8 * random.nextDouble());
        double slope = 2 * random.nextGaussian();
        Line line = Line.below(pieces, z, slope);
        assertThat(line.slope()).isEqualTo(slope);
        double nearest = Double.POSITIVE_INFINITY;
        for (int k = 0; k <= 400; k++) {
          double t = Math.min(z.upper(), z.lower() + (z.upper() - z.lower()) * k / 400);
          BigDecimal value = ExactFunctions.value(name, List.of(), t);
          assertThat(at(line, t)).isLessThanOrEqualTo(value);
          nearest = Math.min(nearest, value.subtract(at(line, t)).doubleValue());
        }
        assertThat(nearest).isLessThan(0.2);
      }
    }
  }

  private static BigDecimal at(Line line, double z) {
    return new BigDecimal(line.slope())
        .multiply(new BigDecimal(z))
        .add(new BigDecimal(line.offset()));
  }

  private static void assertBetween(OfElements function, Range z, double t) {
    Range slopes = SlopeRanges.over(function, z);
    BigDecimal value = ExactFunctions.value(function.word(), function.constants(), t);
    BigDecimal slack = value.abs().movePointLeft(30);
    assertThat(at(Line.below(function, z, slopes), t))
        .as("below %s at %s of %s", function, t, z)
        .isLessThanOrEqualTo(value.add(slack));
    assertThat(at(Line.above(function, z, slopes), t))
        .as("above %s at %s of %s", function, t, z)
        .isGreaterThanOrEqualTo(value.subtract(slack));
  }

  @ParameterizedTest
  @EnumSource
  void theFunctionIsBetween(ElementKind kind) {
    Random random = new Random(kind.ordinal());
    for (int i = 0; i < 150; i++) {
      OfElements function = RandomActivations.ofElements(kind, random);
      double middle = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-3, 4));
      double half = Math.scalb(random.nextDouble(), random.nextInt(-12, 3));
      Range z = new Range(middle - half, middle + half);
      double share = random.nextDouble();
      for (double t :
          List.of(
              z.lower(),
              z.upper(),
              Math.clamp(0.0, z.lower(), z.upper()),
              Math.clamp(z.lower() + share * 2 * half, z.lower(), z.upper()))) {
        assertBetween(function, z, t);
      }
    }
  }

  /** The lines of relu: its chord above, 0 or z below. */
  @Test
  void linesOfRelu() {
    OfElements relu = new OfElements(ElementKind.RELU, List.of());
    assertLine(Line.above(relu, new Range(-1, 3), new Range(0, 1)), 0.75, 0.75);
    assertLine(Line.below(relu, new Range(-1, 3), new Range(0, 1)), 1, 0);
    assertLine(Line.below(relu, new Range(-3, 1), new Range(0, 1)), 0, 0);
    assertLine(Line.above(relu, new Range(1, 3), new Range(1, 1)), 1, 0);
  }

  /** Which of two lines that are as near is taken hangs on no rounding: it is the first. */
  @Test
  void tiesGoToTheFirst() {
    Random random = new Random(48);
    for (int i = 0; i < 500; i++) {
      double end = random.nextDouble() * Math.scalb(1.0, random.nextInt(-40, 40));
      for (double off : new double[] {0, Math.ulp(end), -Math.ulp(end)}) {
        Range z = new Range(-end, end + off);
        OfElements relu = new OfElements(ElementKind.RELU, List.of());
        assertThat(Line.below(relu, z, new Range(0, 1)).slope()).isZero();
        OfElements abs = new OfElements(ElementKind.ABS, List.of());
        assertThat(Line.below(abs, z, new Range(-1, 1)).slope()).isZero();
        assertThat(Line.above(abs, z, new Range(-1, 1)).slope()).isZero();
      }
    }
  }

  /** The two terms of a line may cancel where it is compared: they are large all the same. */
  @Test
  void tiesOfWhatCancelsGoToTheFirst() {
    OfElements function = new OfElements(ElementKind.HARD_SWISH, List.of());
    for (int k = 32; k < 46; k++) {
      // It falls by 1/2 from 0, and has its least value, -3/8, at the end.
      Range z = new Range(-3, -1.5 - Math.scalb(1.0, -k));
      assertThat(Line.below(function, z, SlopeRanges.over(function, z)).slope()).isZero();
    }
  }

  /** Chords end at other values than 0, and kinks beyond the range do not lift them. */
  @Test
  void linesOfRelu6() {
    OfElements relu6 = new OfElements(ElementKind.RELU6, List.of());
    assertLine(Line.below(relu6, new Range(3, 9), new Range(0, 1)), 0.5, 1.5);
    assertLine(Line.above(relu6, new Range(-1, 3), new Range(0, 1)), 0.75, 0.75);
    assertLine(Line.below(relu6, new Range(3, 7), new Range(0, 1)), 0.75, 0.75);
  }

  private static void assertLine(Line line, double slope, double offset) {
    assertThat(line.slope()).isEqualTo(slope);
    assertThat(line.offset()).isCloseTo(offset, org.assertj.core.data.Offset.offset(1e-14));
  }

  /** Without an end the line is the extreme of the function. */
  @ParameterizedTest
  @EnumSource
  void endsMayBeInfinite(ElementKind kind) {
    Random random = new Random(9);
    OfElements function = RandomActivations.ofElements(kind, random);
    double infinity = Double.POSITIVE_INFINITY;
    double most = Double.MAX_VALUE;
    for (Range z :
        List.of(
            new Range(-infinity, infinity),
            new Range(0, infinity),
            new Range(-infinity, 0),
            new Range(-most, most),
            new Range(-1e308, 1e308),
            new Range(-Double.MIN_VALUE, Double.MIN_VALUE))) {
      Range slopes = SlopeRanges.over(function, z);
      for (Line line : List.of(Line.below(function, z, slopes), Line.above(function, z, slopes))) {
        assertThat(line.slope()).isFinite();
        assertThat(line.offset()).isNotNaN();
      }
      for (double t : new double[] {-20, -1, -Double.MIN_VALUE, 0, 0.5, 20}) {
        boolean inside = z.lower() <= t && t <= z.upper();
        if (inside
            && Double.isFinite(Line.below(function, z, slopes).offset())
            && Double.isFinite(Line.above(function, z, slopes).offset())) {
          assertBetween(function, z, t);
        }
      }
    }
  }
}
