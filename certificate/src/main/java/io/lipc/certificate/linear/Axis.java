package io.lipc.certificate.linear;

import java.util.OptionalInt;

/**
 * How a window moves along one axis of a grid. Its element u lies at pixel {@code stride p +
 * dilation u - before} when it gives pixel p; what lies outside the grid is zero.
 *
 * @param kernel the number of its elements
 * @param stride by how many pixels it moves
 * @param before the zeros before the first pixel
 * @param after the zeros behind the last pixel
 * @param dilation the distance of neighbouring elements, 1 where they are neighbours on the grid
 */
public record Axis(int kernel, int stride, int before, int after, int dilation) {

  /** A window whose elements are neighbours, over a grid without zeros around it. */
  public static Axis of(int kernel, int stride) {
    return new Axis(kernel, stride, 0, 0, 1);
  }

  /**
   * The number of pixels that it gives of {@code extent} pixels.
   *
   * @return empty where the window does not fit into the grid with its zeros, or has no meaning: a
   *     kernel, stride or dilation that is not positive, or a number of zeros that is negative or
   *     above 2^24
   */
  public OptionalInt outputs(int extent) {
    boolean padded = isCount(before) && isCount(after);
    boolean sound = kernel > 0 && stride > 0 && dilation > 0 && padded;
    long room = (long) extent + before + after - span();
    return sound && extent > 0 && room >= 0
        ? OptionalInt.of((int) (room / stride) + 1)
        : OptionalInt.empty();
  }

  /** Small enough that sums of a few do not overflow. */
  private static boolean isCount(int zeros) {
    return zeros >= 0 && zeros <= Grid.MAX_ELEMENTS;
  }

  /** The pixels from its first element to its last, both counted. */
  public long span() {
    return (kernel - 1L) * dilation + 1;
  }

  /** The place of element {@code u} for the output {@code pixel}: perhaps outside the grid. */
  public int place(int pixel, int u) {
    return pixel * stride + u * dilation - before;
  }

  /** The most windows that have one pixel in common. */
  int overlap() {
    return Math.ceilDiv(kernel, stride);
  }
}
