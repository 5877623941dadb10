package io.lipc.certificate.linear;

import io.lipc.formats.Weights;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Takes the elements of x with the given numbers, in that order.
 *
 * @param indices numbers of elements of x, counted from 0
 */
public record Selection(List<Integer> indices) implements LinearMap {

  /** Copies the list of numbers. */
  public Selection {
    indices = List.copyOf(indices);
  }

  @Override
  public String word() {
    return "select";
  }

  @Override
  public OptionalInt outputs(List<Integer> sizes) {
    boolean fits =
        sizes.size() == 1 && indices.stream().allMatch(i -> i >= 0 && i < sizes.getFirst());
    return fits ? OptionalInt.of(indices.size()) : OptionalInt.empty();
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    return i -> Row.copy(indices.get(i));
  }

  /** Where no element is taken twice, none can add more to the norm than it has. */
  @Override
  public OptionalDouble gain(Weights weights) {
    boolean once = indices.stream().distinct().count() == indices.size();
    return once ? OptionalDouble.of(1) : OptionalDouble.empty();
  }
}
