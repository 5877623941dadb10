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
   * Trains with a part of {@code data} held out, of {@link TrainingOptions#heldOut()}.
   *
   * @param task what is learned
   * @param graph the network without calls (see {@link io.lipc.kernels.pass.Inlining}); its outputs
   *     are the logits of the classes, or are to be the targets
   * @param parameterization gives the tensors that {@code graph} reads, by the same names
   * @param data as many features as the network has inputs, as many classes or targets as it has
   *     outputs
   * @param bound the l2 bound that the parameterisation keeps; the loss of targets does not use it
   * @param options temperature, offset and tau are for the loss of classes alone
   * @throws DataException if the data do not fit the network, nothing can be held out, no target
   *     varies, or a network ends in softmax whose outputs are to be targets
   * @throws TrainingException if the loss, a gradient or a factorisation fails, or the checkpoint
   *     is of another run, damaged, or cannot be read or written
   * @throws TrainingDeviceException if the device of {@code options} cannot train the network
   * @throws IllegalArgumentException if the parameterisation does not fit the network
   */
  public static <D extends FeatureRows<D>, E extends Score> TrainingResult<E> train(
      Task<D, E, ?> task,
      KernelGraph graph,
      Parameterization parameterization,
      D data,
      double bound,
      TrainingOptions options,
      ProgressListener listener)
      throws DataException, TrainingException {
    Split<D> split = task.split(data, options.heldOut(), options.seed());
    return train(task, graph, parameterization, split, bound, options, listener);
  }

  /**
   * Trains with parts that were made elsewhere; {@link TrainingOptions#heldOut()} is not used.
   *
   * @see #train(Task, KernelGraph, Parameterization, FeatureRows, double, TrainingOptions,
   *     ProgressListener)
   */
  public static <D extends FeatureRows<D>, E extends Score> TrainingResult<E> train(
      Task<D, E, ?> task,
      KernelGraph graph,
      Parameterization parameterization,
      Split<D> split,
      double bound,
      TrainingOptions options,
      ProgressListener listener)
      throws DataException, TrainingException {
    Setup<D, E> setup = setup(task, graph, parameterization, split, bound, options);
    Vectors.prepare();
    try (BatchEngine engine = options.device().engine(ReverseMode.of(graph), options.batchSize())) {
      return new TrainingRun<>(setup, engine, listener)
          .run(task.labels(split.training().outputs()));
    }
  }

  private static <D extends FeatureRows<D>, E extends Score> Setup<D, E> setup(
      Task<D, E, ?> task,
      KernelGraph graph,
      Parameterization parameterization,
      Split<D> split,
      double bound,
      TrainingOptions options)
      throws DataException {
    requireFit(graph, split.training());
    requireFit(graph, split.heldOut());
    return task.setup(graph, parameterization, split, bound, options);
  }

  /**
   * A digest of what decides the result of training with these parts.
   *
   * @throws DataException if the data do not fit the network
   * @throws TrainingException if the weights at the start cannot be made
   */
  public static <D extends FeatureRows<D>> Digest identity(
      Task<D, ?, ?> task,
      KernelGraph graph,
      Parameterization parameterization,
      Split<D> split,
      double bound,
      TrainingOptions options)
      throws DataException, TrainingException {
    Setup<D, ?> setup = setup(task, graph, parameterization, split, bound, options);
    Guard guard = new Guard(options.learningRate());
    Materialized start =
        guard.materialize(setup.parameterization(), setup.initialParameters(), "at the start");
    return RunIdentity.of(setup, start).digest();
  }

  /**
   * The result of a classifier with given tensors, for instance on a test set or after its weights
   * were rounded.
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
      return ClassLoss.of(bound, options).evaluate(network, data);
    }
  }

  private static void requireFit(KernelGraph graph, FeatureRows<?> data) throws DataException {
    data.requireFit(graph.network(), graph.input().size(), graph.output().size());
  }
}
