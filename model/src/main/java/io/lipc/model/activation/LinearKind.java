package io.lipc.model.activation;

import java.util.List;

/**
 * Linear maps that the language writes like activations: maps of the whole vector, without
 * constants.
 */
public enum LinearKind implements ActivationKind {
  /** {@code t} itself. */
  IDENTITY("identity"),
  /**
   * {@code z_i - c (z_0 + z_1 + ...)} over the whole vector of n elements, c the multiple of 2^-53
   * next to 1/n: the mean is subtracted. 1-Lipschitz in l2: the matrix is symmetric, with the
   * eigenvalues 1 and {@code 1 - n c}, which is next to 0.
   */
  CENTER("center");

  private final String word;

  LinearKind(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Activation.Linear with(List<Double> parameters) {
    return Activation.Linear.of(this, parameters);
  }
}
