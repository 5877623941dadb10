package io.lipc.training.run;

import io.lipc.training.parameterization.Materialized;
import java.util.List;

/**
 * The parameters with the smallest held-out loss, and how they do. They were chosen by the held-out
 * part, so its errors are slightly flattering.
 *
 * @param parameters the free parameters
 * @param materialized their weights, in double, with the construction's multipliers
 * @param epochs how many epochs were trained
 * @param bestEpoch after which of them the parameters were found; 0 if training brought nothing
 * @param training how they do on the training part
 * @param heldOut how they do on the held-out part
 * @param targets what is predicted, in the order of the network's outputs
 */
public record RegressionResult(
    double[] parameters,
    Materialized materialized,
    int epochs,
    int bestEpoch,
    RegressionEvaluation training,
    RegressionEvaluation heldOut,
    List<String> targets) {

  public RegressionResult {
    targets = List.copyOf(targets);
  }
}
