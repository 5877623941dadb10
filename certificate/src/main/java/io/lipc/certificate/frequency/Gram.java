package io.lipc.certificate.frequency;

import io.lipc.certificate.positivity.Ball;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All products {@code G_ij = sum_k z_ik conj(z_jk)} of n complex vectors that are enclosed.
 *
 * <p>Each vector is a real one of twice the length L, its real and imaginary parts, within e_i (in
 * l2) of one of doubles m_i. Let h_i be at least {@code |m_i|}. A sum of 2L products in doubles, in
 * any order, is off by at most {@code gamma h_i h_j}, with {@code gamma = 2L u / (1 - 2L u)}, u =
 * 2^-53 (Higham, Accuracy and Stability, section 3.1), and 2L underflows; the products of what is
 * enclosed are off by {@code h_i e_j + e_i h_j + e_i e_j} more at most. As 2L is at most 2^12, the
 * factors below cover the rounding of the radii themselves.
 */
final class Gram {

  private final double[][] real;
  private final double[][] imaginary;
  private final double[] error;
  private final double[] length;
  private final double gamma;

  private Gram(Vectors vectors) {
    int n = vectors.error.length;
    this.real = new double[n][n];
    this.imaginary = new double[n][n];
    this.error = vectors.error;
    this.length = new double[n];
    this.gamma = vectors.real.length * 0x1p-51;
    for (int k = 0; k < vectors.real.length; k++) {
      double[] x = vectors.real[k];
      double[] y = vectors.imaginary[k];
      for (int i = 0; i < n; i++) {
        add(x[i], x, real[i]);
        add(y[i], y, real[i]);
        add(y[i], x, imaginary[i]);
        add(-x[i], y, imaginary[i]);
      }
    }
    for (int i = 0; i < n; i++) {
      length[i] = Math.sqrt(real[i][i]) * (1 + 0x1p-30) + 0x1p-500;
    }
  }

  private static void add(double factor, double[] from, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += factor * from[j];
    }
  }

  /** Complex vectors, of which element k of all is in one array. */
  static final class Vectors {

    private final double[][] real;
    private final double[][] imaginary;

    /** The sum of what all elements may be off by, which is at least its norm in l2. */
    private final double[] error;

    Vectors(int count, int length) {
      this.real = new double[length][count];
      this.imaginary = new double[length][count];
      this.error = new double[count];
    }

    void put(int i, int k, Complex element) {
      real[k][i] = element.real().middle();
      imaginary[k][i] = element.imaginary().middle();
      error[i] += element.real().radius() + element.imaginary().radius();
    }

    Gram gram() {
      return new Gram(this);
    }
  }

  private double radius(int i, int j) {
    double spread = (length[i] + error[i]) * error[j] + error[i] * length[j];
    return (spread + gamma * length[i] * length[j]) * (1 + 0x1p-30) + 0x1p-1000;
  }

  /**
   * The lower triangle of {@code H = g^2 I - G}, as the real matrix {@code [Re H, -Im H; Im H, Re
   * H]}: for z = x + i y its form is {@code z* H z} at (x, y), so it is positive exactly if H is.
   * Each coordinate is scaled by a power of two so that the diagonal lies in [1/2, 2).
   *
   * @param square g^2
   * @return nothing if a number on the diagonal is not positive
   */
  Optional<List<List<Ball>>> complement(Ball square) {
    int n = real.length;
    double[] scale = new double[n];
    for (int i = 0; i < n; i++) {
      double diagonal = square.middle() - real[i][i];
      if (!(diagonal >= Double.MIN_NORMAL && diagonal <= Double.MAX_VALUE)) {
        return Optional.empty();
      }
      scale[i] = Math.scalb(1.0, -Math.floorDiv(Math.getExponent(diagonal) + 1, 2));
    }
    List<List<Ball>> upper = new ArrayList<>();
    List<List<Ball>> lower = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Ball> left = new ArrayList<>();
      List<Ball> right = new ArrayList<>();
      for (int j = 0; j < n; j++) {
        Ball factor = Ball.of(scale[i] * scale[j]);
        left.add(minus(imaginary, i, j).times(factor));
        if (j <= i) {
          Ball entry = minus(real, i, j);
          right.add((i == j ? entry.plus(square) : entry).times(factor));
        }
      }
      upper.add(right);
      left.addAll(right);
      lower.add(left);
    }
    upper.addAll(lower);
    return Optional.of(upper);
  }

  private Ball minus(double[][] product, int i, int j) {
    return new Ball(-product[i][j], radius(i, j));
  }
}
