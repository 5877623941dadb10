package io.lipc.training.parameterization;

import io.lipc.formats.Quoted;

/**
 * A factorisation met a pivot that is not positive and finite. Its message names the layer and the
 * matrix.
 */
public final class FactorizationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * An exception about the factorisation of {@code matrix} in the construction of {@code layer}.
   */
  public FactorizationException(String layer, String matrix) {
    super("layer " + Quoted.code(layer) + ": the factorisation of " + matrix + " failed");
  }
}
