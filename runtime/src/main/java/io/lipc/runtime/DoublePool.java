package io.lipc.runtime;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.runtime.layout.ImageSteps;

/**
 * Averages or maxima of each channel of an image over windows that lie within it, of precision F64.
 * Instances are immutable, and threads share them.
 *
 * <p>An average starts as +0 and becomes {@code fma(x, factor, y)} for each element of the window,
 * row by row. A maximum is that of all elements as {@link Math#max} has it: NaN if one is, and +0
 * is above -0. All ways of evaluation give the same bits (any NaN is a NaN).
 */
public final class DoublePool {

  private final boolean isMaximum;
  private final double factor;
  private final Grid output;
  private final Axis down;
  private final Axis right;
  private final ImageSteps flatInput;
  private final ImageSteps flatOutput;

  private DoublePool(boolean isMaximum, double factor, Grid input, Window window) {
    this.isMaximum = isMaximum;
    this.factor = factor;
    this.output = output(input, window);
    this.down = window.vertical();
    this.right = window.horizontal();
    this.flatInput = ImageSteps.flat(input);
    this.flatOutput = ImageSteps.flat(output);
  }

  private static Grid output(Grid input, Window window) {
    if (!window.isPlain()) {
      throw new IllegalArgumentException("a pool with zeros around its image");
    }
    return input
        .through(window, input.channels())
        .orElseThrow(
            () -> new IllegalArgumentException("a window that does not fit into " + input));
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
    return new DoublePool(false, factor, input, window);
  }

  /**
   * Maxima.
   *
   * @param input the image
   * @param window how it moves, within the image
   * @throws IllegalArgumentException if the window does not fit, or has zeros around the image
   */
  public static DoublePool max(Grid input, Window window) {
    return new DoublePool(true, 1, input, window);
  }

  /** The image that it gives. */
  public Grid output() {
    return output;
  }

  /**
   * Evaluates the layer on one image.
   *
   * @param x {@code [c][h][w]}, at least as long
   * @param y {@code [c][h][w]}, at least as long, overwritten so far; not {@code x}
   */
  public void apply(double[] x, double[] y) {
    apply(x, flatInput, y, flatOutput);
  }

  private void apply(double[] x, ImageSteps from, double[] y, ImageSteps to) {
    for (int p = 0; p < output.height(); p++) {
      for (int c = 0; c < output.channels(); c++) {
        int at = from.place(c, p * down.stride());
        row(x, at, from, y, to.place(c, p), to.pixel());
      }
    }
  }

  /**
   * A row of one channel, one element of all windows after the other: where a loop ends in a single
   * maximum, C2 compares and jumps, and random numbers take twice as long.
   */
  private void row(double[] x, int at, ImageSteps from, double[] y, int to, int step) {
    int pixelStep = from.pixel() * right.stride();
    for (int q = 0; q < output.width(); q++) {
      y[to + q * step] = isMaximum ? x[at + q * pixelStep] : 0;
    }
    for (int u = 0; u < down.kernel(); u++) {
      for (int v = 0; v < right.kernel(); v++) {
        int first = at + u * from.row() * down.dilation() + v * from.pixel() * right.dilation();
        if (isMaximum) {
          raise(x, first, pixelStep, y, to, step);
        } else {
          add(x, first, pixelStep, y, to, step);
        }
      }
    }
  }

  private void raise(double[] x, int first, int pixelStep, double[] y, int to, int step) {
    for (int q = 0; q < output.width(); q++) {
      y[to + q * step] = Math.max(x[first + q * pixelStep], y[to + q * step]);
    }
  }

  private void add(double[] x, int first, int pixelStep, double[] y, int to, int step) {
    for (int q = 0; q < output.width(); q++) {
      y[to + q * step] = Math.fma(x[first + q * pixelStep], factor, y[to + q * step]);
    }
  }
}
