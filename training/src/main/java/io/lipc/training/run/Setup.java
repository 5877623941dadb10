package io.lipc.training.run;

import io.lipc.kernels.graph.KernelGraph;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.table.FeatureRows;
import java.util.Arrays;

/**
 * Everything that decides the result of training.
 *
 * @param graph without calls
 * @param parameterization gives the tensors of the graph
 * @param split fits the graph
 * @param loss that training makes small
 * @param options for everything else
 * @param <D> the samples
 * @param <E> how a network does
 */
record Setup<D extends FeatureRows<D>, E extends Score>(
    KernelGraph graph,
    Parameterization parameterization,
    Split<D> split,
    Loss<D, E> loss,
    TrainingOptions options) {

  /** The free parameters at the start of training. */
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
