package io.lipc.certificate.linear;

import io.lipc.formats.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Subtracts the mean: {@code (I - c 1 1') x}, c a multiple of 2^-53 next to 1/n. So {@code 1 - c}
 * is a double, and so is c. The matrix is symmetric; its eigenvalues are 1 and {@code 1 - n c}, of
 * magnitude at most {@code n 2^-53}.
 */
public record Centering() implements LinearMap {

  /**
   * The coefficient c by which the sum of {@code size} elements is multiplied to give their mean:
   * 1/n, rounded to a multiple of 2^-53.
   */
  public static double share(int size) {
    return 1 - (1 - 1.0 / size);
  }

  @Override
  public String word() {
    return "center";
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    int size = sizes.getFirst();
    int[] all = IntStream.range(0, size).toArray();
    return i -> {
      double[] row = new double[size];
      Arrays.fill(row, -share(size));
      row[i] = 1 - share(size);
      return new Row(all, row);
    };
  }

  @Override
  public OptionalDouble gain(Weights weights) {
    return OptionalDouble.of(1);
  }
}
