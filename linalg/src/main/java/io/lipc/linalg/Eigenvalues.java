package io.lipc.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Extreme eigenvalues of symmetric matrices by the Lanczos process with full reorthogonalisation
 * (Golub and Van Loan, Matrix Computations, section 10.1).
 *
 * <p>A Ritz value is never above the largest eigenvalue, but for rounding. Unlike power iteration,
 * whose value stays below a cluster for very long, the process ends after as many steps as the
 * matrix has different eigenvalues. Still, a proof has to check what it says.
 */
public final class Eigenvalues {

  private static final int MAX_STEPS = 400;

  /** The Ritz value is compared with that of so many steps before. */
  private static final int LAG = 6;

  /**
   * The finest relative tolerance, as near as doubles allow: what may still change of a Ritz value,
   * relative.
   */
  private static final double FINEST = 4e-16;

  private static final double LEAST_SCALE = 0x1p-1000;

  private Eigenvalues() {}

  /** The largest eigenvalue of a symmetric matrix; 0 for an empty one. */
  public static double largest(double[][] symmetric, Deadline deadline) {
    int n = symmetric.length;
    if (n == 0) {
      return 0;
    }
    double scale = maxRowSum(symmetric);
    if (!(scale >= LEAST_SCALE && scale <= Double.MAX_VALUE)) {
      // Nothing to iterate on: zero, not finite, or so small that its reciprocal overflows.
      return scale;
    }
    return scale * largest(v -> times(symmetric, v, 1 / scale), n, FINEST, deadline);
  }

  /** A symmetric matrix that is only known by its products with vectors. */
  public interface Operator {
    /** The product of the matrix and {@code vector}, a new array. */
    double[] times(double[] vector);
  }

  /**
   * The least eigenvalue of a symmetric operator on n coordinates, or rather a Ritz value not far
   * above it.
   *
   * @param operator the matrix, by its products
   * @param n the number of rows
   * @param tolerance when a Ritz value is taken: it has changed by so little, relative, of late
   */
  public static double least(Operator operator, int n, double tolerance, Deadline deadline) {
    return -largest(v -> scaled(operator.times(v), -1), n, tolerance, deadline);
  }

  private static double largest(Operator operator, int n, double tolerance, Deadline deadline) {
    List<double[]> basis = new ArrayList<>();
    double[] diagonal = new double[Math.min(n, MAX_STEPS)];
    double[] beside = new double[diagonal.length];
    double[] history = new double[diagonal.length];
    double[] next = randomUnit(n);
    for (int step = 0; step < history.length; step++) {
      deadline.check();
      basis.add(next);
      double[] image = operator.times(next);
      diagonal[step] = Dense.dot(image, next);
      double beta = orthogonalise(image, basis);
      history[step] = largestOfTridiagonal(diagonal, beside, step + 1, tolerance / 256);
      boolean converged =
          step >= LAG && history[step] - history[step - LAG] <= tolerance * Math.abs(history[step]);
      if (converged || beta <= 1e-15) {
        return history[step];
      }
      beside[step] = beta;
      next = scaled(image, 1 / beta);
    }
    return history.length == 0 ? 0 : history[history.length - 1];
  }

  /** The least eigenvalue of a symmetric matrix, or rather a Ritz value not far above it. */
  public static double least(double[][] symmetric, Deadline deadline) {
    double shift = maxRowSum(symmetric);
    double[][] mirrored = Dense.zeros(symmetric.length, symmetric.length);
    for (int i = 0; i < mirrored.length; i++) {
      for (int j = 0; j < mirrored.length; j++) {
        mirrored[i][j] = (i == j ? shift : 0) - symmetric[i][j];
      }
    }
    return shift - largest(mirrored, deadline);
  }

  /** The spectral norm of a matrix, as the root of the largest eigenvalue of a Gram matrix. */
  public static double spectralNorm(double[][] matrix, Deadline deadline) {
    // Scaled, because squares of 1e200 overflow and those of 1e-200 vanish.
    double largest = 0;
    for (double[] row : matrix) {
      for (double entry : row) {
        largest = Math.max(largest, Math.abs(entry));
      }
    }
    if (largest == 0) {
      return 0;
    }
    double unit = Math.scalb(1.0, Math.getExponent(largest));
    double[][] scaled = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      scaled[i] = scaled(matrix[i], 1 / unit);
    }
    return Math.sqrt(Math.max(0, largest(Dense.smallerGram(scaled, deadline), deadline))) * unit;
  }

  private static double maxRowSum(double[][] matrix) {
    double largest = 0;
    for (double[] row : matrix) {
      double sum = 0;
      for (double entry : row) {
        sum += Math.abs(entry);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static double[] randomUnit(int n) {
    Random random = new Random(20240229);
    double[] vector = new double[n];
    for (int i = 0; i < n; i++) {
      vector[i] = random.nextGaussian();
    }
    return scaled(vector, 1 / Dense.norm(vector));
  }

  private static double[] times(double[][] matrix, double[] vector, double factor) {
    double[] image = new double[vector.length];
    // Symmetric: a combination of rows vectorises, inner products do not.
    for (int i = 0; i < matrix.length; i++) {
      Dense.axpy(image, matrix[i], factor * vector[i], 0, image.length);
    }
    return image;
  }

  /** Takes the projection on {@code basis} away, twice, and returns the norm of what is left. */
  private static double orthogonalise(double[] vector, List<double[]> basis) {
    for (int pass = 0; pass < 2; pass++) {
      for (double[] direction : basis) {
        Dense.axpy(vector, direction, -Dense.dot(vector, direction), 0, vector.length);
      }
    }
    return Dense.norm(vector);
  }

  /**
   * The largest eigenvalue, by bisection on the number of eigenvalues above a value (Sturm
   * sequence).
   *
   * @param finest what is left of the interval, relative to 1 or to the eigenvalue
   */
  private static double largestOfTridiagonal(
      double[] diagonal, double[] beside, int size, double finest) {
    double low = diagonal[0];
    double high = low;
    for (int i = 0; i < size; i++) {
      double radius = (i > 0 ? beside[i - 1] : 0) + (i < size - 1 ? beside[i] : 0);
      low = Math.max(low, diagonal[i]);
      high = Math.max(high, diagonal[i] + radius);
    }
    while (high - low > finest * Math.max(1, Math.abs(low))) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        break;
      }
      if (isAbove(middle, diagonal, beside, size)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /** Whether {@code value I - T} has only positive pivots. */
  private static boolean isAbove(double value, double[] diagonal, double[] beside, int size) {
    double pivot = value - diagonal[0];
    for (int i = 1; i < size && pivot > 0; i++) {
      pivot = value - diagonal[i] - beside[i - 1] * beside[i - 1] / pivot;
    }
    return pivot > 0;
  }

  private static double[] scaled(double[] vector, double factor) {
    double[] scaled = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      scaled[i] = vector[i] * factor;
    }
    return scaled;
  }
}
