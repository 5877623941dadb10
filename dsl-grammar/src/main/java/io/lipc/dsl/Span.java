package io.lipc.dsl;

import java.util.Comparator;

/**
 * A piece of one line of a source text, in code points.
 *
 * @param line counted from 1
 * @param column of its first code point, counted from 1
 * @param length 0 for a point between two code points, such as the end of the file
 */
public record Span(int line, int column, int length) implements Comparable<Span> {

  private static final Comparator<Span> ORDER =
      Comparator.comparingInt(Span::line)
          .thenComparingInt(Span::column)
          .thenComparingInt(Span::length);

  public Span {
    if (line < 1 || column < 1 || length < 0) {
      throw new IllegalArgumentException("not a span: " + line + ":" + column + "+" + length);
    }
  }

  /** Compares by the order of the text. */
  @Override
  public int compareTo(Span other) {
    return ORDER.compare(this, other);
  }
}
