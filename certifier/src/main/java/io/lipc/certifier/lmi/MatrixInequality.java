package io.lipc.certifier.lmi;

import io.lipc.linalg.BlockSum;
import io.lipc.linalg.BlockTridiagonal;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import io.lipc.linalg.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * {@code S(rho, lambda) = rho P_x - Y'Y - sum_i lambda_i Q_i >= 0} with {@code lambda >= 0}: if it
 * holds, {@code |y|^2 <= rho |x|^2} for all coordinates with {@code Q_i >= 0}.
 *
 * @param size the number N of coordinates
 * @param inputs how many of them are the input: the first ones; P_x projects on them
 * @param outputs the rows of Y, over N columns
 * @param constraints Q_1, Q_2, ...
 */
public record MatrixInequality(
    int size, int inputs, SparseRows outputs, List<MatrixInequality.Constraint> constraints) {

  public MatrixInequality {
    constraints = List.copyOf(constraints);
    boolean within =
        outputs.width() <= size
            && constraints.stream().allMatch(c -> Math.max(c.z.width(), c.w.width()) <= size);
    if (inputs < 0 || inputs > size || !within) {
      throw new IllegalArgumentException("rows over more than " + size + " coordinates");
    }
  }

  /**
   * {@code Q = sum_k (zz z_k^2 + 2 zw z_k w_k + ww w_k^2)}: pairs of linear forms that share one
   * multiplier. Where one of the two lists is shorter, zeros are paired with the rest of the other.
   */
  record Constraint(double zz, double zw, double ww, SparseRows z, SparseRows w) {

    /** {@code 2 (w - a z)(b z - w)}, summed over pairs of equally many rows. */
    static Constraint slope(double a, double b, SparseRows z, SparseRows w) {
      return new Constraint(-2 * a * b, a + b, -2, z, w);
    }

    /** {@code gain^2 |z|^2 - |w|^2}. */
    static Constraint gain(double gain, SparseRows z, SparseRows w) {
      return new Constraint(gain * gain, 0, -1, z, w);
    }

    int pairs() {
      return Math.max(z.count(), w.count());
    }
  }

  /** {@code S(rho, lambda)}. */
  double[][] matrix(double rho, double[] lambda, Deadline deadline) {
    double[] one = new double[size];
    Arrays.fill(one, 1);
    QuadraticForms forms = QuadraticForms.of(this, one, lambda);
    double[] minusOne = new double[lambda.length];
    Arrays.fill(minusOne, -1);
    double[][] s = forms.sum(minusOne, deadline);
    for (int i = 0; i < inputs; i++) {
      s[i][i] += rho;
    }
    for (int k = 0; k < outputs.count(); k++) {
      outputs.addOuterProduct(s, k, outputs, -1);
    }
    return s;
  }

  /** The same, as far as it is in {@link #blocks}: all of it. */
  BlockTridiagonal matrix(double rho, double[] lambda, int[] blocks, Deadline deadline) {
    BlockSum sum = new BlockSum(blocks);
    double[] one = new double[size];
    Arrays.fill(one, 1);
    double[] minusOne = new double[lambda.length];
    Arrays.fill(minusOne, -1);
    QuadraticForms.of(this, one, lambda).addTo(sum, minusOne, deadline);
    for (int i = 0; i < inputs; i++) {
      sum.addDiagonal(i, rho);
    }
    for (int k = 0; k < outputs.count(); k++) {
      sum.add(outputs, outputs, k, -0.5);
    }
    return sum.matrix();
  }

  /**
   * Blocks of neighbouring coordinates, the input first, such that S is block tridiagonal: where
   * each begins, and the number of coordinates. In a chain they are the layers. A block ends where
   * the last form does that begins in one of those before it.
   */
  int[] blocks() {
    int[] last = new int[size];
    Arrays.setAll(last, i -> i);
    for (int k = 0; k < outputs.count(); k++) {
      extend(last, outputs.columns(k));
    }
    for (Constraint constraint : constraints) {
      for (int k = 0; k < constraint.pairs(); k++) {
        int[] z = k < constraint.z.count() ? constraint.z.columns(k) : new int[0];
        int[] w = k < constraint.w.count() ? constraint.w.columns(k) : new int[0];
        extend(last, IntStream.concat(IntStream.of(z), IntStream.of(w)).sorted().toArray());
      }
    }
    List<Integer> bounds = new ArrayList<>(List.of(0));
    int end = inputs;
    int read = 0;
    while (end < size) {
      bounds.add(end);
      int next = end + 1;
      for (; read < bounds.getLast(); read++) {
        next = Math.max(next, last[read] + 1);
      }
      end = next;
    }
    bounds.add(size);
    return bounds.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void extend(int[] last, int[] columns) {
    if (columns.length > 0) {
      last[columns[0]] = Math.max(last[columns[0]], columns[columns.length - 1]);
    }
  }

  /**
   * The least rho with {@code S(rho, lambda) >= 0}: the largest eigenvalue of {@code S_xw S_ww^-1
   * S_wx - S_xx} for rho = 0.
   *
   * @return empty if {@code S_ww} is not positive definite in doubles
   */
  OptionalDouble leastRho(double[] lambda, Deadline deadline) {
    Optional<double[][]> first =
        BlockTridiagonal.of(matrix(0, lambda, deadline), blocks()).onFirstBlock(deadline);
    if (first.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[][] rest = first.get();
    for (double[] row : rest) {
      Arrays.setAll(row, j -> -row[j]);
    }
    return OptionalDouble.of(Eigenvalues.largest(rest, deadline));
  }

  /**
   * The inequality over the span of the rows' input parts: with Q an orthonormal basis of it, x is
   * read through {@code Q x} only, and {@code |Q x| <= |x|}. The optimum is the same; rounding may
   * leave out what is dependent but for 1e-13.
   */
  public MatrixInequality onReadInputs(Deadline deadline) {
    double[][] basis = readInputs(deadline);
    if (basis.length >= inputs) {
      return this;
    }
    int smaller = size - inputs + basis.length;
    double[][] change = Dense.zeros(size, smaller);
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < basis.length && i < inputs; k++) {
        change[i][k] = basis[k][i];
      }
      if (i >= inputs) {
        change[i][basis.length + i - inputs] = 1;
      }
    }
    return new MatrixInequality(
        smaller,
        basis.length,
        SparseRows.of(outputs.times(change, smaller, deadline)),
        constraints.stream()
            .map(
                c ->
                    new Constraint(
                        c.zz,
                        c.zw,
                        c.ww,
                        SparseRows.of(c.z.times(change, smaller, deadline)),
                        SparseRows.of(c.w.times(change, smaller, deadline))))
            .toList());
  }

  /** Gram-Schmidt, with each projection taken twice (Kahan and Parlett). */
  private double[][] readInputs(Deadline deadline) {
    double[][] inputPart = Dense.zeros(size, inputs);
    for (int i = 0; i < inputs; i++) {
      inputPart[i][i] = 1;
    }
    List<double[]> basis = new ArrayList<>();
    List<SparseRows> all = new ArrayList<>(List.of(outputs));
    constraints.forEach(constraint -> all.addAll(List.of(constraint.z, constraint.w)));
    for (double[] row : SparseRows.stack(all).times(inputPart, inputs, deadline)) {
      if (basis.size() == inputs) {
        break;
      }
      deadline.check();
      double norm = Dense.norm(row);
      for (int pass = 0; pass < 2; pass++) {
        basis.forEach(q -> Dense.addScaled(row, q, -Dense.dot(q, row)));
      }
      double left = Dense.norm(row);
      if (left > 1e-13 * norm) {
        double[] unit = new double[inputs];
        Dense.addScaled(unit, row, 1 / left);
        basis.add(unit);
      }
    }
    return basis.toArray(double[][]::new);
  }
}
