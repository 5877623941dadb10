package io.lipc.certificate.frequency;

import io.lipc.certificate.positivity.Ball;

/** A complex number that is enclosed: both parts are. */
record Complex(Ball real, Ball imaginary) {

  static final Complex ZERO = new Complex(Ball.of(0), Ball.of(0));

  private static final double RADIUS = 0x1p-49;

  private static final Ball MINUS = Ball.of(-1);

  /**
   * The root of unity {@code e^(i pi r / n)}, for {@code |r| <= n}.
   *
   * <p>With u = 2^-53: {@code Math.PI} is off by less than 0.36 u of itself, the product and the
   * quotient by at most u each. So the angle, at most pi, is off by less than {@code 2.37 pi u},
   * which is below 7.5 u, and by as much the cosine and the sine at most. {@code StrictMath} gives
   * them within one unit in the last place of a number that is at most 1, which is 2 u. Together
   * that is below 16 u.
   */
  static Complex root(int r, int n) {
    double angle = Math.PI * r / n;
    return new Complex(
        new Ball(StrictMath.cos(angle), RADIUS), new Ball(StrictMath.sin(angle), RADIUS));
  }

  Complex plus(Complex other) {
    return new Complex(real.plus(other.real), imaginary.plus(other.imaginary));
  }

  Complex times(Ball factor) {
    return new Complex(real.times(factor), imaginary.times(factor));
  }

  Complex times(Complex other) {
    Complex turned = new Complex(other.imaginary.times(MINUS), other.real);
    return other.times(real).plus(turned.times(imaginary));
  }
}
