package io.lipc.certificate.linear;

import java.util.List;

/**
 * A rectangle of elements that moves over a grid of pixels, one {@link Axis} from top to bottom and
 * one from left to right.
 *
 * @param vertical along the height of the grid
 * @param horizontal along its width
 */
public record Window(Axis vertical, Axis horizontal) {

  /** The same along both axes. */
  public static Window square(Axis axis) {
    return new Window(axis, axis);
  }

  /** The number of its elements. */
  public int area() {
    return Math.multiplyExact(vertical.kernel(), horizontal.kernel());
  }

  /** The most windows that have one pixel in common, if their elements are neighbours. */
  public int overlap() {
    return vertical.overlap() * horizontal.overlap();
  }

  /** The extents of its elements: {@code [height, width]}. */
  public List<Integer> kernel() {
    return List.of(vertical.kernel(), horizontal.kernel());
  }

  /** The number of pixels by which it moves: {@code [down, right]}. */
  public List<Integer> stride() {
    return List.of(vertical.stride(), horizontal.stride());
  }

  /** The zeros around the grid: {@code [above, left, below, right]}. */
  public List<Integer> padding() {
    return List.of(vertical.before(), horizontal.before(), vertical.after(), horizontal.after());
  }

  /** The distances of neighbouring elements: {@code [down, right]}. */
  public List<Integer> dilation() {
    return List.of(vertical.dilation(), horizontal.dilation());
  }

  /** Whether no pixel outside the grid is read, and its elements are neighbours. */
  public boolean isPlain() {
    return padding().equals(List.of(0, 0, 0, 0)) && dilation().equals(List.of(1, 1));
  }

  /**
   * A window that reads no pixel outside the grid, and whose elements are neighbours.
   *
   * @param kernel {@code [height, width]}
   * @param stride {@code [down, right]}
   * @throws IllegalArgumentException if a list has another length
   */
  public static Window plain(List<Integer> kernel, List<Integer> stride) {
    return of(kernel, stride, List.of(0, 0, 0, 0), List.of(1, 1));
  }

  /**
   * A window of the lists that certificates write.
   *
   * @param kernel {@code [height, width]}
   * @param stride {@code [down, right]}
   * @param padding {@code [above, left, below, right]}
   * @param dilation {@code [down, right]}
   * @throws IllegalArgumentException if a list has another length
   */
  public static Window of(
      List<Integer> kernel, List<Integer> stride, List<Integer> padding, List<Integer> dilation) {
    boolean fits = kernel.size() == 2 && stride.size() == 2 && dilation.size() == 2;
    if (!fits || padding.size() != 4) {
      throw new IllegalArgumentException("a window that does not have two axes");
    }
    return new Window(
        new Axis(kernel.get(0), stride.get(0), padding.get(0), padding.get(2), dilation.get(0)),
        new Axis(kernel.get(1), stride.get(1), padding.get(1), padding.get(3), dilation.get(1)));
  }
}
