package io.lipc.runtime.radius;

import io.lipc.certificate.signs.SignedPairs.SearchedPair;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The quadratic form of one pair in doubles, with the input eliminated where no two of its elements
 * are multiplied with each other. What it gives proves nothing.
 *
 * <p>The columns of G are the form of the difference of outputs, then du and dv of each constraint
 * whose sign is used.
 */
final class PairForm {

  /** The coordinates that are eliminated first, whose block of Q is diagonal: all of the input. */
  private final int first;

  private final double[] diagonal;

  /** The other rows of Q, over the coordinates that are eliminated. */
  private final double[][] border;

  /** The Cholesky factor of what is left of Q. */
  private final double[][] factor;

  private final double[][] columns;
  private final double[][] gram;

  private PairForm(
      int first,
      double[] diagonal,
      double[][] border,
      double[][] factor,
      double[][] columns,
      double[][] gram) {
    this.first = first;
    this.diagonal = diagonal;
    this.border = border;
    this.factor = factor;
    this.columns = columns;
    this.gram = gram;
  }

  /**
   * Factorises the form of a pair.
   *
   * @return empty if it is not positive in doubles
   */
  static Optional<PairForm> of(SearchedPair pair) {
    double[][] q = q(pair);
    int inputs = pair.mu().length;
    int first = isDiagonal(q, inputs) ? inputs : 0;
    double[] diagonal = IntStream.range(0, first).mapToDouble(i -> q[i][i]).toArray();
    int left = q.length - first;
    double[][] border = new double[left][];
    double[][] factor = new double[left][];
    for (int i = 0; i < left; i++) {
      border[i] = Arrays.copyOf(q[first + i], first);
      factor[i] = Arrays.copyOfRange(q[first + i], first, first + i + 1);
    }
    double[][] halves = scaled(border, diagonal);
    for (int i = 0; i < left; i++) {
      for (int j = 0; j <= i; j++) {
        factor[i][j] -= dot(halves[i], border[j], first);
      }
    }
    if (!factorise(factor)) {
      return Optional.empty();
    }
    double[][] columns = columns(pair);
    return Optional.of(
        new PairForm(
            first,
            diagonal,
            border,
            factor,
            columns,
            gram(columns, first, diagonal, halves, factor)));
  }

  private static double[][] q(SearchedPair pair) {
    int n = pair.out().length;
    double[][] q = new double[n][n];
    for (int i = 0; i < pair.mu().length; i++) {
      q[i][i] = pair.mu()[i];
    }
    for (int k = 0; k < pair.lambda().length; k++) {
      addProduct(q, pair.lambda()[k], pair.du()[k], pair.dv()[k]);
      addProduct(q, pair.lambda()[k], pair.dv()[k], pair.du()[k]);
    }
    return q;
  }

  private static void addProduct(double[][] q, double factor, double[] p, double[] r) {
    for (int i = 0; i < p.length; i++) {
      if (p[i] != 0) {
        double scaled = factor * p[i];
        for (int j = 0; j < r.length; j++) {
          q[i][j] += scaled * r[j];
        }
      }
    }
  }

  private static boolean isDiagonal(double[][] q, int count) {
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        if (q[i][j] != 0) {
          return false;
        }
      }
      if (!(q[i][i] > 0)) {
        return false;
      }
    }
    return true;
  }

  private static double[][] columns(SearchedPair pair) {
    int[] kinked = IntStream.range(0, pair.kinked().length).filter(k -> pair.kinked()[k]).toArray();
    double[][] columns = new double[1 + 2 * kinked.length][];
    columns[0] = pair.out();
    for (int i = 0; i < kinked.length; i++) {
      columns[1 + i] = pair.du()[kinked[i]];
      columns[1 + kinked.length + i] = pair.dv()[kinked[i]];
    }
    return columns;
  }

  /** {@code G'Q^-1 G}. */
  private static double[][] gram(
      double[][] columns, int first, double[] diagonal, double[][] halves, double[][] factor) {
    double[][] scaled = scaled(columns, diagonal);
    double[][] solved = new double[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      solved[i] = Arrays.copyOfRange(columns[i], first, first + factor.length);
      for (int j = 0; j < factor.length; j++) {
        solved[i][j] -= dot(halves[j], columns[i], first);
      }
      forward(factor, solved[i]);
    }
    double[][] gram = new double[columns.length][columns.length];
    for (int i = 0; i < columns.length; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i][j] = dot(scaled[i], columns[j], first) + dot(solved[i], solved[j], factor.length);
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }

  /** The rows' first elements, divided by the diagonal. */
  private static double[][] scaled(double[][] rows, double[] diagonal) {
    double[][] scaled = new double[rows.length][diagonal.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < diagonal.length; k++) {
        scaled[i][k] = rows[i][k] / diagonal[k];
      }
    }
    return scaled;
  }

  private static boolean factorise(double[][] lower) {
    for (int i = 0; i < lower.length; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = lower[i][j] - dot(lower[i], lower[j], j);
        lower[i][j] = j < i ? rest / lower[j][j] : Math.sqrt(rest);
      }
      if (!(lower[i][i] > 0)) {
        return false;
      }
    }
    return true;
  }

  private static void forward(double[][] factor, double[] b) {
    for (int i = 0; i < b.length; i++) {
      b[i] = (b[i] - dot(factor[i], b, i)) / factor[i][i];
    }
  }

  private static void backward(double[][] factor, double[] b) {
    for (int i = b.length - 1; i >= 0; i--) {
      b[i] /= factor[i][i];
      for (int j = 0; j < i; j++) {
        b[j] -= factor[i][j] * b[i];
      }
    }
  }

  private static double dot(double[] a, double[] b, int count) {
    double sum = 0;
    double other = 0;
    int k = 0;
    for (; k + 1 < count; k += 2) {
      sum += a[k] * b[k];
      other += a[k + 1] * b[k + 1];
    }
    return k < count ? sum + other + a[k] * b[k] : sum + other;
  }

  /** {@code G'Q^-1 G}, symmetric. */
  double[][] gram() {
    return gram;
  }

  /** {@code Q^-1 G v}, about. */
  double[] solution(double[] v) {
    double[] c = new double[first + factor.length];
    for (int i = 0; i < v.length; i++) {
      if (v[i] != 0) {
        for (int k = 0; k < c.length; k++) {
          c[k] += v[i] * columns[i][k];
        }
      }
    }
    double[] rest = Arrays.copyOfRange(c, first, c.length);
    for (int k = 0; k < first; k++) {
      c[k] /= diagonal[k];
    }
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= dot(border[i], c, first);
    }
    forward(factor, rest);
    backward(factor, rest);
    for (int i = 0; i < rest.length; i++) {
      c[first + i] = rest[i];
      for (int k = 0; k < first; k++) {
        c[k] -= border[i][k] * rest[i] / diagonal[k];
      }
    }
    return c;
  }

  /** About how many numbers such a form holds. */
  static long size(int inputs, int coordinates, int constraints) {
    long columns = 1 + 2L * constraints;
    long left = (long) coordinates - inputs;
    return columns * columns + columns * coordinates + left * coordinates;
  }
}
