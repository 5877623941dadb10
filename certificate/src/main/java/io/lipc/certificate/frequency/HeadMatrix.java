package io.lipc.certificate.frequency;

import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A sum of real parts of matrices Y(w): see {@link TorusInequality}. */
final class HeadMatrix {

  /** No row of Y is shorter than so many radii of V: where V is small, these matter. */
  private static final double ROOM = 0x1p32;

  /** The diagonal entry of a row of zeros, as a share of the largest entry. */
  private static final double NEGLIGIBLE = 0x1p-40;

  private final double[][] sum;

  /** The sum of the absolute values. */
  private final double[][] size;

  private int terms;

  HeadMatrix(int rows) {
    this.sum = new double[rows][rows];
    this.size = new double[rows][rows];
  }

  /**
   * The real part of a Y for which {@code [S, V*; V, Y]} is shown to be positive definite; empty if
   * none was found.
   *
   * <p>With F the factor of S, whose diagonal is lowered, Y is the product of the rows {@code V
   * F^-1*}, whose diagonal is enlarged: both by a few times what {@link Positivity#factorises}
   * takes off the diagonal of the whole. That is a choice; the whole matrix is what is shown.
   *
   * @throws ArithmeticException if that would take more work than is left
   */
  static Optional<HeadMatrix> above(Hermitian form, Waves v, Work work) {
    int n = form.size();
    int m = v.matrix().rows();
    Hermitian whole = form.bordered(m);
    IntStream.range(0, m).forEach(i -> whole.addRow(n + i, v.from(), 1, v.matrix(), i));
    double[] scale = whole.scale();
    Arrays.fill(scale, n, n + m, 1);
    double spare = spare(whole, n, scale);
    double[][] rows = whole.matrix(scale);
    for (int i = 0; i < rows.length; i++) {
      int last = rows[i].length - 1;
      rows[i][last] = i < 2 * n ? rows[i][last] - spare : 0x1p1000;
    }
    work.spend(Arrays.stream(rows).mapToLong(row -> (long) row.length * row.length).sum() / 4);
    if (!Positivity.replaceByFactor(rows, work)) {
      return Optional.empty();
    }
    work.spend(4L * m * m * n);
    double[] own = IntStream.range(0, m).mapToDouble(i -> dot(rows, n, 2 * i, 2 * i)).toArray();
    double least = NEGLIGIBLE * Arrays.stream(own).max().orElse(0);
    HeadMatrix y = new HeadMatrix(m);
    y.terms = 1;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < i; j++) {
        y.put(i, j, dot(rows, n, 2 * i, 2 * j));
        whole.add(n + i, n + j, y.sum[i][j], dot(rows, n, 2 * i + 1, 2 * j));
      }
      double root = ROOM * whole.rowRadius(n + i, n, scale);
      y.put(i, i, Math.max(Math.max(own[i], root * root), least) * (1 + spare));
      whole.add(n + i, n + i, y.sum[i][i], 0);
    }
    return whole.isPositive(work) ? Optional.of(y) : Optional.empty();
  }

  /** Three times what is taken off a diagonal of about 1, for the radii of S and of V. */
  private static double spare(Hermitian whole, int n, double[] scale) {
    double side = 2.0 * whole.size();
    double largest = whole.largestRadius(Arrays.copyOf(scale, n));
    for (int i = n; i < whole.size(); i++) {
      double radius = whole.rowRadius(i, n, scale);
      double length = Math.max(whole.rowLength(i, n, scale), ROOM * radius) + 0x1p-500;
      largest = Math.max(largest, 2 * radius / length);
    }
    return 3 * (2 * side * largest + (side + 4) * side * 0x1p-51);
  }

  /** The product of two of the last rows, over the columns of the first 2n. */
  private static double dot(double[][] rows, int n, int i, int j) {
    double[] a = rows[2 * n + i];
    double[] b = rows[2 * n + j];
    int before = 2 * n + i + 1 - a.length;
    int beside = 2 * n + j + 1 - b.length;
    double sum = 0;
    for (int k = Math.max(before, beside); k < 2 * n; k++) {
      sum += a[k - before] * b[k - beside];
    }
    return sum;
  }

  private void put(int i, int j, double value) {
    sum[i][j] = value;
    sum[j][i] = value;
    size[i][j] = Math.abs(value);
    size[j][i] = Math.abs(value);
  }

  /** Adds a sum, so many times: 1 or 2. */
  void add(HeadMatrix other, int times) {
    for (int i = 0; i < sum.length; i++) {
      for (int j = 0; j < sum.length; j++) {
        sum[i][j] += times * other.sum[i][j];
        size[i][j] += times * other.size[i][j];
      }
    }
    terms += other.terms;
  }

  /** The rows of this divided by a number below 2^17. */
  List<List<Ball>> dividedBy(int number) {
    return IntStream.range(0, sum.length)
        .mapToObj(
            i ->
                IntStream.range(0, sum.length)
                    .mapToObj(j -> new Ball(sum[i][j] / number, radius(i, j, number)))
                    .toList())
        .toList();
  }

  /** The error of a sum of {@code terms} doubles, and of the quotient. */
  private double radius(int i, int j, int number) {
    return (terms + 4) * 0x1p-52 * size[i][j] / number + 0x1p-1000;
  }
}
