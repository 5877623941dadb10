package io.lipc.runtime;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;

/**
 * Averages or maxima of each channel of an image over windows that lie within it, of precision F64.
 * Instances are immutable, and threads share them.
 *
 * <p>An average starts as +0 and becomes {@code fma(x, factor, y)} for each element of the window,
 * row by row. A maximum is that of all elements as {@link Math#max} has it: NaN if one is, and +0
 * is above -0. All ways of evaluation give the same bits (any NaN is a NaN).
 */
public final class DoublePool {

  private final DoublePooling pooling;

  private DoublePool(DoublePooling pooling) {
    this.pooling = pooling;
  }

  /**
   * Averages.
   *
   * @param input the image
   * @param window how it moves, within the image
   * @param factor what each element is multiplied with
   * @throws IllegalArgumentException if the window does not fit, or has zeros around the image
   */
  public static DoublePool average(Grid input, Window window, double factor) {
    return new DoublePool(new DoublePooling(false, factor, input, window));
  }

  /**
   * Maxima.
   *
   * @param input the image
   * @param window how it moves, within the image
   * @throws IllegalArgumentException if the window does not fit, or has zeros around the image
   */
  public static DoublePool max(Grid input, Window window) {
    return new DoublePool(new DoublePooling(true, 1, input, window));
  }

  /** The image that it gives. */
  public Grid output() {
    return pooling.output;
  }

  /**
   * Evaluates the layer on one image.
   *
   * @param x {@code [c][h][w]}, at least as long
   * @param y {@code [c][h][w]}, at least as long, overwritten so far; not {@code x}
   */
  public void apply(double[] x, double[] y) {
    pooling.apply(x, y);
  }
}
