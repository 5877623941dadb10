package io.lipc.training;

import io.lipc.kernels.graph.KernelGraph;
import io.lipc.training.parameterization.Parameterization;
import java.util.Arrays;

/**
 * What decides the result of training.
 *
 * @param graph without calls
 * @param parameterization gives the tensors of the graph
 * @param split fits the graph
 * @param loss with the bound
 * @param options for everything else
 */
record TrainingTask(
    KernelGraph graph,
    Parameterization parameterization,
    Split split,
    CompSumMargin loss,
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
