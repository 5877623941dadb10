package io.lipc.training.run;

import io.lipc.kernels.graph.KernelGraph;
import io.lipc.runtime.ClassLabels;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.frozen.FrozenRegression;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.table.DataException;
import io.lipc.training.table.RegressionData;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns numbers: the outputs of a network are the targets of samples, in their units. */
public final class Regression extends Task<RegressionData, RegressionEvaluation, FrozenRegression> {

  /** The only one: what differs between regressions is in samples and options. */
  public static final Regression TASK = new Regression();

  private Regression() {}

  @Override
  public Split<RegressionData> split(RegressionData data, double share, long seed)
      throws DataException {
    return Split.random(data, share, seed);
  }

  @Override
  public Optional<ClassLabels> labels(List<String> outputs) {
    return Optional.empty();
  }

  @Override
  public FrozenRegression evaluate(
      KernelGraph graph,
      Map<String, KernelGraph> callees,
      Frozen frozen,
      RegressionData data,
      List<Double> distances) {
    return FrozenRegression.of(graph, callees, frozen, data, distances);
  }

  /**
   * The setup of a regression: where a dense layer with a bias gives the outputs, training starts
   * at the targets' means.
   */
  @Override
  Setup<RegressionData, RegressionEvaluation> setup(
      KernelGraph graph,
      Parameterization parameterization,
      Split<RegressionData> split,
      double bound,
      TrainingOptions options)
      throws DataException {
    OutputBias.requireNumbers(graph);
    TargetUnits units = TargetUnits.of(split.training());
    return new Setup<>(
        graph,
        OutputBias.of(graph, parameterization, units),
        split,
        new TargetLoss(new MeanSquaredError(units.variance())),
        options);
  }
}
