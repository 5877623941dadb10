package io.lipc.training;

import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The free parameters of several networks, one network behind the other, beside tensors that stay
 * as they are.
 *
 * @param parts of the networks, in the order of their parameters
 * @param fixed tensors by name
 */
record JointParameterization(List<Part> parts, SortedMap<String, double[]> fixed)
    implements Parameterization {

  /**
   * The parameters of one network.
   *
   * @param prefix what the names of its tensors begin with
   */
  record Part(String prefix, Parameterization parameterization) {

    /** The tensors of this network among all, by their own names. */
    SortedMap<String, double[]> own(Map<String, double[]> all) {
      SortedMap<String, double[]> own = new TreeMap<>();
      all.forEach(
          (name, values) -> {
            if (name.startsWith(prefix)) {
              own.put(name.substring(prefix.length()), values);
            }
          });
      return own;
    }
  }

  JointParameterization {
    parts = List.copyOf(parts);
    fixed = Collections.unmodifiableSortedMap(new TreeMap<>(fixed));
  }

  @Override
  public int size() {
    return parts.stream()
        .mapToInt(part -> part.parameterization().size())
        .reduce(0, Math::addExact);
  }

  @Override
  public double[] initial(RandomGenerator random) {
    return parts.stream()
        .map(part -> part.parameterization().initial(random))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  /** The weights of each part, in the order of the parts. */
  List<Materialized> each(double[] parameters) {
    return Parameterization.materializeAll(
        parts.stream().map(Part::parameterization).toList(), parameters);
  }

  @Override
  public Materialized materialize(double[] parameters) {
    List<Materialized> made = each(parameters);
    SortedMap<String, double[]> tensors = new TreeMap<>(fixed);
    for (int k = 0; k < made.size(); k++) {
      String prefix = parts.get(k).prefix();
      made.get(k).tensors().forEach((name, values) -> tensors.put(prefix + name, values));
    }
    return new Joint(this, Collections.unmodifiableSortedMap(tensors), made);
  }

  private record Joint(
      JointParameterization parameterization,
      SortedMap<String, double[]> tensors,
      List<Materialized> made)
      implements Materialized {

    /** Each network is proved by its own ones, and their composition by their bounds. */
    @Override
    public List<double[]> multipliers() {
      return List.of();
    }

    @Override
    public double[] pullBack(Map<String, double[]> gradients) {
      List<double[]> own = new ArrayList<>();
      for (int k = 0; k < made.size(); k++) {
        own.add(made.get(k).pullBack(parameterization.parts().get(k).own(gradients)));
      }
      return own.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    @Override
    public void release() {
      made.forEach(Materialized::release);
    }
  }
}
