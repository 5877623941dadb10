package io.lipc.training.run;

import io.lipc.training.parameterization.FactorizationException;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;

/**
 * Stops training where numbers fail. It clips, projects and skips nothing to make training go on.
 *
 * @param learningRate the one that was asked for, to advise a lower one
 */
record Guard(double learningRate) {

  /** The weights of {@code parameters}. */
  Materialized materialize(Parameterization parameterization, double[] parameters, String place)
      throws TrainingException {
    try {
      return parameterization.materialize(parameters);
    } catch (FactorizationException e) {
      throw new TrainingException(place + ": " + e.getMessage() + advice(), e);
    }
  }

  /** Returns {@code value} if it is finite. */
  double finite(double value, String name, String place) throws TrainingException {
    if (!Double.isFinite(value)) {
      throw new TrainingException(place + ": " + name + " is " + value + advice());
    }
    return value;
  }

  /** Requires every number of the gradient to be finite. */
  void finiteGradient(double[] gradient, String place) throws TrainingException {
    for (double value : gradient) {
      finite(value, "an element of the gradient", place);
    }
  }

  private String advice() {
    return "; try a learning rate below " + learningRate;
  }
}
