package io.lipc.certificate;

import java.util.List;

/**
 * Proves the gain of a convolution: on this torus, the convolution has no larger one at any
 * frequency. Whether the image fits on the torus is for the checker to say ({@code frequency}).
 *
 * @param cells {@code [down, right]}: how many cells it has, each of as many pixels of the image as
 *     the window moves by
 * @param twist {@code [down, right]}: going round once multiplies by {@code e^(2 pi i twist)}; 0 or
 *     1/2
 */
public record Torus(List<Integer> cells, List<Double> twist) implements GainWitness {

  /**
   * Checks that there are two axes.
   *
   * @throws IllegalArgumentException if a list has another length
   */
  public Torus {
    cells = List.copyOf(cells);
    twist = List.copyOf(twist);
    if (cells.size() != 2 || twist.size() != 2) {
      throw new IllegalArgumentException("a torus that does not have two axes");
    }
  }
}
