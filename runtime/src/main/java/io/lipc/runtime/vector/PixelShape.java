package io.lipc.runtime.vector;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;

/**
 * The shape of a convolution, as {@link PixelTiles} needs it: the extents of its result, and the
 * places of the elements that it reads in an image as {@code ImageLayout} lays it out, counted in
 * floats.
 *
 * @param channels of the result, whole vectors of them
 * @param height of the result
 * @param width of the result
 * @param start where the window of the first pixel begins
 * @param kernelRows the rows of the kernel
 * @param runs into how many runs of neighbouring floats a row of the kernel falls: one, where its
 *     elements are neighbours
 * @param run how many floats are a run
 * @param runStep from one run to the next
 * @param rowStep from one row of the kernel to the next
 * @param lineStep from what a row of the result reads to what the next one reads
 * @param pixelStep from what a pixel reads to what its right neighbour reads
 * @param pixelsByOne of a tile of one vector of channels
 * @param pixelsByTwo of a tile of two
 */
public record PixelShape(
    int channels,
    int height,
    int width,
    int start,
    int kernelRows,
    int runs,
    int run,
    int runStep,
    int rowStep,
    int lineStep,
    int pixelStep,
    int pixelsByOne,
    int pixelsByTwo) {

  /** The number of pixels of the largest tile of one vector. */
  private static final int MOST_PIXELS = 14;

  /**
   * The shape of a convolution without groups.
   *
   * @param outputs the channels of the result, whole vectors of them
   * @param above how many rows of zeros stand above the image that it reads
   * @param left how many columns of zeros stand to the left
   * @param line the floats of a row of that image, zeros included
   * @param sums how many a tile has at most, from 2 to 16
   */
  public static PixelShape of(
      Convolution map, int outputs, int above, int left, int line, int sums) {
    Axis down = map.window().vertical();
    Axis right = map.window().horizontal();
    Grid output = map.output();
    int channels = map.input().channels();
    boolean neighbours = right.dilation() == 1;
    return new PixelShape(
        outputs,
        output.height(),
        output.width(),
        (above - down.before()) * line + (left - right.before()) * channels,
        down.kernel(),
        neighbours ? 1 : right.kernel(),
        neighbours ? right.kernel() * channels : channels,
        right.dilation() * channels,
        down.dilation() * line,
        down.stride() * line,
        right.stride() * channels,
        pixels(output.width(), Math.min(sums, MOST_PIXELS)),
        pixels(output.width(), sums / 2));
  }

  /** The shape with which the calling hidden class was loaded. */
  static PixelShape ofHiddenClass(Lookup lookup) {
    try {
      return MethodHandles.classData(lookup, "_", PixelShape.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * How many pixels make tiles that cover a row of {@code width} in the least time. A tile costs
   * about what another pixel would, besides its products; of equals, the larger has more sums to do
   * at once.
   */
  static int pixels(int width, int most) {
    int best = 1;
    for (int pixels = 2; pixels <= Math.min(width, most); pixels++) {
      if (cost(width, pixels) <= cost(width, best)) {
        best = pixels;
      }
    }
    return best;
  }

  private static int cost(int width, int pixels) {
    return Math.ceilDiv(width, pixels) * (pixels + 1);
  }
}
