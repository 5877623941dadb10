package io.lipc.training.run;

import io.lipc.kernels.graph.KernelGraph;
import io.lipc.runtime.ClassLabels;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.frozen.FrozenEvaluation;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns the classes of samples: the outputs of a network are their logits. */
public final class Classification extends Task<Dataset, Evaluation, FrozenEvaluation> {

  /** The only one: what differs between classifiers is in samples and options. */
  public static final Classification TASK = new Classification();

  private Classification() {}

  @Override
  public Split<Dataset> split(Dataset data, double share, long seed) throws DataException {
    return Split.stratified(data, share, seed);
  }

  @Override
  public Optional<ClassLabels> labels(List<String> outputs) {
    return Optional.of(new ClassLabels(outputs));
  }

  @Override
  public FrozenEvaluation evaluate(
      KernelGraph graph,
      Map<String, KernelGraph> callees,
      Frozen frozen,
      Dataset data,
      List<Double> distances) {
    return FrozenEvaluation.of(graph, callees, frozen, data, distances);
  }

  @Override
  Setup<Dataset, Evaluation> setup(
      KernelGraph graph,
      Parameterization parameterization,
      Split<Dataset> split,
      double bound,
      TrainingOptions options) {
    return new Setup<>(graph, parameterization, split, ClassLoss.of(bound, options), options);
  }
}
