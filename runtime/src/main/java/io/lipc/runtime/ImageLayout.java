package io.lipc.runtime;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.runtime.layout.ImageSteps;
import io.lipc.runtime.vector.VectorTransposition;

/**
 * The layout of an image between layers that read it by windows: {@code [h][w][c]}, the channels of
 * a pixel side by side, with rows and columns of +0 around the grid. At the boundary of a network,
 * and wherever an image is one vector, it is {@code [c][h][w]} without zeros.
 *
 * <p>Layers write no float that is not of the grid, so an array of {@link #allocate()} keeps its
 * zeros as long as it holds images of one layout only.
 *
 * @param grid the image
 * @param above how many rows of zeros stand above it
 * @param left how many columns of zeros stand to the left
 * @param below how many rows of zeros stand below
 * @param right how many columns of zeros stand to the right
 */
public record ImageLayout(Grid grid, int above, int left, int below, int right) {

  /**
   * Checks that an array can hold it.
   *
   * @throws ArithmeticException if there are too many floats
   */
  public ImageLayout {
    Math.multiplyExact(
        Math.multiplyExact(
            Math.addExact(grid.height(), Math.addExact(above, below)),
            Math.addExact(grid.width(), Math.addExact(left, right))),
        grid.channels());
  }

  /** An image without zeros around it. */
  public static ImageLayout of(Grid grid) {
    return new ImageLayout(grid, 0, 0, 0, 0);
  }

  /** An image with as many zeros around it as a window reads. */
  public static ImageLayout of(Grid grid, Window window) {
    Axis down = window.vertical();
    Axis across = window.horizontal();
    return new ImageLayout(grid, down.before(), across.before(), down.after(), across.after());
  }

  /** The number of floats of a row of pixels, zeros included. */
  int rowLength() {
    return (left + grid.width() + right) * grid.channels();
  }

  /** The index of the first pixel's first float. */
  int first() {
    return above * rowLength() + left * grid.channels();
  }

  /** The steps between its elements. */
  ImageSteps steps() {
    return new ImageSteps(first(), 1, rowLength(), grid.channels());
  }

  /** The number of floats. */
  public int size() {
    return (above + grid.height() + below) * rowLength();
  }

  /** An image, all +0. */
  public float[] allocate() {
    return new float[size()];
  }

  /**
   * Puts an image into this layout.
   *
   * @param flat {@code [c][h][w]}
   * @param image from {@link #allocate()}; its grid is overwritten
   */
  public void enter(float[] flat, float[] image) {
    int channels = grid.channels();
    int width = grid.width();
    boolean vectors = runsVectors(channels, width);
    for (int p = 0; p < grid.height(); p++) {
      int to = first() + p * rowLength();
      if (channels == 1) {
        System.arraycopy(flat, p * width, image, to, width);
      } else if (vectors) {
        VectorTransposition.transpose(
            flat, p * width, grid.pixels(), image, to, channels, channels, width);
      } else {
        Transposed.transpose(flat, p * width, grid.pixels(), image, to, channels, channels, width);
      }
    }
  }

  /**
   * Takes an image out of this layout.
   *
   * @param image in this layout
   * @param flat {@code [c][h][w]}, overwritten
   */
  public void leave(float[] image, float[] flat) {
    leave(image, grid.channels(), flat);
  }

  /** Takes the first so many channels out. */
  void leave(float[] image, int channels, float[] flat) {
    int width = grid.width();
    int pitch = grid.channels();
    boolean vectors = runsVectors(channels, width);
    for (int p = 0; p < grid.height(); p++) {
      int from = first() + p * rowLength();
      if (pitch == 1) {
        System.arraycopy(image, from, flat, p * width, width);
      } else if (vectors) {
        VectorTransposition.transpose(
            image, from, pitch, flat, p * width, grid.pixels(), width, channels);
      } else {
        Transposed.transpose(image, from, pitch, flat, p * width, grid.pixels(), width, channels);
      }
    }
  }

  private static boolean runsVectors(int channels, int width) {
    return KernelVariant.chosen().runsVectors() && VectorTransposition.isPossible(channels, width);
  }
}
