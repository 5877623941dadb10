package io.lipc.runtime.layout;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;

/**
 * The elements of an image that each window of a convolution reads; the image is one vector, {@code
 * [c][h][w]}.
 */
public final class Windows {

  /** Instead of a place: +0, outside the image. */
  public static final int OUTSIDE = -1;

  private final Convolution map;
  private final Axis down;
  private final Axis right;
  private final int width;

  /** The windows of a convolution. */
  public Windows(Convolution map) {
    this.map = map;
    this.down = map.window().vertical();
    this.right = map.window().horizontal();
    this.width = map.output().width();
  }

  /** The number of elements that a window reads of the channels of a group. */
  public int size() {
    return map.read() * map.window().area();
  }

  /**
   * The places of the elements that a window reads, in the order of sums: (u, v, i), i fastest.
   *
   * @param pixel of the result
   * @param group of channels
   * @param places overwritten, {@link #OUTSIDE} where the window lies outside of the image
   */
  public void places(int pixel, int group, int[] places) {
    Grid input = map.input();
    int first = group * map.read() * input.pixels();
    int k = 0;
    for (int u = 0; u < down.kernel(); u++) {
      int row = down.place(pixel / width, u);
      for (int v = 0; v < right.kernel(); v++) {
        int column = right.place(pixel % width, v);
        boolean inside = isIn(row, input.height()) && isIn(column, input.width());
        int at = first + row * input.width() + column;
        for (int i = 0; i < map.read(); i++, k++) {
          places[k] = inside ? at + i * input.pixels() : OUTSIDE;
        }
      }
    }
  }

  private static boolean isIn(int place, int extent) {
    return place >= 0 && place < extent;
  }

  /**
   * The place in {@code [o][i][u][v]} of the weight that multiplies element k of a window in
   * channel o.
   */
  public int weight(int o, int k) {
    int area = map.window().area();
    return (o * map.read() + k % map.read()) * area + k / map.read();
  }
}
