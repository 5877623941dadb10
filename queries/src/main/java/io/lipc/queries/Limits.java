package io.lipc.queries;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * The sizes that the reader accepts. They are far above those of published queries, and keep a
 * hostile text from using all memory or time.
 */
final class Limits {

  /** The most characters of a text, and of the canonical text of what it says. */
  static final long CHARACTERS = 256_000_000;

  /** The most characters of one word, number or string; exact doubles have up to 1,077. */
  static final int WORD = 2_000;

  /** The most brackets that are open at one place. */
  static final int DEPTH = 10_000;

  /**
   * The most changes between {@code and} and {@code or} above one atom. What reads a formula may be
   * recursive, as a formula is no deeper than this.
   */
  static final int ALTERNATIONS = 200;

  /** The most atoms of a formula. */
  static final int ATOMS = 1_000_000;

  /** The most terms of variables that are added or multiplied while all expressions are read. */
  static final long TERMS = 20_000_000;

  /** The most elements of a tensor. */
  static final int ELEMENTS = 100_000_000;

  /** The most dimensions of a tensor. */
  static final int RANK = 32;

  /** The most decimals of a number, behind its point. */
  static final int DECIMALS = 1_300;

  /** The number of the greatest magnitude. */
  static final BigDecimal GREATEST = new BigDecimal(Double.MAX_VALUE);

  private Limits() {}

  /** The refusal of more than {@code limit} things. */
  static QueryException exceeded(Place place, String things, long limit) {
    return place.fault(
        QueryFault.TOO_LARGE,
        "the query has too many " + things,
        String.format(Locale.ROOT, "at most %,d %s", limit, things));
  }

  /** Refuses a query whose canonical text may have so many characters that it cannot be read. */
  static void checkText(long characters, Place place) throws QueryException {
    if (characters > CHARACTERS) {
      throw exceeded(place, "characters in its canonical text", CHARACTERS);
    }
  }

  /** {@code number}, if it is within the limits of numbers. */
  static BigDecimal within(BigDecimal number, Place place) throws QueryException {
    if (number.signum() != 0 && number.abs().compareTo(GREATEST) > 0) {
      throw place.fault(
          QueryFault.NUMBER,
          "a number is out of range",
          "numbers of at most 1.8e308, the largest double");
    }
    if (number.scale() > DECIMALS) {
      throw place.fault(
          QueryFault.NUMBER, "a number has too many decimals", "at most 1,300 decimals");
    }
    return number;
  }
}
