package io.lipc.runtime;

import java.util.Arrays;

/**
 * Matrix-vector products for generated code.
 *
 * <p>C2 vectorises a scalar loop only when every array in it is indexed by the same plain {@code
 * j}. So a matrix is an array of its columns, and a product adds multiples of columns to the
 * result. Four columns at a time load and store the result a quarter as often. Each sum still runs
 * from left to right, {@code ((b + x0 w0) + x1 w1) + ...}, whatever the number of columns taken at
 * a time: results do not depend on it, to the bit. Java contracts no product and sum into one
 * operation, so each is rounded to nearest: with the bias a sum of n + 1 terms, as {@code
 * RoundingBound} assumes.
 *
 * <p>Java has no generics over primitive types. So everything stands here twice, for float and for
 * double, and a change to one belongs in the other.
 */
public final class Kernels {

  private Kernels() {}

  /**
   * {@code y = W x + b}.
   *
   * @param columns the columns of W: {@code columns[k]} is as long as {@code y}
   * @param bias b, as long as {@code y}
   * @param x one element per column
   * @param y overwritten; must not be {@code x}
   */
  public static void dense(float[][] columns, float[] bias, float[] x, float[] y) {
    System.arraycopy(bias, 0, y, 0, y.length);
    addProduct(columns, x, y);
  }

  /** {@code y = W x}, as {@link #dense(float[][], float[], float[], float[])} without b. */
  public static void dense(float[][] columns, float[] x, float[] y) {
    Arrays.fill(y, 0f);
    addProduct(columns, x, y);
  }

  private static void addProduct(float[][] columns, float[] x, float[] y) {
    int k = 0;
    for (; k + 4 <= columns.length; k += 4) {
      addFour(
          x[k],
          columns[k],
          x[k + 1],
          columns[k + 1],
          x[k + 2],
          columns[k + 2],
          x[k + 3],
          columns[k + 3],
          y);
    }
    for (; k < columns.length; k++) {
      addOne(x[k], columns[k], y);
    }
  }

  private static void addFour(
      float x0,
      float[] w0,
      float x1,
      float[] w1,
      float x2,
      float[] w2,
      float x3,
      float[] w3,
      float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = y[j] + x0 * w0[j] + x1 * w1[j] + x2 * w2[j] + x3 * w3[j];
    }
  }

  private static void addOne(float x0, float[] w0, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += x0 * w0[j];
    }
  }

  /**
   * {@code y = W x + b}.
   *
   * @param columns the columns of W: {@code columns[k]} is as long as {@code y}
   * @param bias b, as long as {@code y}
   * @param x one element per column
   * @param y overwritten; must not be {@code x}
   */
  public static void dense(double[][] columns, double[] bias, double[] x, double[] y) {
    System.arraycopy(bias, 0, y, 0, y.length);
    addProduct(columns, x, y);
  }

  /** {@code y = W x}, as {@link #dense(double[][], double[], double[], double[])} without b. */
  public static void dense(double[][] columns, double[] x, double[] y) {
    Arrays.fill(y, 0.0);
    addProduct(columns, x, y);
  }

  private static void addProduct(double[][] columns, double[] x, double[] y) {
    int k = 0;
    for (; k + 4 <= columns.length; k += 4) {
      addFour(
          x[k],
          columns[k],
          x[k + 1],
          columns[k + 1],
          x[k + 2],
          columns[k + 2],
          x[k + 3],
          columns[k + 3],
          y);
    }
    for (; k < columns.length; k++) {
      addOne(x[k], columns[k], y);
    }
  }

  private static void addFour(
      double x0,
      double[] w0,
      double x1,
      double[] w1,
      double x2,
      double[] w2,
      double x3,
      double[] w3,
      double[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = y[j] + x0 * w0[j] + x1 * w1[j] + x2 * w2[j] + x3 * w3[j];
    }
  }

  private static void addOne(double x0, double[] w0, double[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += x0 * w0[j];
    }
  }
}
