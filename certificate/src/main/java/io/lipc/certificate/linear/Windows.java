package io.lipc.certificate.linear;

import java.util.Arrays;

/**
 * Which elements of an image the windows of a map read: those of output number i are, channel by
 * channel and row by row, what lies within the image.
 */
public final class Windows {

  private final Grid input;
  private final Grid output;
  private final Window window;

  /** How many channels each output reads. */
  private final int read;

  /** How many channels of the output read the same channels. */
  private final int sharing;

  private Windows(Grid input, Grid output, Window window, int read, int sharing) {
    this.input = input;
    this.output = output;
    this.window = window;
    this.read = read;
    this.sharing = sharing;
  }

  /** The windows of a convolution. */
  public static Windows of(Convolution map) {
    int read = map.input().channels() / map.groups();
    int sharing = map.channels() / map.groups();
    return new Windows(map.input(), map.output(), map.window(), read, sharing);
  }

  /** The windows of a pool, each of which reads the channel that it gives. */
  public static Windows ofPool(Grid input, Window window) {
    return new Windows(input, input.pooled(window), window, 1, 1);
  }

  /** A consumer of one element of a window. */
  public interface Tap {

    /**
     * An element of the window.
     *
     * @param place where it stands in the image's vector
     * @param number its number within the window: {@code (channel height + row) width + column}
     */
    void at(int place, int number);
  }

  /** The channel of output number i. */
  public int channel(int i) {
    return i / output.pixels();
  }

  /** Shows each element that output number i reads, in the order of their places. */
  public void forEach(int i, Tap tap) {
    int pixel = i % output.pixels();
    int first = channel(i) / sharing * read;
    for (int c = 0; c < read; c++) {
      inChannel(pixel, c, first + c, tap);
    }
  }

  private void inChannel(int pixel, int number, int channel, Tap tap) {
    Axis down = window.vertical();
    Axis right = window.horizontal();
    for (int u = 0; u < down.kernel(); u++) {
      int y = down.place(pixel / output.width(), u);
      for (int v = 0; v < right.kernel() && y >= 0 && y < input.height(); v++) {
        int x = right.place(pixel % output.width(), v);
        if (x >= 0 && x < input.width()) {
          int place = (channel * input.height() + y) * input.width() + x;
          tap.at(place, (number * down.kernel() + u) * right.kernel() + v);
        }
      }
    }
  }

  /** The places in the image's vector of the elements that output number i reads. */
  public int[] places(int i) {
    int[] places = new int[read * window.area()];
    int[] count = new int[1];
    forEach(i, (place, _) -> places[count[0]++] = place);
    return Arrays.copyOf(places, count[0]);
  }

  /**
   * A row of a matrix whose coefficients are those of the window. It is never empty: where all of a
   * window lies outside the image, it has the first element, zero times.
   *
   * @param factors by the number of an element within the window
   */
  LinearMap.Row row(int i, double[] factors) {
    int[] places = new int[Math.max(1, factors.length)];
    double[] found = new double[places.length];
    int[] count = new int[1];
    forEach(
        i,
        (place, number) -> {
          places[count[0]] = place;
          found[count[0]++] = factors[number];
        });
    int size = Math.max(1, count[0]);
    return new LinearMap.Row(Arrays.copyOf(places, size), Arrays.copyOf(found, size));
  }
}
