package io.lipc.runtime.layout;

import io.lipc.certificate.linear.Grid;

/**
 * The places of an image's elements in an array, counted in floats.
 *
 * @param first the first one
 * @param channel from an element to the next channel
 * @param row to the next row
 * @param pixel to the next pixel of a row
 */
public record ImageSteps(int first, int channel, int row, int pixel) {

  /** The steps of an image that is one vector, {@code [c][h][w]}. */
  public static ImageSteps flat(Grid grid) {
    return new ImageSteps(0, grid.pixels(), grid.width(), 1);
  }

  /** The place of a channel's first element in a row. */
  public int place(int c, int p) {
    return first + c * channel + p * row;
  }
}
