package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap;
import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sums of products that are widened at their end, against rational arithmetic. */
final class CentredTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  private static Centred centred(Range... x) {
    Centred centred = Centred.of(x.length);
    for (int j = 0; j < x.length; j++) {
      centred.set(j, x[j], x[j].magnitude());
    }
    return centred;
  }

  private static LinearMap.Row row(double... factors) {
    return new LinearMap.Row(IntStream.range(0, factors.length).toArray(), factors);
  }

  private static BigDecimal end(Range[] x, double[] factors, double shift, boolean upper) {
    BigDecimal sum = exact(shift);
    for (int j = 0; j < x.length; j++) {
      double end = upper == factors[j] > 0 ? x[j].upper() : x[j].lower();
      sum = sum.add(exact(factors[j]).multiply(exact(end)));
    }
    return sum;
  }

  private static BigDecimal terms(Range[] x, double[] factors, double shift) {
    BigDecimal sum = exact(shift).abs();
    for (int j = 0; j < x.length; j++) {
      sum = sum.add(exact(factors[j]).abs().multiply(exact(x[j].magnitude())));
    }
    return sum;
  }

  /** Also of points, of numbers that cancel, and of numbers near the least positive one. */
  @Test
  void rangesHoldAllSumsAndAreLittleWider() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(seed % 100 == 0 ? 2000 : 12);
      double scale = Math.scalb(1.0, seed % 7 == 0 ? -1070 : random.nextInt(-40, 40));
      boolean point = seed % 3 == 0;
      Range[] x = new Range[size];
      double[] factors = new double[size];
      for (int j = 0; j < size; j++) {
        double lower = scale * random.nextDouble(-1, 1);
        x[j] = new Range(lower, point ? lower : lower + scale * random.nextDouble());
        factors[j] = random.nextDouble(-2, 2);
      }
      if (seed % 5 == 0 && size > 1) {
        x[1] = x[0];
        factors[1] = -factors[0];
      }
      double shift = random.nextBoolean() ? 0 : scale * random.nextDouble(-1, 1);

      Centred.Sum sum = centred(x).sum(row(factors), shift);
      BigDecimal terms = terms(x, factors, shift);
      // Centres and radii are rounded besides; both sums have so many terms.
      BigDecimal wider =
          terms.multiply(exact((4 * size + 20) * 0x1p-52)).add(exact((8 * size + 20) * 0x1p-1074));
      assertThat(sum.count()).isEqualTo(size + 1);
      assertThat(exact(sum.terms())).isBetween(terms, terms.add(wider));
      BigDecimal lower = end(x, factors, shift, false);
      BigDecimal upper = end(x, factors, shift, true);
      assertThat(exact(sum.range().lower())).isBetween(lower.subtract(wider), lower);
      assertThat(exact(sum.range().upper())).isBetween(upper, upper.add(wider));
    }
  }

  /** The magnitudes that are given count in what a sum of points loses. */
  @Test
  void whatIsLostGrowsWithTheMagnitudes() {
    Centred centred = Centred.of(1);
    centred.set(0, new Range(1, 1), 0x1p40);
    Centred.Sum sum = centred.sum(row(1), 0);
    assertThat(sum.terms()).isBetween(0x1p40, 0x1p40 * (1 + 0x1p-48));
    assertThat(sum.range().upper() - 1).isBetween(2 * 0x1p-13, 2.01 * 0x1p-13);
    assertThat(1 - sum.range().lower()).isBetween(2 * 0x1p-13, 2.01 * 0x1p-13);
  }

  @Test
  void wherePlacesAreFewOnlyTheyCount() {
    Centred centred = centred(new Range(1, 2), new Range(-INFINITY, INFINITY), new Range(4, 8));
    LinearMap.Row row = new LinearMap.Row(new int[] {0, 2}, new double[] {1, 0.5});
    Centred.Sum sum = centred.sum(row, -1);
    assertThat(sum.count()).isEqualTo(3);
    assertThat(sum.range().lower()).isBetween(2 - 1e-13, 2.0);
    assertThat(sum.range().upper()).isBetween(5.0, 5 + 1e-13);
  }

  @Test
  void allNumbersWhereDoublesOverflow() {
    Range all = new Range(-INFINITY, INFINITY);
    double half = Double.MAX_VALUE / 2;
    assertThat(centred(all).sum(row(1), 0).range()).isEqualTo(all);
    assertThat(centred(all).sum(row(0), 0).range()).isEqualTo(all);
    assertThat(centred(new Range(half, half)).sum(row(4), 0).range()).isEqualTo(all);
    assertThat(centred(new Range(half, half)).sum(row(-4), 0).range()).isEqualTo(all);
    assertThat(centred(new Range(-half, half)).sum(row(4), 0).range()).isEqualTo(all);
    assertThat(centred(new Range(half, half)).sum(row(1), 0).range().lower()).isPositive();
  }

  @Test
  void centresLieBetweenTheEnds() {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      double first = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-1074, 1024));
      double second = seed % 4 == 0 ? first : seed % 4 == 1 ? Math.nextUp(first) : -first;
      Range range = new Range(Math.min(first, second), Math.max(first, second));
      Centred centred = centred(range);
      double centre = centred.centre()[0];
      assertThat(centre).isBetween(range.lower(), range.upper());
      BigDecimal radius = exact(centred.radius()[0]);
      assertThat(radius)
          .isGreaterThanOrEqualTo(exact(range.upper()).subtract(exact(centre)))
          .isGreaterThanOrEqualTo(exact(centre).subtract(exact(range.lower())));
      assertThat(centred.radius()[0])
          .isLessThanOrEqualTo(
              Math.nextUp(Math.max(centre - range.lower(), range.upper() - centre)));
    }
  }
}
