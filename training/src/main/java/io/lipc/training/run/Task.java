package io.lipc.training.run;

import io.lipc.kernels.graph.KernelGraph;
import io.lipc.runtime.ClassLabels;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.table.DataException;
import io.lipc.training.table.FeatureRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task that a network learns from samples: classes, or numbers. It says how samples are split, by
 * which loss a network is trained, and which measures its frozen weights have.
 *
 * @param <D> the samples
 * @param <E> how a network does during training
 * @param <F> how frozen weights do, in the arithmetic in which they will run
 */
public abstract sealed class Task<D extends FeatureRows<D>, E extends Score, F>
    permits Classification, Regression {

  Task() {}

  /**
   * Holds out a share of the samples: of each class, or of all.
   *
   * @param share of the held-out part, within (0, 1)
   * @throws DataException if nothing can be held out
   */
  public abstract Split<D> split(D data, double share, long seed) throws DataException;

  /**
   * The names of a network's outputs in a file of weights; empty where nothing reads them.
   *
   * @param outputs the names of classes or targets, in the order of the outputs
   */
  public abstract Optional<ClassLabels> labels(List<String> outputs);

  /**
   * Measures frozen weights on samples, with the certified part of each measure.
   *
   * @param graph the kernels of the network
   * @param callees those of all networks that it reaches by calls, by qualified name
   * @param frozen the weights, with their proof
   * @param data fits the network
   * @param distances in l2, not negative, by which inputs may move
   */
  public abstract F evaluate(
      KernelGraph graph,
      Map<String, KernelGraph> callees,
      Frozen frozen,
      D data,
      List<Double> distances);

  /**
   * The computation of a training run.
   *
   * @param graph the network, without calls
   * @param parameterization gives its tensors
   * @param split fits the network
   * @param bound the l2 bound that the parameterisation keeps
   * @throws DataException if the network cannot learn from these samples
   */
  abstract Setup<D, E> setup(
      KernelGraph graph,
      Parameterization parameterization,
      Split<D> split,
      double bound,
      TrainingOptions options)
      throws DataException;
}
