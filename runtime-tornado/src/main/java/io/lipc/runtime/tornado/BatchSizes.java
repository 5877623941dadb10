package io.lipc.runtime.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The numbers of rows that plans are compiled for. Compiling takes about a second and another copy
 * of the weights, so it is done for few numbers, whatever batches come: the powers of four up to
 * {@value #LARGEST}, and what was asked for by {@link TornadoNetwork#warmUp}.
 */
final class BatchSizes {

  /** Seven sizes in all; larger batches gain little from fewer executions, and take memory. */
  private static final int LARGEST = 4096;

  private static final List<Integer> ROUNDED = List.of(1, 4, 16, 64, 256, 1024, LARGEST);

  private BatchSizes() {}

  /**
   * A part of a batch, for one execution.
   *
   * @param rows how many rows of the batch, at least 1
   * @param size for how many rows the plan is: as many, or at most twice as many
   */
  record Piece(int rows, int size) {}

  /**
   * A batch in as few pieces as fill at least half of their plans. Only the last one has fewer rows
   * than its plan. Each size but the largest occurs once at most, or twice where these are the last
   * two, as for 7 rows: so up to {@value #LARGEST} rows are six pieces at most.
   *
   * @param rows at least 1
   * @param compiled the sizes for which there are plans
   */
  static List<Piece> pieces(int rows, Iterable<Integer> compiled) {
    NavigableSet<Integer> sizes = new TreeSet<>(ROUNDED);
    compiled.forEach(sizes::add);
    List<Piece> pieces = new ArrayList<>();
    int left = rows;
    while (left > 0) {
      Integer enough = sizes.ceiling(left);
      boolean isHalfFull = enough != null && enough <= 2L * left;
      // There is one: 1 is a size.
      int size = isHalfFull ? enough : sizes.floor(left);
      Piece piece = new Piece(Math.min(left, size), size);
      pieces.add(piece);
      left -= piece.rows();
    }
    return pieces;
  }
}
