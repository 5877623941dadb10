package io.lipc.certificate.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The slopes that are no round numbers, against enclosures of the derivative on the whole line. */
final class SlopeTableTest {

  /** Beyond it the derivative of silu differs from 0 or 1 by less than {@code 65 e^-64}. */
  private static final double FAR = 64;

  /** All numbers between two ends, which each operation rounds outward. */
  private record Range(double lower, double upper) {

    static Range of(double value) {
      return new Range(value, value);
    }

    Range plus(Range other) {
      return new Range(Math.nextDown(lower + other.lower), Math.nextUp(upper + other.upper));
    }

    Range negative() {
      return new Range(-upper, -lower);
    }

    Range times(Range other) {
      double a = lower * other.lower;
      double b = lower * other.upper;
      double c = upper * other.lower;
      double d = upper * other.upper;
      return new Range(
          Math.nextDown(Math.min(Math.min(a, b), Math.min(c, d))),
          Math.nextUp(Math.max(Math.max(a, b), Math.max(c, d))));
    }

    /**
     * {@code 1 / (1 + e^-t)}: exp within an ulp, a sum, a quotient, so within 2^-50 of its size.
     */
    Range sigmoid() {
      double low = 1 / (1 + Math.exp(-lower));
      double high = 1 / (1 + Math.exp(-upper));
      return new Range(low * (1 - 0x1p-49), high * (1 + 0x1p-49));
    }
  }

  /** {@code s + t s (1 - s)}. */
  private static Range derivativeOfSilu(Range t) {
    Range s = t.sigmoid();
    return s.plus(t.times(s).times(t.negative().sigmoid()));
  }

  /** {@code s (1 - s) (2 - t (2 s - 1))}. */
  private static Range secondDerivativeOfSilu(Range t) {
    Range s = t.sigmoid();
    Range tangent = Range.of(2).times(s).plus(Range.of(-1));
    return s.times(t.negative().sigmoid()).times(Range.of(2).plus(t.times(tangent).negative()));
  }

  /** By the mean value theorem; near an extreme the second derivative is small. */
  private static SlopeTable.Slopes slopes(String word) {
    return Group.of(ActivationFunction.of(word, List.of()), 1).slopes();
  }

  private static Range derivativeOfSiluOn(double from, double to) {
    double middle = (from + to) / 2;
    Range step = Range.of(to).plus(Range.of(-middle));
    Range distance = new Range(-step.upper(), step.upper());
    return derivativeOfSilu(Range.of(middle))
        .plus(secondDerivativeOfSilu(new Range(from, to)).times(distance));
  }

  @Test
  void siluHasNoSlopeOutsideItsRow() {
    SlopeTable.Slopes slopes = slopes("silu");
    Deque<Range> open = new ArrayDeque<>(List.of(new Range(-FAR, FAR)));
    int cells = 0;
    while (!open.isEmpty()) {
      Range cell = open.pop();
      Range derivative = derivativeOfSiluOn(cell.lower(), cell.upper());
      boolean inside = derivative.lower() >= slopes.lower() && derivative.upper() <= slopes.upper();
      if (!inside) {
        double middle = (cell.lower() + cell.upper()) / 2;
        open.push(new Range(cell.lower(), middle));
        open.push(new Range(middle, cell.upper()));
      }
      cells++;
      assertThat(cells).as("cells until the enclosure is narrow enough").isLessThan(1_000_000);
    }
    assertThat(65 * Math.exp(-FAR)).isLessThan(Math.min(-slopes.lower(), slopes.upper() - 1));
  }

  @Test
  void siluTakesSlopesNearTheEndsOfItsRow() {
    SlopeTable.Slopes slopes = slopes("silu");
    double steepest = 2.399357280515468;
    assertThat(slopes.upper() - derivativeOfSilu(Range.of(steepest)).lower()).isLessThan(0x1p-30);
    assertThat(derivativeOfSilu(Range.of(-steepest)).upper() - slopes.lower()).isLessThan(0x1p-30);
  }

  @Test
  void sigmoidHasSlopesUpToAQuarter() {
    SlopeTable.Slopes slopes = slopes("sigmoid");
    assertThat(slopes).isEqualTo(new SlopeTable.Slopes(0, 0.25));
    for (double t = -FAR; t < FAR; t += 0x1p-6) {
      // s (1 - s) = 1/4 - (s - 1/2)^2, where both factors are enclosed.
      Range s = new Range(t, t + 0x1p-6).sigmoid();
      Range half = s.plus(Range.of(-0.5));
      double least = Math.max(0, Math.max(half.lower(), -half.upper()));
      assertThat(0.25 - least * least).isLessThanOrEqualTo(slopes.upper());
      assertThat(s.lower()).isPositive();
      assertThat(s.upper()).isLessThanOrEqualTo(1 + 0x1p-48);
    }
  }
}
