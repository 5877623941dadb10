package io.lipc.runtime;

/**
 * A dense layer of precision F64, {@code y = W x + b}: the arithmetic of {@link FloatDense}, in
 * doubles, by the loops of {@link ScalarDense} for one row.
 */
public final class DoubleDense {

  private final double[][] columns;
  private final double[] bias;

  private DoubleDense(double[][] columns, double[] bias) {
    this.columns = columns;
    this.bias = bias;
  }

  /**
   * A dense layer {@code y = W x + b} in doubles.
   *
   * @param columns the columns of W, each as long as {@code bias}; kept
   * @param bias b; kept
   */
  public static DoubleDense linear(double[][] columns, double[] bias) {
    return new DoubleDense(columns, bias);
  }

  /**
   * Evaluates the layer on one row.
   *
   * @param x at least as long as W has columns
   * @param y at least as long as b, overwritten so far; not {@code x}
   */
  public void apply(double[] x, double[] y) {
    System.arraycopy(bias, 0, y, 0, bias.length);
    int k = 0;
    for (; k + 4 <= columns.length; k += 4) {
      DoubleLoops.addFour(x, columns, k, y, bias.length);
    }
    for (; k < columns.length; k++) {
      addOne(x[k], columns[k], y, bias.length);
    }
  }

  private static void addOne(double a, double[] x, double[] y, int size) {
    for (int j = 0; j < size; j++) {
      y[j] = Math.fma(a, x[j], y[j]);
    }
  }
}
