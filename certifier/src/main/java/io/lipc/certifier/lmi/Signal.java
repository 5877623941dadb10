package io.lipc.certifier.lmi;

import io.lipc.certifier.problem.LinearOperator;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A vector as a linear function of coordinates that come in blocks: the sum of {@code part *
 * block}. Blocks without a part do not enter. Matrices are shared between signals and never written
 * to.
 *
 * @param rows the number of elements
 * @param parts by block, {@code rows} x (size of the block)
 */
record Signal(int rows, NavigableMap<Integer, double[][]> parts) {

  /** All of block {@code block}, which has {@code size} coordinates. */
  static Signal ofBlock(int block, int size) {
    return new Signal(size, new TreeMap<>(Map.of(block, Dense.identity(size))));
  }

  /** The signal that does not depend on any coordinate. */
  static Signal constant(int rows) {
    return new Signal(rows, new TreeMap<>());
  }

  boolean isConstant() {
    return parts.isEmpty();
  }

  /** {@code W x}; parts that vanish are dropped. */
  Signal times(double[][] w, Deadline deadline) {
    return map(w.length, part -> isIdentity(part) ? w : Dense.product(w, part, deadline));
  }

  /** {@code M x}; parts that vanish are dropped. */
  Signal times(LinearOperator m, Deadline deadline) {
    return map(
        m.outputs(), part -> isIdentity(part) ? m.matrix(deadline) : m.times(part, deadline));
  }

  /** Row i multiplied by {@code factors[i]}. */
  Signal scaled(double[] factors) {
    return map(
        rows,
        part -> {
          double[][] scaled = new double[rows][];
          for (int i = 0; i < rows; i++) {
            scaled[i] = new double[part[i].length];
            Dense.addScaled(scaled[i], part[i], factors[i]);
          }
          return scaled;
        });
  }

  /** The sum with a signal of as many rows. */
  Signal plus(Signal other) {
    return sum(List.of(this, other));
  }

  /** The sum of one or more signals of equally many rows. */
  static Signal sum(List<Signal> terms) {
    NavigableMap<Integer, double[][]> sum = new TreeMap<>();
    for (Signal term : terms) {
      term.parts.forEach((block, part) -> sum.merge(block, part, Signal::add));
    }
    sum.values().removeIf(Signal::isZero);
    return new Signal(terms.getFirst().rows, sum);
  }

  /** All rows of the first, then all of the second, and so on. */
  static Signal stack(List<Signal> signals) {
    NavigableMap<Integer, double[][]> stacked = new TreeMap<>();
    int rows = signals.stream().mapToInt(Signal::rows).sum();
    int offset = 0;
    for (Signal signal : signals) {
      for (var entry : signal.parts.entrySet()) {
        int columns = entry.getValue()[0].length;
        double[][] target =
            stacked.computeIfAbsent(entry.getKey(), _ -> Dense.zeros(rows, columns));
        System.arraycopy(entry.getValue(), 0, target, offset, signal.rows);
      }
      offset += signal.rows;
    }
    return new Signal(rows, stacked);
  }

  /** The parts with rows and columns exchanged: each (size of the block) x {@code rows}. */
  NavigableMap<Integer, double[][]> transposed() {
    NavigableMap<Integer, double[][]> transposed = new TreeMap<>();
    parts.forEach((block, part) -> transposed.put(block, Dense.transpose(part)));
    return transposed;
  }

  private interface Change {
    double[][] of(double[][] part);
  }

  private Signal map(int newRows, Change change) {
    NavigableMap<Integer, double[][]> changed = new TreeMap<>();
    for (var entry : parts.entrySet()) {
      double[][] part = change.of(entry.getValue());
      if (!isZero(part)) {
        changed.put(entry.getKey(), part);
      }
    }
    return new Signal(newRows, changed);
  }

  private static double[][] add(double[][] a, double[][] b) {
    double[][] sum = Dense.copy(a);
    for (int i = 0; i < sum.length; i++) {
      Dense.addScaled(sum[i], b[i], 1);
    }
    return sum;
  }

  private static boolean isZero(double[][] part) {
    for (double[] row : part) {
      for (double entry : row) {
        if (entry != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isIdentity(double[][] part) {
    if (part.length != part[0].length) {
      return false;
    }
    for (int i = 0; i < part.length; i++) {
      for (int j = 0; j < part.length; j++) {
        if (part[i][j] != (i == j ? 1 : 0)) {
          return false;
        }
      }
    }
    return true;
  }
}
