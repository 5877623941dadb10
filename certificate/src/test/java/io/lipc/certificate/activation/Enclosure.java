package io.lipc.certificate.activation;

/**
 * All numbers between two ends, which each operation rounds outward; quotients, roots and
 * exponentials are monotone in each operand.
 */
record Enclosure(double lower, double upper) {

  static final Enclosure ONE = of(1);

  static Enclosure of(double value) {
    return new Enclosure(value, value);
  }

  /** What a decimal that is not dyadic stands for. */
  static Enclosure near(double value) {
    return new Enclosure(Math.nextDown(value), Math.nextUp(value));
  }

  Enclosure plus(Enclosure other) {
    return new Enclosure(Math.nextDown(lower + other.lower), Math.nextUp(upper + other.upper));
  }

  Enclosure negative() {
    return new Enclosure(-upper, -lower);
  }

  Enclosure minus(Enclosure other) {
    return plus(other.negative());
  }

  Enclosure times(Enclosure other) {
    double a = lower * other.lower;
    double b = lower * other.upper;
    double c = upper * other.lower;
    double d = upper * other.upper;
    return new Enclosure(
        Math.nextDown(Math.min(Math.min(a, b), Math.min(c, d))),
        Math.nextUp(Math.max(Math.max(a, b), Math.max(c, d))));
  }

  Enclosure times(double factor) {
    return times(of(factor));
  }

  Enclosure square() {
    double least = Math.max(0, Math.max(lower, -upper));
    double most = Math.max(-lower, upper);
    return new Enclosure(Math.max(0, Math.nextDown(least * least)), Math.nextUp(most * most));
  }

  /** Of positive numbers. */
  Enclosure inverse() {
    if (!(lower > 0)) {
      throw new IllegalStateException("the inverse of " + this);
    }
    return new Enclosure(Math.nextDown(1 / upper), Math.nextUp(1 / lower));
  }

  /** Math.sqrt is rounded correctly. */
  Enclosure root() {
    return new Enclosure(Math.nextDown(Math.sqrt(lower)), Math.nextUp(Math.sqrt(upper)));
  }

  /** StrictMath.exp is within an ulp. */
  Enclosure exp() {
    return new Enclosure(
        Math.max(0, Math.nextDown(Math.nextDown(StrictMath.exp(lower)))),
        Math.nextUp(Math.nextUp(StrictMath.exp(upper))));
  }

  boolean isWithin(double least, double most) {
    return least <= lower && upper <= most;
  }
}
