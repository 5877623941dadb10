package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.positivity.Ball;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class ComplexTest {

  private static final MathContext DIGITS = new MathContext(45);

  private static final BigDecimal PI =
      new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494");

  /** All that a checker may ask for. */
  @Test
  void rootsOfUnityAreEnclosed() {
    for (int n = 1; n <= 256; n++) {
      for (int r = 0; r <= n; r++) {
        BigDecimal angle = PI.multiply(BigDecimal.valueOf(r)).divide(BigDecimal.valueOf(n), DIGITS);
        BigDecimal cosine = series(angle, 0);
        BigDecimal sine = series(angle, 1);
        assertEncloses(Complex.root(r, n), cosine, sine);
        assertEncloses(Complex.root(-r, n), cosine, sine.negate());
      }
    }
  }

  /** The radius is no larger than it has to be: the bound is met within a factor of 16. */
  @Test
  void errorsAreOfTheSizeOfTheirBound() {
    double largest = 0;
    for (int n = 1; n <= 256; n++) {
      for (int r = 0; r <= n; r++) {
        BigDecimal angle = PI.multiply(BigDecimal.valueOf(r)).divide(BigDecimal.valueOf(n), DIGITS);
        Ball cosine = Complex.root(r, n).real();
        double error =
            new BigDecimal(cosine.middle()).subtract(series(angle, 0)).abs().doubleValue();
        largest = Math.max(largest, error / cosine.radius());
      }
    }
    assertThat(largest).isBetween(1.0 / 16, 0.6);
  }

  private static void assertEncloses(Complex root, BigDecimal cosine, BigDecimal sine) {
    assertThat(root.real().radius()).isEqualTo(0x1p-49);
    assertThat(outside(root.real(), cosine)).isNegative();
    assertThat(outside(root.imaginary(), sine)).isNegative();
  }

  /** How far a number is outside a ball, more than the error of the series. */
  private static BigDecimal outside(Ball ball, BigDecimal value) {
    BigDecimal off = new BigDecimal(ball.middle()).subtract(value).abs();
    return off.subtract(new BigDecimal(ball.radius())).add(new BigDecimal("1e-38"));
  }

  /** Cosine (from 0) or sine (from 1), by Taylor: the angle is at most pi. */
  private static BigDecimal series(BigDecimal angle, int from) {
    BigDecimal term = from == 0 ? BigDecimal.ONE : angle;
    BigDecimal square = angle.multiply(angle, DIGITS).negate();
    BigDecimal sum = term;
    for (int k = from + 1; k < 60; k += 2) {
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(k * (k + 1L)), DIGITS);
      sum = sum.add(term);
    }
    return sum;
  }

  @Test
  void productsAndSums() {
    Complex a = new Complex(Ball.of(2), Ball.of(3));
    Complex b = new Complex(Ball.of(-1), Ball.of(5));
    Complex product = a.times(b);
    assertThat(product.real().middle()).isEqualTo(-17);
    assertThat(product.imaginary().middle()).isEqualTo(7);
    assertThat(a.plus(b).real().middle()).isEqualTo(1);
    assertThat(a.plus(b).imaginary().middle()).isEqualTo(8);
    assertThat(a.times(Ball.of(-2)).real().middle()).isEqualTo(-4);
    assertThat(a.times(Ball.of(-2)).imaginary().middle()).isEqualTo(-6);
    assertThat(product.real().radius()).isBetween(Double.MIN_VALUE, 1e-14);
  }
}
