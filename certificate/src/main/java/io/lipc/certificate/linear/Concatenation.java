package io.lipc.certificate.linear;

import io.lipc.formats.Weights;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** Joins two or more operands, one after the other, into one vector. */
public record Concatenation() implements RowWise {

  @Override
  public String word() {
    return "concat";
  }

  @Override
  public OptionalInt outputs(List<Integer> sizes) {
    long all = sizes.stream().mapToLong(Integer::intValue).sum();
    boolean fits = sizes.size() > 1 && all == (int) all;
    return fits ? OptionalInt.of((int) all) : OptionalInt.empty();
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    return Row::copy;
  }
}
