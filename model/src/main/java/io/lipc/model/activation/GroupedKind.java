package io.lipc.model.activation;

import java.util.List;
import java.util.Optional;

/**
 * Activations of groups of neighbouring elements: each element of the result depends on all of its
 * group, so there are no slope bounds. The trusted core has the proved properties of each, {@code
 * io.lipc.certificate.activation.Group}.
 */
public enum GroupedKind implements ActivationKind {
  /**
   * Sorts neighbouring pairs: {@code y[2i] = max(x[2i], x[2i+1])} and {@code y[2i+1]} the minimum.
   * This sentence is the only definition of the pairing. It is 1-Lipschitz in l2 because each pair
   * is mapped by a permutation that depends on it continuously (Anil et al. 2019, GroupSort with
   * groups of two).
   */
  MAXMIN("maxmin"),
  /**
   * Sorts each group of {@code size} neighbours, the largest first; groups of two are {@link
   * #MAXMIN}. 1-Lipschitz in l2 by the rearrangement inequality (Anil et al. 2019).
   */
  GROUP_SORT("group_sort", Parameter.of("size", 4)),
  /**
   * {@code z + 2 v relu(-v'z)} for each pair z of neighbours, {@code v = (v0, v1)}: for a unit
   * vector v, z or its mirror image on the line across v (Singla et al. 2021, with {@code v =
   * (sin(t/2), -cos(t/2))} for the angle t). Defined for every v; its gain is {@code max(1, 2 v'v -
   * 1)}.
   */
  HOUSEHOLDER("householder", Parameter.of("v0", 0.6), Parameter.of("v1", -0.8)),
  /**
   * {@code e^(z_i/T) / sum_j e^(z_j/T)} over the whole vector, T the temperature; its gain in l2 is
   * {@code 1 / (2T)}.
   */
  SOFTMAX("softmax", new Parameter("temperature", ParameterDomain.ALL, Optional.of(1.0), 1)),
  /**
   * {@code (z_i - m) / sqrt(v + epsilon)} in each group of {@code size} neighbours, m their mean
   * and v the mean of the squares {@code (z_j - m)^2}; the group is the whole vector where the size
   * is 0. Its gain in l2 is {@code 1 / sqrt(epsilon)}. A scale and a shift of each element are
   * layers of their own.
   */
  LAYER_NORM(
      "layer_norm",
      Parameter.of("epsilon", 1e-5),
      new Parameter("size", ParameterDomain.ALL, Optional.of(0.0), 4)),
  /**
   * {@code z / |z|} of the whole vector, the length in l2, where no z that the network's box leads
   * to is shorter than {@code at_least}; on the whole space {@code z / max(|z|, at_least)}. Its
   * gain in l2 is {@code 1 / at_least}.
   */
  L2_NORMALIZE("l2_normalize", Parameter.of("at_least", 0.1));

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Parameter> parameters;

  GroupedKind(String word, Parameter... parameters) {
    this.word = word;
    this.parameters = List.of(parameters);
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public Activation.Grouped with(List<Double> parameters) {
    return new Activation.Grouped(this, parameters);
  }
}
