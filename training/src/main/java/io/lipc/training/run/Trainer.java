package io.lipc.training.run;

import io.lipc.formats.Digest;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.pass.ReverseMode;
import io.lipc.linalg.Vectors;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.batch.TrainingDeviceException;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.FeatureRows;
import java.util.Map;

/**
 * Trains the free parameters of a classifier or a regression. On the JVM everything runs in double,
 * on the calling thread, which shares large layers with those of the common pool, and is a function
 * of its arguments: the same ones give the same bytes on every machine. On another {@link
 * TrainingDevice}, batches run there in float, and all else is the same.
 */
public final class Trainer {

  private Trainer() {}

  /**
   * Trains with a stratified part of {@code data} held out.
   *
   * @param graph the network without calls (see {@link io.lipc.kernels.pass.Inlining}); its outputs
   *     are the logits of the classes
   * @param parameterization gives the tensors that {@code graph} reads, by the same names
   * @param data as many features as the network has inputs, as many classes as it has outputs
   * @param bound the l2 bound that the parameterisation keeps
   * @throws DataException if the data do not fit the network, or nothing can be held out
   * @throws TrainingException if the loss, a gradient or a factorisation fails, or the checkpoint
   *     is of another run, damaged, or cannot be read or written
   * @throws TrainingDeviceException if the device of {@code options} cannot train the network
   * @throws IllegalArgumentException if the parameterisation does not fit the network
   */
  public static TrainingResult train(
      KernelGraph graph,
      Parameterization parameterization,
      Dataset data,
      double bound,
      TrainingOptions options,
      ProgressListener listener)
      throws DataException, TrainingException {
    Split split = Split.stratified(data, options.heldOut(), options.seed());
    return train(graph, parameterization, split, bound, options, listener);
  }

  /**
   * Trains with parts that were made elsewhere; {@link TrainingOptions#heldOut()} is not used.
   *
   * @see #train(KernelGraph, Parameterization, Dataset, double, TrainingOptions, ProgressListener)
   */
  public static TrainingResult train(
      KernelGraph graph,
      Parameterization parameterization,
      Split split,
      double bound,
      TrainingOptions options,
      ProgressListener listener)
      throws DataException, TrainingException {
    requireFit(graph, split.training());
    requireFit(graph, split.heldOut());
    Classification objective = new Classification(split, loss(bound, options), options.epsilons());
    TrainingRun.Outcome<Evaluation> outcome =
        run(new TrainingTask<>(graph, parameterization, objective, options), listener);
    return new TrainingResult(
        outcome.parameters(),
        outcome.materialized(),
        outcome.epochs(),
        outcome.bestEpoch(),
        outcome.training(),
        outcome.heldOut(),
        split.training().classes());
  }

  /**
   * Trains a network whose outputs are to be the targets, by their mean squared error. Where a dense
   * layer with a bias gives the outputs, or is a term of their sum, training starts at the means of
   * the targets.
   *
   * @param graph the network without calls
   * @param parameterization gives the tensors that {@code graph} reads, by the same names
   * @param split as many features as the network has inputs, as many targets as it has outputs
   * @param options temperature, offset, tau and {@link TrainingOptions#heldOut()} are not used
   * @throws DataException if the data do not fit the network, no target varies, or the network ends
   *     in softmax
   * @throws TrainingException if the loss, a gradient or a factorisation fails, or the checkpoint
   *     is of another run, damaged, or cannot be read or written
   * @throws TrainingDeviceException if the device of {@code options} cannot train the network
   * @throws IllegalArgumentException if the parameterisation does not fit the network
   */
  public static RegressionResult train(
      KernelGraph graph,
      Parameterization parameterization,
      RegressionSplit split,
      TrainingOptions options,
      ProgressListener listener)
      throws DataException, TrainingException {
    requireFit(graph, split.training());
    requireFit(graph, split.heldOut());
    OutputBias.requireNumbers(graph);
    TargetUnits units = TargetUnits.of(split.training());
    Parameterization inUnits = OutputBias.of(graph, parameterization, units);
    Regression objective = new Regression(split, new MeanSquaredError(units.variance()));
    TrainingRun.Outcome<RegressionEvaluation> outcome =
        run(new TrainingTask<>(graph, inUnits, objective, options), listener);
    return new RegressionResult(
        outcome.parameters(),
        outcome.materialized(),
        outcome.epochs(),
        outcome.bestEpoch(),
        outcome.training(),
        outcome.heldOut(),
        split.training().targets());
  }

  private static <E extends Score> TrainingRun.Outcome<E> run(
      TrainingTask<E> task, ProgressListener listener) throws TrainingException {
    Vectors.prepare();
    TrainingOptions options = task.options();
    try (BatchEngine engine =
        options.device().engine(ReverseMode.of(task.graph()), options.batchSize())) {
      return new TrainingRun<>(task, engine, listener).run();
    }
  }

  /**
   * A digest of what decides the result of training with these parts.
   *
   * @throws DataException if the data do not fit the network
   * @throws TrainingException if the weights at the start cannot be made
   */
  public static Digest identity(
      KernelGraph graph,
      Parameterization parameterization,
      Split split,
      double bound,
      TrainingOptions options)
      throws DataException, TrainingException {
    requireFit(graph, split.training());
    requireFit(graph, split.heldOut());
    Classification objective = new Classification(split, loss(bound, options), options.epsilons());
    TrainingTask<Evaluation> task = new TrainingTask<>(graph, parameterization, objective, options);
    Guard guard = new Guard(options.learningRate());
    Materialized start =
        guard.materialize(parameterization, task.initialParameters(), "at the start");
    return RunIdentity.of(task, start).digest();
  }

  /**
   * How a network with given tensors does, for instance on a test set or after its weights were
   * rounded.
   *
   * @param graph the network without calls
   * @param tensors by name, in row-major order
   * @param bound the l2 bound of the network
   * @param options for temperature, offset and epsilons
   * @throws DataException if the data do not fit the network
   */
  public static Evaluation evaluate(
      KernelGraph graph,
      Map<String, double[]> tensors,
      Dataset data,
      double bound,
      TrainingOptions options)
      throws DataException {
    requireFit(graph, data);
    try (BatchEngine network =
        TrainingDevice.JVM.engine(ReverseMode.of(graph), options.batchSize())) {
      network.load(tensors);
      return new Evaluator(network, loss(bound, options), options.epsilons()).evaluate(data);
    }
  }

  private static CompSumMargin loss(double bound, TrainingOptions options) {
    if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the bound is " + bound);
    }
    return new CompSumMargin(options.tau(), options.temperature(), options.offset(), bound);
  }

  private static void requireFit(KernelGraph graph, FeatureRows data) throws DataException {
    data.requireFit(graph.network(), graph.input().size(), graph.output().size());
  }
}
