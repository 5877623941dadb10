package io.lipc.certificate.frequency;

import io.lipc.certificate.linear.Grid;
import java.util.List;

/**
 * A signal of a network on a torus: where it is, and how it is made of others.
 *
 * @param down the pixels of a cell along the first axis
 * @param right those along the second
 * @param clean whether it is zero on the pixels of the torus that are not in its grid
 */
record TorusSignal(Grid grid, int down, int right, boolean clean, Step step) {

  /** How a signal is made; operands are numbers of signals. */
  sealed interface Step {
    record Fresh(int from) implements Step {}

    record Convolved(int read, Symbol symbol) implements Step {}

    record Scaled(int read, double[] factors) implements Step {}

    record Summed(List<Integer> read) implements Step {}

    record Joined(List<Integer> read) implements Step {}
  }

  /** The coordinates of a cell: channels times phases. */
  int rows() {
    return Math.multiplyExact(grid.channels(), Math.multiplyExact(down, right));
  }

  boolean isLike(TorusSignal other) {
    return hasPixelsOf(other) && grid.channels() == other.grid.channels();
  }

  boolean hasPixelsOf(TorusSignal other) {
    boolean same = grid.height() == other.grid.height() && grid.width() == other.grid.width();
    return same && down == other.down && right == other.right;
  }

  /** Another one with the same cells. */
  TorusSignal with(Grid other, boolean clean, Step step) {
    return new TorusSignal(other, down, right, clean, step);
  }
}
