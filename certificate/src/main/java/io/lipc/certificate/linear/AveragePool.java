package io.lipc.certificate.linear;

import io.lipc.formats.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * The mean of each channel over a window: {@code factor} times the sum of its elements.
 *
 * @param input the image that it reads
 * @param window how it moves, within the grid
 * @param factor one divided by the number of the window's elements, as the format of the network
 *     rounds it: what is multiplied by, exactly
 */
public record AveragePool(Grid input, Window window, double factor) implements Windowed {

  private static final double SMALL = 0x1p-500;

  /**
   * Checks that there is such a map.
   *
   * @throws IllegalArgumentException if the window does not fit into the image without zeros around
   *     it, or its elements are not neighbours
   */
  public AveragePool {
    input.pooled(window);
  }

  @Override
  public String word() {
    return "average_pool";
  }

  @Override
  public Grid output() {
    return input.pooled(window);
  }

  @Override
  public OptionalInt outputs(List<Integer> sizes) {
    return input.isOf(sizes) ? output().size() : OptionalInt.empty();
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    Windows windows = Windows.ofPool(input, window);
    double[] factors = new double[window.area()];
    Arrays.fill(factors, factor);
    return i -> windows.row(i, factors);
  }

  /**
   * A row of the matrix has {@code area} factors, a column at most as many as windows overlap. The
   * norm is at most the root of the largest absolute sum of a row times that of a column (Schur):
   * {@code factor sqrt(area overlap)}, both rounded up. The rounding error of a product that is not
   * small is computed exactly.
   */
  @Override
  public OptionalDouble gain(Weights weights) {
    double square = (double) window.area() * window.overlap();
    double nearest = Math.sqrt(square);
    double root = Math.fma(nearest, nearest, -square) >= 0 ? nearest : Math.nextUp(nearest);
    double gain = Math.abs(factor) * root;
    boolean exact = gain >= SMALL && Math.fma(Math.abs(factor), root, -gain) <= 0;
    return OptionalDouble.of(exact ? gain : Math.nextUp(gain));
  }

  @Override
  public List<Double> constants() {
    return List.of(factor);
  }
}
