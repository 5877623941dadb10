package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.Map;
import java.util.Optional;

/**
 * A layer with weights whose norm is at most 1 in l2. Classes of this package alone can implement
 * it, and no list of them is kept.
 */
public non-sealed interface NonexpansiveLayer extends Stage {

  /** The name of its weights. */
  String weight();

  /** The name of its bias, where it has one. */
  Optional<String> bias();

  /** The number of elements of the bias. */
  int outputs();

  /** Adds the free parameters of the weights. */
  void declare(Layout.Builder layout);

  /** Values of these for a start, at which its norm is 1. */
  void initialise(Start start);

  /** The weights as rows, one for each output. */
  Variable rows(Map<String, Variable> parameters);

  /** The approximate number of multiplications of {@link #rows}. */
  long multiplications();
}
