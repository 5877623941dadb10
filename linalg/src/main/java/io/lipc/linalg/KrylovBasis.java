package io.lipc.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Orthonormal vectors whose span is close to the leading eigenvectors of a symmetric matrix, those
 * of its largest eigenvalues: a block Krylov space. It need not hold them exactly.
 */
public final class KrylovBasis {

  /** Vectors of a block: as many equal eigenvalues are told apart. */
  private static final int BLOCK = 4;

  /** Blocks of the basis. */
  private static final int BLOCKS = 6;

  /** The number of powers that turn the first block towards the leading eigenvectors before. */
  private static final int POWERS = 10;

  /** The remainder of a vector that depends on others, as a share of its length. */
  private static final double DEPENDENT = 1e-9;

  private KrylovBasis() {}

  /**
   * A basis from random vectors.
   *
   * @param symmetric of n rows, at least one, whose largest eigenvalues are its largest in
   *     magnitude
   * @return at least one row and at most n, each a vector of the basis
   */
  public static double[][] of(double[][] symmetric, Deadline deadline) {
    int n = symmetric.length;
    Random random = new Random(n);
    double[][] start = new double[Math.min(BLOCK, n)][n];
    for (double[] row : start) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    return of(symmetric, start, deadline);
  }

  /**
   * A basis from that of a matrix nearby.
   *
   * @param near what was returned for that
   */
  public static double[][] of(double[][] symmetric, double[][] near, Deadline deadline) {
    List<double[]> block = Arrays.asList(near).subList(0, Math.min(BLOCK, near.length));
    for (int power = 0; power < POWERS; power++) {
      block = images(symmetric, orthonormal(new ArrayList<>(), block), deadline);
    }
    List<double[]> basis = new ArrayList<>();
    for (int k = 0; k < BLOCKS; k++) {
      block = images(symmetric, orthonormal(basis, block), deadline);
    }
    return basis.isEmpty() ? Dense.identity(symmetric.length) : basis.toArray(double[][]::new);
  }

  /** Gram-Schmidt, with each projection taken twice: what is added to the basis. */
  private static List<double[]> orthonormal(List<double[]> basis, List<double[]> vectors) {
    int before = basis.size();
    for (double[] vector : vectors) {
      double[] rest = vector.clone();
      for (int pass = 0; pass < 2; pass++) {
        basis.forEach(q -> Dense.addScaled(rest, q, -Dense.dot(q, rest)));
      }
      double norm = Dense.norm(rest);
      if (norm > DEPENDENT * Dense.norm(vector)) {
        double[] unit = new double[vector.length];
        Dense.addScaled(unit, rest, 1 / norm);
        basis.add(unit);
      }
    }
    return List.copyOf(basis.subList(before, basis.size()));
  }

  private static List<double[]> images(
      double[][] matrix, List<double[]> vectors, Deadline deadline) {
    deadline.check();
    return vectors.stream().map(vector -> times(matrix, vector)).toList();
  }

  private static double[] times(double[][] matrix, double[] v) {
    double[] image = new double[v.length];
    Arrays.setAll(image, i -> Dense.dot(matrix[i], v, 0, v.length));
    return image;
  }
}
