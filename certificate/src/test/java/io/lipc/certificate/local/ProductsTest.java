package io.lipc.certificate.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.Range;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums and products of ranges, the lines between which products are, and coefficients. */
final class ProductsTest {

  @Test
  void productsKeepSigns() {
    assertThat(Products.low(5e-324, 0.5)).isZero();
    assertThat(Products.low(-5e-324, 0.5)).isEqualTo(-5e-324);
    assertThat(Products.low(0, Double.POSITIVE_INFINITY)).isZero();
    assertThat(Products.low(0.1, 0.1)).isLessThan(0.1 * 0.1);
    assertThat(Products.low(-1, 0.1)).isEqualTo(-0.1);
    assertThat(Products.sum(new Range(0, 0), new Range(0.1, 0.2))).isEqualTo(new Range(0.1, 0.2));
    // The computed sum is above the real one.
    assertThat(Products.sum(new Range(0.1, 0.1), new Range(0.2, 0.2)))
        .isEqualTo(new Range(Math.nextDown(0.1 + 0.2), 0.1 + 0.2));
    assertThat(Products.product(new Range(-1, 2), new Range(-3, 5))).isEqualTo(new Range(-6, 10));
    assertThat(Products.product(new Range(-2, -1), new Range(3, 5))).isEqualTo(new Range(-10, -3));
    assertThat(Products.low(0x1p-450, 0x1p-450)).isEqualTo(0x1p-900);
    assertThat(Products.low(Double.MAX_VALUE, 2)).isEqualTo(Double.MAX_VALUE);
    assertThat(Products.low(Double.MAX_VALUE, -2)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Products.lowSum(Double.MAX_VALUE, Double.MAX_VALUE)).isEqualTo(Double.MAX_VALUE);
    assertThat(Products.lowSum(1, -1)).isZero();
    assertThat(Products.lowSum(1, 0x1p-60)).isEqualTo(1);
    assertThat(Products.lowSum(1, -0x1p-60)).isEqualTo(Math.nextDown(1.0));
  }

  /** Directed sums and products are the nearest doubles on their side. */
  @Test
  void productsAreRoundedOutward() {
    Random random = new Random(8);
    for (int i = 0; i < 100_000; i++) {
      double a = Math.scalb(random.nextGaussian(), random.nextInt(-560, 300));
      double b = Math.scalb(random.nextGaussian(), random.nextInt(-560, 300));
      BigDecimal product = new BigDecimal(a).multiply(new BigDecimal(b));
      BigDecimal sum = new BigDecimal(a).add(new BigDecimal(b));
      assertThat(new BigDecimal(Products.low(a, b))).isLessThanOrEqualTo(product);
      assertThat(new BigDecimal(Products.lowSum(a, b))).isLessThanOrEqualTo(sum);
      if (Math.abs(a * b) > 0x1p-800) {
        assertThat(new BigDecimal(Math.nextUp(Products.low(a, b)))).isGreaterThan(product);
      }
      assertThat(new BigDecimal(Math.nextUp(Products.lowSum(a, b)))).isGreaterThan(sum);
    }
  }

  /** {@code s g} is between its lines, at the ends of both ranges. */
  @Test
  void productsAreBetweenTheirLines() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      double size = Math.scalb(1.0, random.nextInt(-30, 30));
      double off = size * 1e-14;
      double[] s = random.doubles(2, -1, 1).sorted().toArray();
      double[] g = random.doubles(2, -size, size).sorted().toArray();
      Range slopes = random.nextInt(3) == 0 ? new Range(0, 1) : new Range(s[0], s[1]);
      Range factors = new Range(g[0], g[1]);
      Line below = Line.below(slopes, factors);
      Line above = Line.above(slopes, factors);
      for (double a : new double[] {slopes.lower(), slopes.upper()}) {
        for (double f : new double[] {g[0], g[1], Math.clamp(0, g[0], g[1])}) {
          BigDecimal product = new BigDecimal(a).multiply(new BigDecimal(f));
          assertThat(at(below, f)).isLessThanOrEqualTo(product);
          assertThat(at(above, f)).isGreaterThanOrEqualTo(product);
        }
      }
      // And they touch the least and the largest product at both ends.
      for (double f : g) {
        double first = slopes.lower() * f;
        double last = slopes.upper() * f;
        assertThat(at(below, f).doubleValue() - Math.min(first, last)).isBetween(-off, off);
        assertThat(at(above, f).doubleValue() - Math.max(first, last)).isBetween(-off, off);
      }
    }
    assertThat(Line.below(new Range(0.3, 0.7), new Range(0, 3))).isEqualTo(new Line(0.3, 0));
    assertThat(Line.below(new Range(0.3, 0.7), new Range(-3, 0))).isEqualTo(new Line(0.7, 0));
    assertThat(Line.below(new Range(0.3, 0.3), new Range(-1, 1))).isEqualTo(new Line(0.3, 0));
    Range all = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertThat(Line.below(new Range(0, 1), all)).isEqualTo(new Line(0, Double.NEGATIVE_INFINITY));
    assertThat(Line.below(new Range(0, 1), new Range(0, Double.POSITIVE_INFINITY)))
        .isEqualTo(new Line(0, 0));
    // Without a chord the least product is left, which one end may still bound.
    Range noLower = new Range(Double.NEGATIVE_INFINITY, 5);
    Range noUpper = new Range(-3, Double.POSITIVE_INFINITY);
    assertThat(Line.below(new Range(-1, 0), noLower)).isEqualTo(new Line(0, -5));
    assertThat(Line.below(new Range(0, 1), noUpper)).isEqualTo(new Line(0, -3));
    assertThat(Line.below(new Range(-1, 1), noUpper))
        .isEqualTo(new Line(0, Double.NEGATIVE_INFINITY));
    assertThat(Line.below(new Range(-1, 1), noLower))
        .isEqualTo(new Line(0, Double.NEGATIVE_INFINITY));
  }

  private static BigDecimal at(Line line, double g) {
    return new BigDecimal(line.slope())
        .multiply(new BigDecimal(g))
        .add(new BigDecimal(line.offset()));
  }

  /** A coefficient that was computed wrongly is paid for by as much as what it multiplies. */
  @Test
  void whatRoundingLosesIsPaid() {
    Factors factors = new Factors(2);
    for (double term : new double[] {1e16, 1, -1e16}) {
      factors.add(0, term, 1);
    }
    assertThat(factors.get(0)).isZero();
    // The real coefficient is 1, and nothing is added to the other, whatever it multiplies.
    Range any = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertThat(factors.paid(5, List.of(new Range(-3, -2), any))).isBetween(-100.0, 5.0 - 3);
    assertThat(new Factors(2).paid(5, List.of(any, any))).isEqualTo(5);
  }
}
