package io.lipc.certificate.linear;

import io.lipc.formats.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/**
 * Scales and shifts each element: {@code scale_i x_i + shift_i}.
 *
 * @param scale the factors, one per element
 * @param shift what is added, one number per element
 */
public record Diagonal(List<Double> scale, List<Double> shift) implements LinearMap {

  /** Copies both lists, which must be of one size. */
  public Diagonal {
    scale = List.copyOf(scale);
    shift = List.copyOf(shift);
    if (scale.size() != shift.size()) {
      throw new IllegalArgumentException("an affine map of several sizes");
    }
  }

  @Override
  public String word() {
    return "affine";
  }

  @Override
  public OptionalInt outputs(List<Integer> sizes) {
    return sizes.equals(List.of(scale.size())) ? OptionalInt.of(scale.size()) : OptionalInt.empty();
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    return i -> new Row(new int[] {i}, new double[] {scale.get(i)});
  }

  @Override
  public IntToDoubleFunction shift(Weights weights) {
    return shift::get;
  }

  @Override
  public Optional<LinearMap> onRows() {
    return scale.stream().distinct().count() == 1
        ? Optional.of(new Scaling(scale.getFirst()))
        : Optional.empty();
  }

  @Override
  public OptionalDouble gain(Weights weights) {
    return scale.stream().mapToDouble(Math::abs).max();
  }

  @Override
  public List<Double> constants() {
    return Stream.concat(scale.stream(), shift.stream()).toList();
  }
}
