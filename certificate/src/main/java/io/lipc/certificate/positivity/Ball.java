package io.lipc.certificate.positivity;

/**
 * A real number within {@code radius} of {@code middle}.
 *
 * <p>With u = 2^-53, rounding to nearest gives a sum an error of at most {@code u |result|}, and a
 * product one of at most {@code u |result| + 2^-1075}. A radius takes at most seven operations on
 * numbers that are not negative, so it is low by a factor of at most {@code (1 + u)^8} and by a few
 * underflows of 2^-1075: {@link #up} makes good for both. An overflow makes a middle or radius
 * infinite or NaN, which no later step accepts.
 */
public record Ball(double middle, double radius) implements Scalar<Ball> {

  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** The ball of radius 0 around a finite double. */
  public static Ball of(double value) {
    return new Ball(value, 0);
  }

  private static double up(double radius) {
    return radius * (1 + 0x1p-49) + 0x1p-1070;
  }

  @Override
  public Ball plus(Ball other) {
    if (isZero() || other.isZero()) {
      return isZero() ? other : this;
    }
    double sum = middle + other.middle;
    return new Ball(sum, up(radius + other.radius + UNIT_ROUNDOFF * Math.abs(sum)));
  }

  @Override
  public Ball times(Ball other) {
    if (isZero() || other.isZero()) {
      return isZero() ? this : other;
    }
    double product = middle * other.middle;
    double spread = Math.abs(middle) * other.radius;
    spread += radius * (Math.abs(other.middle) + other.radius);
    return new Ball(product, up(spread + UNIT_ROUNDOFF * Math.abs(product)));
  }

  @Override
  public boolean isZero() {
    return middle == 0 && radius == 0;
  }
}
