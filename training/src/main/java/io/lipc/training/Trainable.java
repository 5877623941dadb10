package io.lipc.training;

import io.lipc.formats.Digest;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.pass.Inlining;
import io.lipc.model.Network;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.frozen.FrozenEvaluation;
import io.lipc.training.frozen.FrozenRegression;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.run.Classification;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Regression;
import io.lipc.training.run.RegressionEvaluation;
import io.lipc.training.run.Score;
import io.lipc.training.run.Split;
import io.lipc.training.run.Task;
import io.lipc.training.run.Trainer;
import io.lipc.training.run.TrainingException;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.run.TrainingResult;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.RegressionData;
import java.util.List;
import java.util.Map;

/**
 * A network from free parameters to certified weights: one that declares a construction, or one
 * that calls such networks, which are then trained together.
 */
public sealed interface Trainable permits TrainableNetwork, TrainableComposition {

  /** The network as declared. */
  Network network();

  /** The network's kernels, calls among them. */
  KernelGraph graph();

  /** The kernels of all networks that it reaches by calls, by qualified name. */
  Map<String, KernelGraph> callees();

  /** The map from free parameters to the tensors of {@link #inlined}. */
  Parameterization parameterization();

  /** The l2 bound that the loss of classes counts with: what weights are made for. */
  double lossBound();

  /**
   * The weights that training found, rounded and certified; a file keeps the names of classes.
   *
   * @throws FreezingException if a weight overflows, or no proof was found
   */
  Frozen freeze(TrainingResult<?> result) throws FreezingException;

  /** The network's kernels, with those of the networks that it calls in the place of calls. */
  default KernelGraph inlined() {
    return Inlining.inline(graph(), callees());
  }

  /**
   * Checks that samples have as many features as the network has inputs, and as many classes or
   * targets as it has outputs.
   *
   * @throws DataException if they do not
   */
  default void requireFit(FeatureRows<?> data) throws DataException {
    KernelGraph graph = graph();
    data.requireFit(graph.network(), graph.input().size(), graph.output().size());
  }

  /**
   * Trains with a part of {@code data} held out.
   *
   * @throws DataException if the data do not fit the network, or nothing can be held out
   * @see Trainer#train(Task, KernelGraph, Parameterization, FeatureRows, double, TrainingOptions,
   *     ProgressListener)
   */
  default <D extends FeatureRows<D>, E extends Score> TrainingResult<E> train(
      Task<D, E, ?> task, D data, TrainingOptions options, ProgressListener listener)
      throws DataException, TrainingException {
    requireFit(data);
    return Trainer.train(task, inlined(), parameterization(), data, lossBound(), options, listener);
  }

  /**
   * Trains with parts that were made elsewhere; {@link TrainingOptions#heldOut()} is not used.
   *
   * @see Trainer#train(Task, KernelGraph, Parameterization, Split, double, TrainingOptions,
   *     ProgressListener)
   */
  default <D extends FeatureRows<D>, E extends Score> TrainingResult<E> train(
      Task<D, E, ?> task, Split<D> parts, TrainingOptions options, ProgressListener listener)
      throws DataException, TrainingException {
    requireFit(parts.training());
    return Trainer.train(
        task, inlined(), parameterization(), parts, lossBound(), options, listener);
  }

  /**
   * Trains a classifier, with a stratified part of {@code data} held out.
   *
   * @throws DataException if the data do not fit the network, or nothing can be held out
   */
  default TrainingResult<Evaluation> train(
      Dataset data, TrainingOptions options, ProgressListener listener)
      throws DataException, TrainingException {
    return train(Classification.TASK, data, options, listener);
  }

  /**
   * Trains a network whose outputs are to be numbers, with a random part of {@code data} held out.
   *
   * @throws DataException if the data do not fit the network, no target varies, or the network ends
   *     in softmax
   */
  default TrainingResult<RegressionEvaluation> train(
      RegressionData data, TrainingOptions options, ProgressListener listener)
      throws DataException, TrainingException {
    return train(Regression.TASK, data, options, listener);
  }

  /**
   * A digest of everything that decides what {@link #train(Task, Split, TrainingOptions,
   * ProgressListener)} gives.
   *
   * @throws DataException if the data do not fit the network
   * @throws TrainingException if the weights at the start cannot be made
   */
  default <D extends FeatureRows<D>> Digest identity(
      Task<D, ?, ?> task, Split<D> parts, TrainingOptions options)
      throws DataException, TrainingException {
    return Trainer.identity(task, inlined(), parameterization(), parts, lossBound(), options);
  }

  /**
   * The result of frozen weights on samples that took no part in training.
   *
   * @param frozen what {@link #freeze(TrainingResult)} gave
   * @param distances in l2, not negative, by which inputs may move
   * @throws DataException if the samples do not fit the network
   */
  default <D extends FeatureRows<D>, F> F evaluate(
      Task<D, ?, F> task, Frozen frozen, D data, List<Double> distances) throws DataException {
    requireFit(data);
    return task.evaluate(graph(), callees(), frozen, data, distances);
  }

  /**
   * The accuracy of a classifier's weights on samples that took no part in training.
   *
   * @param epsilons l2 distances at which certified accuracy is asked for
   * @throws DataException if the samples do not fit the network
   */
  default FrozenEvaluation evaluate(Frozen frozen, Dataset data, List<Double> epsilons)
      throws DataException {
    return evaluate(Classification.TASK, frozen, data, epsilons);
  }

  /**
   * The errors of frozen weights on samples that took no part in training.
   *
   * @param distances in l2, not negative, by which inputs may move
   * @throws DataException if the samples do not fit the network
   */
  default FrozenRegression evaluate(Frozen frozen, RegressionData data, List<Double> distances)
      throws DataException {
    return evaluate(Regression.TASK, frozen, data, distances);
  }
}
