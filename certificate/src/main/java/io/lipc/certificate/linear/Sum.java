package io.lipc.certificate.linear;

import io.lipc.formats.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Adds two or more operands of one size, element by element. */
public record Sum() implements RowWise {

  @Override
  public String word() {
    return "sum";
  }

  @Override
  public OptionalInt outputs(List<Integer> sizes) {
    boolean fits = sizes.size() > 1 && sizes.stream().distinct().count() == 1;
    return fits ? OptionalInt.of(sizes.getFirst()) : OptionalInt.empty();
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    int size = sizes.getFirst();
    double[] ones = new double[sizes.size()];
    Arrays.fill(ones, 1);
    return i ->
        new Row(IntStream.range(0, ones.length).map(k -> k * size + i).toArray(), ones.clone());
  }
}
