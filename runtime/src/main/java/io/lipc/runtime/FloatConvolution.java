package io.lipc.runtime;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.runtime.layout.Spares;

/**
 * A convolution of precision F32, with or without a relu behind it, its weights packed once for the
 * kernels that run it. Instances are immutable, and threads share them.
 *
 * <p>Element (o, p, q) of y starts as b_o and becomes {@code fma(x, w, y)} for each element (u, v)
 * of the kernel, row by row, and for each of them for every channel i of the group of o: so i is
 * fastest. Where the window lies outside the image, x is +0, and the product is added all the same:
 * to leave it out could change the sign of a zero, or lose a NaN. Every kernel keeps to this order,
 * so one image or a batch, scalar or vector instructions, one thread or many: the bits are the same
 * (any NaN is a NaN), as of {@link FloatDense}.
 */
public abstract sealed class FloatConvolution
    permits WindowConvolution, VectorConvolution, SwitchingConvolution {

  /** The convolution that is computed; the names of its tensors have no meaning here. */
  final Convolution map;

  private final ImageLayout input;
  private final ImageLayout result;
  private final Spares<float[]> images;
  private final Spares<float[]> results;

  /**
   * A convolution that reads images in a layout.
   *
   * @param input of the image that it reads, with at least the zeros that its window reads
   */
  FloatConvolution(Convolution map, ImageLayout input) {
    this.map = map;
    this.input = input;
    this.result = ImageLayout.of(map.output());
    this.images = new Spares<>(input::allocate);
    this.results = new Spares<>(result::allocate);
  }

  /**
   * A convolution as it is.
   *
   * @param map its extents
   * @param weight {@code [o][i][u][v]}, v fastest; not changed, but perhaps kept
   * @param bias of each channel of the result; not changed, but perhaps kept
   */
  public static FloatConvolution linear(Convolution map, float[] weight, float[] bias) {
    return linear(map, ImageLayout.of(map.input(), map.window()), weight, bias);
  }

  /**
   * A convolution as it is, of images that another layer reads, too.
   *
   * @param map its extents
   * @param input of the image that it reads, with at least the zeros that its window reads
   * @param weight {@code [o][i][u][v]}, v fastest; not changed, but perhaps kept
   * @param bias of each channel of the result; not changed, but perhaps kept
   */
  public static FloatConvolution linear(
      Convolution map, ImageLayout input, float[] weight, float[] bias) {
    return KernelVariant.chosen().convolution(map, input, weight, bias, false);
  }

  /**
   * A convolution with its activation: {@code max(y, 0)}.
   *
   * @param map its extents
   * @param weight {@code [o][i][u][v]}, v fastest; not changed, but perhaps kept
   * @param bias of each channel of the result; not changed, but perhaps kept
   */
  public static FloatConvolution relu(Convolution map, float[] weight, float[] bias) {
    return relu(map, ImageLayout.of(map.input(), map.window()), weight, bias);
  }

  /**
   * A convolution with its activation, of images that another layer reads, too.
   *
   * @param map its extents
   * @param input of the image that it reads, with at least the zeros that its window reads
   * @param weight {@code [o][i][u][v]}, v fastest; not changed, but perhaps kept
   * @param bias of each channel of the result; not changed, but perhaps kept
   */
  public static FloatConvolution relu(
      Convolution map, ImageLayout input, float[] weight, float[] bias) {
    return KernelVariant.chosen().convolution(map, input, weight, bias, true);
  }

  /**
   * The layout in which {@link #apply(float[], ImageLayout, float[])} reads an image: with the
   * zeros that it needs.
   */
  public final ImageLayout input() {
    return input;
  }

  /** The image that it gives. */
  public final Grid output() {
    return map.output();
  }

  /**
   * Evaluates the layer on one image.
   *
   * @param x {@code [c][h][w]}, at least as long
   * @param y {@code [c][h][w]}, at least as long, overwritten so far; not {@code x}
   */
  public abstract void apply(float[] x, float[] y);

  /**
   * Evaluates the layer on one image that lies as convolutions read it, and leaves the result as
   * the next one does: so nothing is converted between them.
   *
   * @param x in the layout {@link #input()}
   * @param layout of the result, whose grid is the convolution's: {@link #input()} of the next
   * @param y in that layout, its grid overwritten; not {@code x}
   */
  public abstract void apply(float[] x, ImageLayout layout, float[] y);

  /**
   * Evaluates the layer on one image that is a vector, and leaves the result as the next
   * convolution reads it.
   *
   * @param x {@code [c][h][w]}, at least as long
   * @param layout of the result, whose grid is the convolution's
   * @param y in that layout, its grid overwritten; not {@code x}
   */
  public final void enter(float[] x, ImageLayout layout, float[] y) {
    float[] image = images.take();
    input.enter(x, image);
    apply(image, layout, y);
    images.giveBack(image);
  }

  /**
   * Evaluates the layer on one image that lies as convolutions read it, and leaves the result as a
   * vector.
   *
   * @param x in the layout {@link #input()}
   * @param y {@code [c][h][w]}, at least as long, overwritten so far; not {@code x}
   */
  public final void leave(float[] x, float[] y) {
    float[] image = results.take();
    apply(x, result, image);
    result.leave(image, y);
    results.giveBack(image);
  }
}
