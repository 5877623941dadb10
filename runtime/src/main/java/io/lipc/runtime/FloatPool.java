package io.lipc.runtime;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.runtime.layout.ImageSteps;
import io.lipc.runtime.layout.Spares;
import io.lipc.runtime.vector.VectorPools;

/**
 * Averages or maxima of each channel of an image over windows that lie within it, of precision F32.
 * Instances are immutable, and threads share them.
 *
 * <p>An average starts as +0 and becomes {@code fma(x, factor, y)} for each element of the window,
 * row by row. A maximum is that of all elements as {@link Math#max} has it: NaN if one is, and +0
 * is above -0. All ways of evaluation give the same bits (any NaN is a NaN).
 */
public final class FloatPool {

  private final boolean isMaximum;
  private final float factor;
  private final Grid output;
  private final Axis down;
  private final Axis right;
  private final ImageSteps flatInput;
  private final ImageSteps flatOutput;
  private final ImageLayout result;
  private final Spares<float[]> results;

  private FloatPool(boolean isMaximum, float factor, Grid input, Window window) {
    this.isMaximum = isMaximum;
    this.factor = factor;
    this.output = output(input, window);
    this.down = window.vertical();
    this.right = window.horizontal();
    this.flatInput = ImageSteps.flat(input);
    this.flatOutput = ImageSteps.flat(output);
    this.result = ImageLayout.of(output);
    this.results = new Spares<>(result::allocate);
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
  public static FloatPool average(Grid input, Window window, float factor) {
    return new FloatPool(false, factor, input, window);
  }

  /**
   * Maxima.
   *
   * @param input the image
   * @param window how it moves, within the image
   * @throws IllegalArgumentException if the window does not fit, or has zeros around the image
   */
  public static FloatPool max(Grid input, Window window) {
    return new FloatPool(true, 1, input, window);
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
  public void apply(float[] x, float[] y) {
    apply(x, flatInput, y, flatOutput);
  }

  /**
   * Evaluates the layer on one image that lies as convolutions read it, and leaves the result as
   * the next one does.
   *
   * @param from a layout of the image
   * @param x in that layout
   * @param to a layout of the result
   * @param y in that layout, its grid overwritten; not {@code x}
   */
  public void apply(ImageLayout from, float[] x, ImageLayout to, float[] y) {
    apply(KernelVariant.chosen().runsVectors(), from, x, to, y);
  }

  /** The same, by vectors or without. */
  void apply(boolean vectors, ImageLayout from, float[] x, ImageLayout to, float[] y) {
    if (vectors) {
      for (int p = 0; p < output.height(); p++) {
        int at = from.first() + p * down.stride() * from.rowLength();
        vectorRow(x, at, from.rowLength(), y, to.first() + p * to.rowLength());
      }
    } else {
      apply(x, from.steps(), y, to.steps());
    }
  }

  private void vectorRow(float[] x, int at, int line, float[] y, int to) {
    int channels = output.channels();
    int pixels = output.width();
    int pixelStep = right.stride() * channels;
    int rows = down.kernel();
    int rowStep = down.dilation() * line;
    int columns = right.kernel();
    int columnStep = right.dilation() * channels;
    if (isMaximum) {
      VectorPools.max(
          x, at, pixelStep, rows, rowStep, columns, columnStep, y, to, pixels, channels);
    } else {
      VectorPools.average(
          x, at, pixelStep, rows, rowStep, columns, columnStep, factor, y, to, pixels, channels);
    }
  }

  /**
   * Evaluates the layer on one image that lies as convolutions read it, and leaves the result as a
   * vector.
   *
   * @param from a layout of the image
   * @param x in that layout
   * @param y {@code [c][h][w]}, at least as long, overwritten so far; not {@code x}
   */
  public void leave(ImageLayout from, float[] x, float[] y) {
    if (KernelVariant.chosen().runsVectors()) {
      float[] image = results.take();
      apply(true, from, x, result, image);
      result.leave(image, y);
      results.giveBack(image);
    } else {
      apply(x, from.steps(), y, flatOutput);
    }
  }

  private void apply(float[] x, ImageSteps from, float[] y, ImageSteps to) {
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
  private void row(float[] x, int at, ImageSteps from, float[] y, int to, int step) {
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

  private void raise(float[] x, int first, int pixelStep, float[] y, int to, int step) {
    for (int q = 0; q < output.width(); q++) {
      y[to + q * step] = Math.max(x[first + q * pixelStep], y[to + q * step]);
    }
  }

  private void add(float[] x, int first, int pixelStep, float[] y, int to, int step) {
    for (int q = 0; q < output.width(); q++) {
      y[to + q * step] = Math.fma(x[first + q * pixelStep], factor, y[to + q * step]);
    }
  }
}
