package io.lipc.runtime;

/**
 * A dense layer of precision F32, {@code y = W x + b} or {@code y = relu(W x + b)}, its weights
 * packed once for the kernels that run it.
 *
 * <p>Element i of y starts as b_i and becomes {@code fma(x_k, w_ik, y_i)} for k = 0, 1, ..., each
 * step rounded once. Every kernel keeps to this order, so one row or a batch, scalar or vector
 * instructions, one thread or many: the bits are the same (any NaN is a NaN). A fused sum of n
 * products and a bias errs no more than {@code RoundingBound} assumes, which allows any order,
 * fused or not. On a processor without fused multiply-add (x86 before 2013), {@link Math#fma} is
 * slow, and right.
 */
public abstract sealed class FloatDense permits ScalarDense, VectorDense, SwitchingDense {

  /** The number of elements of x, at least 1. */
  final int inputs;

  /** The number of elements of y, at least 1. */
  final int outputs;

  FloatDense(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * A dense layer {@code y = W x + b}.
   *
   * @param columns the columns of W, each as long as {@code bias}; not changed, but perhaps kept
   * @param bias b; not changed, but perhaps kept
   */
  public static FloatDense linear(float[][] columns, float[] bias) {
    return KernelVariant.chosen().dense(columns, bias, false);
  }

  /**
   * A dense layer with its activation, {@code y = relu(W x + b)}.
   *
   * @param columns the columns of W, each as long as {@code bias}; not changed, but perhaps kept
   * @param bias b; not changed, but perhaps kept
   */
  public static FloatDense relu(float[][] columns, float[] bias) {
    return KernelVariant.chosen().dense(columns, bias, true);
  }

  /**
   * Evaluates the layer on one row.
   *
   * @param x at least as long as W has columns
   * @param y at least as long as b, overwritten so far; not {@code x}
   */
  public abstract void apply(float[] x, float[] y);

  /**
   * Evaluates the layer on a block of rows, as {@link Transposed} lays them out.
   *
   * @param x {@code x[k][r]} is element k of row r
   * @param y {@code y[i][r]} becomes element i of row r; behind the last row, anything. No array of
   *     {@code x}
   * @param rows from 1 to {@link Transposed#ROWS}
   */
  public abstract void apply(float[][] x, float[][] y, int rows);
}
