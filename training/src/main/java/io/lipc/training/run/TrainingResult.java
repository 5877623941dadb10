package io.lipc.training.run;

import io.lipc.training.parameterization.Materialized;
import java.util.List;
import java.util.SortedMap;

/**
 * The parameters with the smallest held-out loss, and how they do. They were chosen by the held-out
 * part, so its accuracy is slightly flattering; {@link Trainer#evaluate} measures on data that took
 * no part.
 *
 * @param parameters the free parameters
 * @param materialized their weights, in double, with the construction's multipliers
 * @param epochs how many epochs were trained
 * @param bestEpoch after which of them the parameters were found; 0 if training brought nothing
 * @param training how they do on the training part
 * @param heldOut how they do on the held-out part
 * @param classes the names of the classes, in the order of the network's outputs
 */
public record TrainingResult(
    double[] parameters,
    Materialized materialized,
    int epochs,
    int bestEpoch,
    Evaluation training,
    Evaluation heldOut,
    List<String> classes) {

  public TrainingResult {
    classes = List.copyOf(classes);
  }

  /** The weights by tensor name, in row-major order, in double; not to be written. */
  public SortedMap<String, double[]> tensors() {
    return materialized.tensors();
  }
}
