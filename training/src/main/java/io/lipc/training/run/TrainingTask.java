package io.lipc.training.run;

import io.lipc.kernels.graph.KernelGraph;
import io.lipc.training.parameterization.Parameterization;
import java.util.Arrays;

/**
 * What decides the result of training.
 *
 * @param graph without calls
 * @param parameterization gives the tensors of the graph
 * @param objective its data fit the graph
 * @param options for everything else
 * @param <E> how a network does
 */
record TrainingTask<E extends Score>(
    KernelGraph graph,
    Parameterization parameterization,
    Objective<E> objective,
    TrainingOptions options) {

  /** Where training starts. */
  double[] initialParameters() {
    double[] initial =
        parameterization.initial(
            Seeds.generator(options.seed(), Seeds.Purpose.INITIAL_PARAMETERS, 0));
    if (initial.length != parameterization.size()
        || !Arrays.stream(initial).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "the parameterisation starts from %d numbers, not from %d finite ones"
              .formatted(initial.length, parameterization.size()));
    }
    return initial;
  }
}
