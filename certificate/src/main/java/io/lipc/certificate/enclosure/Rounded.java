package io.lipc.certificate.enclosure;

import static io.lipc.certificate.enclosure.Outward.down;
import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.function.Range;

/**
 * An enclosure of a number that a program computes, beside the real one.
 *
 * @param real encloses the real value
 * @param error a bound of the computed value's distance from it, never NaN
 */
record Rounded(Range real, double error) {

  /** Where the error is not computed, because numbers overflowed, it has no bound. */
  Rounded {
    error = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  /** The enclosure of an input, which is a number of the format. */
  static Rounded exactly(double lower, double upper) {
    return new Rounded(new Range(lower, upper), 0);
  }

  /** The enclosure of the computed value. */
  Range computed() {
    return new Range(down(real.lower() - error), up(real.upper() + error));
  }

  /** A bound of the computed value's magnitude, and so of the real one's. */
  double magnitude() {
    return up(real.magnitude() + error);
  }

  /** The enclosure of the computed value, as an exact input of the next network. */
  Rounded asInput() {
    return new Rounded(computed(), 0);
  }

  /** The same number with another bound of its error. */
  Rounded withError(double other) {
    return new Rounded(real, other);
  }
}
