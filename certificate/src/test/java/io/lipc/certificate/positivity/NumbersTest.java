package io.lipc.certificate.positivity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** BigDecimal is the oracle: every double, sum and product is one exactly. */
final class NumbersTest {

  private static final double[] CORNERS = {
    0,
    -0.0,
    1,
    -1,
    0.1,
    Double.MIN_VALUE,
    -Double.MIN_NORMAL,
    0x1.fffffffffffffp-1023,
    1e-160,
    1e100
  };

  private final Random random = new Random(3);

  private double next() {
    return random.nextInt(4) == 0
        ? CORNERS[random.nextInt(CORNERS.length)]
        : Math.scalb(random.nextDouble() - 0.5, random.nextInt(80) - 40);
  }

  private static BigDecimal value(Dyadic number) {
    BigDecimal mantissa = new BigDecimal(number.mantissa());
    BigDecimal power = BigDecimal.TWO.pow(Math.abs(number.exponent()));
    // Exact: the divisor is a power of two.
    return number.exponent() < 0 ? mantissa.divide(power) : mantissa.multiply(power);
  }

  private static void assertEncloses(Ball ball, BigDecimal value) {
    BigDecimal distance = value.subtract(new BigDecimal(ball.middle())).abs();
    assertThat(distance).isLessThanOrEqualTo(new BigDecimal(ball.radius()));
  }

  @Test
  void dyadicsAreExact() {
    for (int round = 0; round < 2000; round++) {
      double a = next();
      double b = next();
      double c = next();
      Dyadic computed = Dyadic.of(a).times(Dyadic.of(b)).plus(Dyadic.of(c));
      BigDecimal exact = new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c));
      assertThat(value(computed)).isEqualByComparingTo(exact);
      assertThat(computed.isZero()).isEqualTo(exact.signum() == 0);
    }
  }

  @Test
  void middleOfADyadicIsTheNearestDouble() {
    for (int round = 0; round < 2000; round++) {
      double a = next();
      assertThat(Dyadic.of(a).middle()).isEqualTo(a + 0.0);
      double b = Math.scalb(next(), 1);
      double product = Dyadic.of(a).times(Dyadic.of(b)).middle();
      assertThat(product).isEqualTo(new BigDecimal(a).multiply(new BigDecimal(b)).doubleValue());
    }
    Dyadic huge = Dyadic.of(0x1p1000);
    assertThat(huge.times(huge).middle()).isInfinite();
    Dyadic tiny = Dyadic.of(0x1p-1000);
    assertThat(huge.times(huge).plus(Dyadic.of(1)).times(tiny).times(tiny).middle()).isOne();
  }

  @Test
  void ballsEncloseEverySum() {
    for (int round = 0; round < 500; round++) {
      Ball ball = Ball.of(0);
      BigDecimal exact = BigDecimal.ZERO;
      for (int k = 0; k < 20; k++) {
        double a = next();
        double b = next();
        ball = ball.plus(Ball.of(a).times(Ball.of(b)));
        exact = exact.add(new BigDecimal(a).multiply(new BigDecimal(b)));
        assertEncloses(ball, exact);
      }
    }
  }

  @Test
  void innerProductsAreExactOrEnclosed() {
    for (int round = 0; round < 500; round++) {
      List<Double> a = Stream.generate(this::next).limit(30).toList();
      List<Double> b = Stream.generate(this::next).limit(30).toList();
      BigDecimal exact = BigDecimal.ZERO;
      for (int k = 0; k < 30; k++) {
        exact = exact.add(new BigDecimal(a.get(k)).multiply(new BigDecimal(b.get(k))));
      }
      List<Dyadic> left = a.stream().map(Dyadic::of).toList();
      Dyadic dyadic = Dyadic.of(7).dot(left, b.stream().map(Dyadic::of).toList());
      assertThat(value(dyadic)).isEqualByComparingTo(exact);
      List<Ball> balls = a.stream().map(v -> new Ball(v, Math.abs(v) * 0x1p-40)).toList();
      assertEncloses(Ball.of(7).dot(balls, b.stream().map(Ball::of).toList()), exact);
      List<Ball> sharp = a.stream().map(Ball::of).toList();
      assertEncloses(Ball.of(7).dot(sharp, b.stream().map(Ball::of).toList()), exact);
    }
  }

  @Test
  void ballsEncloseProductsOfInexactNumbers() {
    for (int round = 0; round < 2000; round++) {
      double[] x = {next(), next(), next(), next()};
      Ball left = Ball.of(x[0]).plus(Ball.of(x[1]));
      Ball right = Ball.of(x[2]).times(Ball.of(x[3]));
      BigDecimal exact =
          new BigDecimal(x[0])
              .add(new BigDecimal(x[1]))
              .multiply(new BigDecimal(x[2]).multiply(new BigDecimal(x[3])));
      assertEncloses(left.times(right), exact);
    }
  }

  @Test
  void ballsOfNormalNumbersStaySharp() {
    Ball sum = Ball.of(0);
    for (int k = 0; k < 1000; k++) {
      sum = sum.plus(Ball.of(0.1).times(Ball.of(0.3)));
    }
    assertThat(sum.radius()).isLessThan(1e-11);
  }

  @Test
  void onlyExactZerosAreZero() {
    assertThat(Ball.of(0.1).plus(Ball.of(-0.1)).isZero()).isFalse();
    assertThat(Ball.of(0).times(Ball.of(5)).isZero()).isTrue();
    assertThat(Dyadic.of(0.1).plus(Dyadic.of(-0.1)).isZero()).isTrue();
  }
}
