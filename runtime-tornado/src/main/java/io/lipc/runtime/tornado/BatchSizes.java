package io.lipc.runtime.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** For how many rows a network compiles plans, and how batches are cut to fit them. */
sealed interface BatchSizes {

  /**
   * A part of a batch, for one execution.
   *
   * @param rows how many rows of the batch, at least 1
   * @param size for how many rows the plan is: as many, or more
   */
  record Piece(int rows, int size) {}

  /** For how many rows a network is compiled, and checked, when it is placed on a device. */
  int first();

  /**
   * A batch in pieces, of which only the last one has fewer rows than its plan.
   *
   * @param rows at least 1
   * @param compiled the sizes for which there are plans
   */
  List<Piece> pieces(int rows, Iterable<Integer> compiled);

  /**
   * Whether a caller may ask for a plan of exactly so many rows.
   *
   * @throws IllegalArgumentException if not
   */
  void checkExact(int rows);

  /**
   * Few numbers, whatever batches come, since compiling takes about a second and another copy of
   * the weights: the powers of four up to {@value #LARGEST}, and what was asked for by {@link
   * TornadoNetwork#warmUp}.
   */
  record Rounded() implements BatchSizes {

    /** Seven sizes in all; larger batches gain little from fewer executions, and take memory. */
    private static final int LARGEST = 4096;

    private static final List<Integer> ROUNDED = List.of(1, 4, 16, 64, 256, 1024, LARGEST);

    @Override
    public int first() {
      return 1;
    }

    /**
     * In as few pieces as fill at least half of their plans. Each size but the largest occurs once
     * at most, or twice where these are the last two, as for 7 rows: so up to {@value #LARGEST}
     * rows are six pieces at most.
     */
    @Override
    public List<Piece> pieces(int rows, Iterable<Integer> compiled) {
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

    @Override
    public void checkExact(int rows) {}
  }

  /** One number and no other: for devices where compiling takes hours, or memory is short. */
  record Fixed(int size) implements BatchSizes {

    @Override
    public int first() {
      return size;
    }

    /** However few rows there are, or are left: all of the plan is computed. */
    @Override
    public List<Piece> pieces(int rows, Iterable<Integer> compiled) {
      List<Piece> pieces = new ArrayList<>();
      int left = rows;
      while (left > 0) {
        Piece piece = new Piece(Math.min(left, size), size);
        pieces.add(piece);
        left -= piece.rows();
      }
      return pieces;
    }

    @Override
    public void checkExact(int rows) {
      if (rows != size) {
        throw new IllegalArgumentException(
            "this network was placed for batches of "
                + size
                + " rows alone, and is not compiled for "
                + rows
                + "; on(device, program) compiles for others");
      }
    }
  }
}
