package io.lipc.certificate.signs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.QuadraticForm.Term;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Balls of sums hold the real ones, for all entries and factors that their balls hold. */
final class RowsTest {

  private static BigDecimal big(double value) {
    return new BigDecimal(value);
  }

  private static void assertHolds(Ball ball, BigDecimal real) {
    BigDecimal distance = real.subtract(big(ball.middle())).abs();
    assertThat(distance).isLessThanOrEqualTo(big(ball.radius()));
  }

  private static List<Term<Ball>> row(Random random, int width, double spread) {
    List<Term<Ball>> row = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      if (random.nextInt(3) > 0) {
        row.add(new Term<>(i, ball(random, spread)));
      }
    }
    return row;
  }

  private static Ball ball(Random random, double spread) {
    return new Ball(random.nextGaussian(), spread * random.nextDouble());
  }

  /** One of both ends of a ball. */
  private static BigDecimal end(Random random, Ball ball) {
    BigDecimal radius = big(ball.radius());
    return big(ball.middle()).add(random.nextBoolean() ? radius : radius.negate());
  }

  @Test
  void aProductHoldsThoseOfAllEnds() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      double spread = round % 2 == 0 ? 0 : Math.pow(2, -random.nextInt(60));
      List<Term<Ball>> row = row(random, 9, spread);
      double[] y = random.doubles(9, -1, 1).toArray();
      BigDecimal real = BigDecimal.ZERO;
      for (Term<Ball> term : row) {
        real = real.add(end(random, term.factor()).multiply(big(y[term.index()])));
      }
      assertHolds(new Rows(List.of(List.of(), row)).times(1, y), real);
    }
  }

  @Test
  void squaresHoldThoseOfAllEnds() {
    Random random = new Random(2);
    for (int round = 0; round < 500; round++) {
      double spread = round % 2 == 0 ? 0 : Math.pow(2, -random.nextInt(60));
      List<List<Term<Ball>>> forms =
          List.of(row(random, 3, spread), row(random, 3, spread), row(random, 3, spread));
      Rows rows = new Rows(forms);
      Rows.Sums sums = new Rows.Sums(3);
      BigDecimal[] real = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
      for (int k = 0; k < 3; k++) {
        Ball factor = ball(random, spread);
        sums.add(rows, k, factor);
        for (Term<Ball> term : forms.get(k)) {
          BigDecimal product = end(random, factor).multiply(end(random, term.factor()));
          real[term.index()] = real[term.index()].add(product);
        }
        Ball more = ball(random, spread);
        sums.add(k, more);
        real[k] = real[k].add(end(random, more));
      }
      BigDecimal squares =
          Arrays.stream(real).map(v -> v.multiply(v)).reduce(BigDecimal.ZERO, BigDecimal::add);
      assertHolds(sums.squares(), squares);
    }
  }

  /** The largest product of wide balls is that of both larger ends. */
  @Test
  void radiiAreMultipliedToo() {
    Ball wide = new Ball(1, 0.5);
    Rows.Sums sums = new Rows.Sums(1);
    sums.add(new Rows(List.of(List.of(new Term<>(0, wide)))), 0, wide);
    assertHolds(sums.squares(), big(1.5 * 1.5 * 1.5 * 1.5));
  }

  /** A thousand radii that a sum of doubles loses behind the first one. */
  @Test
  void aSumOfRadiiIsNotLow() {
    List<Term<Ball>> row = new ArrayList<>();
    for (int i = 0; i <= 1000; i++) {
      row.add(new Term<>(i, new Ball(0, i == 0 ? 1 : 0x1p-53)));
    }
    double[] ones = new double[1001];
    Arrays.fill(ones, 1);
    BigDecimal real = big(1).add(big(1000).multiply(big(0x1p-53)));
    assertHolds(new Rows(List.of(row)).times(0, ones), real);
  }

  /** Products that are too small for a double. */
  @Test
  void nothingThatUnderflowsIsLost() {
    double small = 0x1p-600;
    for (Ball entry : List.of(new Ball(small, 0), new Ball(0, small))) {
      Rows rows = new Rows(List.of(Collections.nCopies(1, new Term<>(0, entry))));
      Ball product = rows.times(0, new double[] {small});
      assertHolds(product, big(small).multiply(big(small)));
      assertThat(product.radius()).isLessThan(0x1p-1060);
    }
  }

  /** A row without entries is zero, exactly. */
  @Test
  void anEmptyRowIsZero() {
    Rows rows = new Rows(List.of(List.of()));
    assertThat(rows.times(0, new double[] {1})).isEqualTo(Ball.of(0));
    assertThat(rows.entries()).isZero();
  }
}
