package io.lipc.training.run;

import io.lipc.runtime.ClassLabels;
import io.lipc.training.parameterization.Materialized;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The parameters with the smallest held-out loss, and how they do. They were chosen by the held-out
 * part, so its accuracy, or error, is slightly flattering; {@link Trainer#evaluate} measures
 * accuracy on data that took no part.
 *
 * @param parameters the free parameters
 * @param materialized their weights, in double, with the construction's multipliers
 * @param epochs how many epochs were trained
 * @param bestEpoch after which of them the parameters were found; 0 if training brought nothing
 * @param training how they do on the training part
 * @param heldOut how they do on the held-out part
 * @param outputs the names of the classes or targets, in the order of the network's outputs
 * @param labels what a file of weights calls the outputs; empty where nothing reads their names
 * @param <E> how a network does
 */
public record TrainingResult<E extends Score>(
    double[] parameters,
    Materialized materialized,
    int epochs,
    int bestEpoch,
    E training,
    E heldOut,
    List<String> outputs,
    Optional<ClassLabels> labels) {

  public TrainingResult {
    outputs = List.copyOf(outputs);
  }

  /** The weights by tensor name, in row-major order, in double; not to be written. */
  public SortedMap<String, double[]> tensors() {
    return materialized.tensors();
  }
}
