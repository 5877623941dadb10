package io.lipc.certificate.frequency;

import java.util.List;
import java.util.function.Function;

/**
 * A signal at one frequency: a matrix times coordinates that are neighbours.
 *
 * @param from the first of these coordinates
 * @param matrix a row for each channel and phases, a column for each coordinate
 */
public record Waves(int from, ComplexMatrix matrix) {

  /** Combines several signals, each written over the coordinates of all. */
  static Waves together(List<Waves> parts, Function<List<ComplexMatrix>, ComplexMatrix> made) {
    int from = parts.stream().mapToInt(Waves::from).min().orElseThrow();
    int end = parts.stream().mapToInt(Waves::end).max().orElseThrow();
    return new Waves(
        from,
        made.apply(parts.stream().map(p -> p.matrix.among(end - from, p.from - from)).toList()));
  }

  private int end() {
    return from + matrix.columns();
  }
}
