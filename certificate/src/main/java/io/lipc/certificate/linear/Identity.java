package io.lipc.certificate.linear;

import io.lipc.formats.Weights;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/** The identity: gives x unchanged. */
public record Identity() implements RowWise {

  @Override
  public String word() {
    return "identity";
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    return Row::copy;
  }

  @Override
  public OptionalDouble gain(Weights weights) {
    return OptionalDouble.of(1);
  }
}
