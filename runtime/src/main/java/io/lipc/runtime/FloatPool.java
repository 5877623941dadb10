package io.lipc.runtime;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
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

  private final FloatPooling pooling;
  private final ImageLayout result;
  private final Spares<float[]> results;

  private FloatPool(FloatPooling pooling) {
    this.pooling = pooling;
    this.result = ImageLayout.of(pooling.output);
    this.results = new Spares<>(result::allocate);
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
    return new FloatPool(new FloatPooling(false, factor, input, window));
  }

  /**
   * Maxima.
   *
   * @param input the image
   * @param window how it moves, within the image
   * @throws IllegalArgumentException if the window does not fit, or has zeros around the image
   */
  public static FloatPool max(Grid input, Window window) {
    return new FloatPool(new FloatPooling(true, 1, input, window));
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
  public void apply(float[] x, float[] y) {
    pooling.apply(x, y);
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
      for (int p = 0; p < pooling.output.height(); p++) {
        int at = from.first() + p * pooling.down.stride() * from.rowLength();
        vectorRow(x, at, from.rowLength(), y, to.first() + p * to.rowLength());
      }
    } else {
      pooling.apply(x, from.steps(), y, to.steps());
    }
  }

  private void vectorRow(float[] x, int at, int line, float[] y, int to) {
    int channels = pooling.output.channels();
    int pixels = pooling.output.width();
    int pixelStep = pooling.right.stride() * channels;
    int rows = pooling.down.kernel();
    int rowStep = pooling.down.dilation() * line;
    int columns = pooling.right.kernel();
    int columnStep = pooling.right.dilation() * channels;
    if (pooling.isMaximum) {
      VectorPools.max(
          x, at, pixelStep, rows, rowStep, columns, columnStep, y, to, pixels, channels);
    } else {
      VectorPools.average(
          x,
          at,
          pixelStep,
          rows,
          rowStep,
          columns,
          columnStep,
          pooling.factor,
          y,
          to,
          pixels,
          channels);
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
      pooling.apply(x, from.steps(), y);
    }
  }
}
