package io.lipc.certificate.enclosure;

import static io.lipc.certificate.enclosure.Outward.down;
import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.function.Range;

/**
 * What is known of a number that a program computes.
 *
 * @param real what the real value lies in
 * @param error a bound of the computed value's distance from it
 */
record Rounded(Range real, double error) {

  /** Of an input, which is a number of the format. */
  static Rounded exactly(double lower, double upper) {
    return new Rounded(new Range(lower, upper), 0);
  }

  /** What the computed value lies in. */
  Range computed() {
    return new Range(down(real.lower() - error), up(real.upper() + error));
  }

  /** A bound of the computed value's magnitude, and so of the real one's. */
  double magnitude() {
    return up(real.magnitude() + error);
  }

  /** What the computed value lies in, as an exact input of the next network. */
  Rounded asInput() {
    return new Rounded(computed(), 0);
  }

  /** The same number with another bound of its error. */
  Rounded withError(double other) {
    return new Rounded(real, other);
  }
}
