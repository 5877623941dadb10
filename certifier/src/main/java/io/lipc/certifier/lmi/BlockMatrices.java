package io.lipc.certifier.lmi;

import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import java.util.Arrays;

/** Sums and products of block diagonal symmetric matrices, given by their blocks. */
final class BlockMatrices {

  private BlockMatrices() {}

  /** {@code sym(A B C)}, where many entries of B are zero. */
  static double[][][] halfProducts(
      double[][][] a, double[][][] b, double[][][] c, Deadline deadline) {
    double[][][] products = new double[a.length][][];
    Arrays.setAll(products, k -> halfProduct(a[k], b[k], c[k], deadline));
    return products;
  }

  private static double[][] halfProduct(
      double[][] a, double[][] b, double[][] c, Deadline deadline) {
    double[][] product = new double[a.length][a.length];
    Dense.addTransposedProduct(
        product, a, Dense.sparseTransposedProduct(b, c, deadline), 1, deadline);
    Dense.symmetrise(product);
    return product;
  }

  /** {@code first A + second B}. */
  static double[][][] sum(double[][][] a, double first, double[][][] b, double second) {
    double[][][] sum = new double[a.length][][];
    for (int k = 0; k < sum.length; k++) {
      sum[k] = new double[a[k].length][a[k].length];
      for (int i = 0; i < sum[k].length; i++) {
        Dense.addScaled(sum[k][i], a[k][i], first);
        Dense.addScaled(sum[k][i], b[k][i], second);
      }
    }
    return sum;
  }

  /** {@code A - B}, in the place of A. */
  static void subtract(double[][][] a, double[][][] b) {
    for (int k = 0; k < a.length; k++) {
      for (int i = 0; i < a[k].length; i++) {
        Dense.addScaled(a[k][i], b[k][i], -1);
      }
    }
  }
}
