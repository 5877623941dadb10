package io.lipc.linalg;

import java.util.Locale;

/**
 * Estimates memory before it is taken: an {@code OutOfMemoryError} would end more than it has to.
 */
public final class Memory {

  /** The share of all memory that one request may take. */
  private static final double SHARE = 0.75;

  private Memory() {}

  /**
   * Requires room for a matrix of doubles.
   *
   * @throws TooLarge if Java does not have so much memory
   */
  public static void require(long rows, long columns) {
    require(8.0 * rows * columns, Runtime.getRuntime().maxMemory(), rows + " x " + columns);
  }

  static void require(double bytes, long given, String size) {
    if (bytes > SHARE * given) {
      throw new TooLarge(
          String.format(
              Locale.ROOT,
              "too large: a matrix of %s takes %.1f GB, and Java has %.1f GB (-Xmx)",
              size,
              bytes / 1e9,
              given / 1e9));
    }
  }
}
