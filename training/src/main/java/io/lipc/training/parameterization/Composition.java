package io.lipc.training.parameterization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Constructions one behind the other, each of which reads what the one before it gives: such as
 * several {@link LdltResidual} blocks, which are trained together. So its bound is the product of
 * theirs.
 *
 * <p>With {@code S_k = L_k^2 |x_(k-1)|^2 - |x_k|^2 - Q_k} for the k-th part, where {@code Q_k} are
 * its slope constraints with its own multipliers, and {@code R_k}, the product of the squares of
 * the bounds behind it,
 *
 * <pre>
 * sum_k R_k S_k = L^2 |x_0|^2 - |x_n|^2 - sum_k R_k Q_k
 * </pre>
 *
 * So the multipliers of the whole are those of each part times {@code R_k}. A sum that stops within
 * part k is {@code R_1 S_1 + ... + R_(k-1) S_(k-1)} and the part of {@code S_k} before the stop,
 * times {@code R_k}; so the excess of a bound spreads over all parts as over one ({@link
 * Multipliers#spread}).
 */
public final class Composition implements Construction {

  private final List<Construction> parts;
  private final Layout layout;

  /**
   * Constructions in the order in which a network applies them.
   *
   * @param parts at least one
   * @throws IllegalArgumentException if there is none, or parameters of two have the same name
   */
  public Composition(List<? extends Construction> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a composition of nothing");
    }
    this.parts = List.copyOf(parts);
    Layout.Builder layout = new Layout.Builder();
    for (Construction part : parts) {
      for (FreeParameter parameter : part.freeParameters()) {
        layout.add(parameter.name(), parameter.rows(), parameter.columns());
      }
    }
    this.layout = layout.build();
  }

  @Override
  public double bound() {
    return parts.stream().mapToDouble(Construction::bound).reduce(1, (a, b) -> a * b);
  }

  @Override
  public boolean hasMultipliers() {
    return parts.stream().allMatch(Construction::hasMultipliers);
  }

  @Override
  public List<FreeParameter> freeParameters() {
    return layout.parameters();
  }

  @Override
  public double[] initial(RandomGenerator random) {
    return joined(parts, part -> part.initial(random));
  }

  @Override
  public Materialized materialize(double[] parameters) {
    List<Materialized> made = Parameterization.materializeAll(parts, parameters);
    return new Composed(tensors(made), hasMultipliers() ? multipliers(made) : List.of(), made);
  }

  private static SortedMap<String, double[]> tensors(List<Materialized> made) {
    SortedMap<String, double[]> tensors = new TreeMap<>();
    made.forEach(part -> tensors.putAll(part.tensors()));
    return Collections.unmodifiableSortedMap(tensors);
  }

  private List<double[]> multipliers(List<Materialized> made) {
    List<double[]> multipliers = new ArrayList<>();
    for (int k = 0; k < made.size(); k++) {
      double behind =
          parts.subList(k + 1, parts.size()).stream()
              .mapToDouble(part -> part.bound() * part.bound())
              .reduce(1, (a, b) -> a * b);
      for (double[] own : made.get(k).multipliers()) {
        multipliers.add(Arrays.stream(own).map(x -> behind * x).toArray());
      }
    }
    return List.copyOf(multipliers);
  }

  private static <T> double[] joined(List<T> parts, Function<T, double[]> numbers) {
    return parts.stream().map(numbers).flatMapToDouble(Arrays::stream).toArray();
  }

  private record Composed(
      SortedMap<String, double[]> tensors, List<double[]> multipliers, List<Materialized> parts)
      implements Materialized {

    @Override
    public double[] pullBack(Map<String, double[]> gradients) {
      return joined(parts, part -> part.pullBack(gradients));
    }

    @Override
    public void release() {
      parts.forEach(Materialized::release);
    }
  }
}
