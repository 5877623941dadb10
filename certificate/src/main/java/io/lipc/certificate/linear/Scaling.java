package io.lipc.certificate.linear;

import io.lipc.formats.Weights;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Multiplies every element of x by one constant: {@code factor x}.
 *
 * @param factor finite
 */
public record Scaling(double factor) implements RowWise {

  @Override
  public String word() {
    return "scale";
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    return i -> new Row(new int[] {i}, new double[] {factor});
  }

  @Override
  public List<Double> constants() {
    return List.of(factor);
  }
}
