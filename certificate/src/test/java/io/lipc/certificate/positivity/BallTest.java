package io.lipc.certificate.positivity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Every term of a radius counts: the ends of two balls, exactly, and no more than is needed. */
final class BallTest {

  private static final BigDecimal UNIT_ROUNDOFF = new BigDecimal(0x1p-53);
  private static final BigDecimal LEAST = new BigDecimal(0x1p-1070);

  private final Random random = new Random(11);

  private static List<BigDecimal> ends(Ball ball) {
    BigDecimal middle = new BigDecimal(ball.middle());
    BigDecimal radius = new BigDecimal(ball.radius());
    return List.of(middle.subtract(radius), middle.add(radius));
  }

  /** The farthest that an operation on the ends of both leads away from the computed middle. */
  private static BigDecimal farthest(
      Ball left, Ball right, BinaryOperator<BigDecimal> operation, double middle) {
    return ends(left).stream()
        .flatMap(a -> ends(right).stream().map(b -> operation.apply(a, b)))
        .map(value -> value.subtract(new BigDecimal(middle)).abs())
        .max(BigDecimal::compareTo)
        .orElseThrow();
  }

  private static void assertSharp(
      Ball left, Ball right, Ball result, BinaryOperator<BigDecimal> operation) {
    BigDecimal needed = farthest(left, right, operation, result.middle());
    BigDecimal radius = new BigDecimal(result.radius());
    assertThat(radius).as("%s and %s", left, right).isGreaterThanOrEqualTo(needed);
    BigDecimal rounding = new BigDecimal(result.middle()).abs().multiply(UNIT_ROUNDOFF);
    BigDecimal allowed = needed.add(rounding).multiply(new BigDecimal(1 + 0x1p-48)).add(LEAST);
    assertThat(radius.round(MathContext.DECIMAL128))
        .as("%s and %s", left, right)
        .isLessThanOrEqualTo(allowed.add(LEAST));
  }

  private static void assertSharp(Ball left, Ball right) {
    assertSharp(left, right, left.plus(right), BigDecimal::add);
    assertSharp(left, right, left.times(right), BigDecimal::multiply);
  }

  private Ball next() {
    double middle = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-4, 4));
    double radius =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> Math.abs(middle) * random.nextDouble() * 0x1p-50;
          case 2 -> Math.abs(middle) * random.nextDouble();
          default -> random.nextDouble() * 8;
        };
    return new Ball(middle, radius);
  }

  @Test
  void bothEndsOfBothAreEnclosed() {
    for (int round = 0; round < 4000; round++) {
      assertSharp(next(), next());
    }
  }

  @Test
  void theRoundingOfTheMiddleIsEnclosed() {
    // Both results lie half an ulp away: a radius less than u |result| would miss them.
    Ball sum = Ball.of(1).plus(Ball.of(0x1p-53));
    assertThat(sum.middle()).isEqualTo(1);
    assertThat(sum.radius()).isBetween(0x1p-53, 0x1p-53 * (1 + 0x1p-48));
    Ball product = Ball.of(1 + 0x1p-52).times(Ball.of(1 + 0x1p-52));
    assertThat(product.radius()).isBetween(0x1p-53, 0x1p-53 * (1 + 0x1p-48));
    for (double middle : DoubleStream.generate(random::nextDouble).limit(2000).toArray()) {
      assertSharp(Ball.of(middle), Ball.of(random.nextDouble()));
    }
  }

  @Test
  void underflowIsEnclosed() {
    for (double tiny : new double[] {0x1p-600, 0x1.fffffffffffffp-538, 3 * 0x1p-1074}) {
      for (double other : new double[] {tiny, -tiny, 0.25 + 0x1p-54}) {
        assertSharp(Ball.of(tiny), Ball.of(other));
        assertSharp(new Ball(tiny, tiny), new Ball(other, tiny));
        assertSharp(new Ball(0, tiny), new Ball(other, tiny));
      }
    }
  }

  @Test
  void termsThatNoOtherTermHides() {
    // Each pair has one product of its kind that is not zero, beside the rounding.
    assertSharp(new Ball(0, 3), new Ball(0, 5));
    assertSharp(new Ball(0, 3), Ball.of(7));
    assertSharp(Ball.of(7), new Ball(0, 3));
    assertThat(new Ball(0, 3).times(new Ball(0, 5)).radius()).isGreaterThanOrEqualTo(15);
    assertThat(new Ball(0, 3).times(Ball.of(-7)).radius()).isGreaterThanOrEqualTo(21);
    assertThat(Ball.of(-7).times(new Ball(0, 3)).radius()).isGreaterThanOrEqualTo(21);
    assertThat(new Ball(0, 3).plus(Ball.of(7)).radius()).isGreaterThanOrEqualTo(3);
    assertThat(Ball.of(7).plus(new Ball(0, 3)).radius()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void zeroIsExact() {
    Ball zero = Ball.of(0);
    for (Ball ball : List.of(new Ball(1, 0.5), new Ball(0, 0.5), Ball.of(3), zero)) {
      assertThat(ball.plus(zero)).isEqualTo(ball);
      assertThat(zero.plus(ball)).isEqualTo(ball);
      assertThat(ball.times(zero)).isEqualTo(zero);
      assertThat(zero.times(ball)).isEqualTo(zero);
    }
    assertThat(zero.isZero()).isTrue();
    assertThat(new Ball(0, Double.MIN_VALUE).isZero()).isFalse();
    assertThat(new Ball(Double.MIN_VALUE, 0).isZero()).isFalse();
    assertThat(Ball.of(5)).isEqualTo(new Ball(5, 0));
  }
}
