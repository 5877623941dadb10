package io.lipc.certifier;

import io.lipc.certificate.Torus;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Windowed;

/**
 * The torus on which the norm of a convolution is proved. The image, with zeros around it, is part
 * of the torus, on which the convolution has no smaller norm.
 *
 * @param torus on which the checker has accepted the norm
 */
public record Embedding(Windowed map, Torus torus) {

  /**
   * The embedding in words, sides in pixels: {@code grid 28x28 embedded in a torus of 29, twist
   * 1/2}. Where windows do not overlap, a single cell is enough, which may be smaller than the
   * grid.
   */
  @Override
  public String toString() {
    Grid grid = map.input();
    String image = "grid " + grid.height() + "x" + grid.width();
    int down = side(map.window().vertical(), 0);
    int across = side(map.window().horizontal(), 1);
    boolean apartDown = down < grid.height();
    boolean apartAcross = across < grid.width();
    if (apartDown && apartAcross) {
      return image + " in windows that do not overlap";
    }
    if (apartDown) {
      return image + " embedded in a torus of " + across + " across, " + twist();
    }
    if (apartAcross) {
      return image + " embedded in a torus of " + down + " down, " + twist();
    }
    String sides = down == across ? String.valueOf(down) : down + "x" + across;
    return image + " embedded in a torus of " + sides + ", " + twist();
  }

  private int side(Axis axis, int number) {
    return torus.cells().get(number) * axis.stride();
  }

  private String twist() {
    boolean down = torus.twist().getFirst() != 0;
    boolean across = torus.twist().getLast() != 0;
    if (down == across) {
      return down ? "twist 1/2" : "no twist";
    }
    return down ? "twist 1/2 down" : "twist 1/2 across";
  }
}
