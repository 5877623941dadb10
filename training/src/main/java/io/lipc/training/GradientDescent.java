package io.lipc.training;

import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import java.util.SortedMap;

/** Passes over the training part in shuffled batches. */
final class GradientDescent {

  private final BatchNetwork network;
  private final Parameterization parameterization;
  private final Objective<?> objective;
  private final TrainingOptions options;
  private final ProgressListener listener;
  private final Guard guard;

  /** On {@code network}, whose capacity is the batch size. */
  GradientDescent(TrainingTask<?> task, BatchNetwork network, ProgressListener listener) {
    this.network = network;
    this.parameterization = task.parameterization();
    this.objective = task.objective();
    this.options = task.options();
    this.listener = listener;
    this.guard = new Guard(options.learningRate());
  }

  /**
   * The end of an epoch.
   *
   * @param adam the state after its last batch
   * @param loss the mean over its samples
   */
  record Pass(AdamState adam, double loss) {}

  int batchesPerEpoch() {
    return Math.ceilDiv(objective.size(), network.capacity());
  }

  /** One epoch from {@code start}; epochs count from 1. */
  Pass epoch(AdamState start, int epoch) throws TrainingException {
    int[] order =
        Seeds.permutation(
            objective.size(), Seeds.generator(options.seed(), Seeds.Purpose.SHUFFLE, epoch));
    double rate = options.learningRate() * options.schedule().factor(epoch, options.epochs());
    AdamState adam = start;
    double sum = 0;
    for (int batch = 1; batch <= batchesPerEpoch(); batch++) {
      int from = (batch - 1) * network.capacity();
      int count = Math.min(network.capacity(), objective.size() - from);
      String place = "epoch %d, batch %d of %d".formatted(epoch, batch, batchesPerEpoch());
      Materialized weights = guard.materialize(parameterization, adam.parameters(), place);
      network.load(weights.tensors());
      double mean = objective.gradient(network, order, from, count);
      guard.finite(mean, "the loss", place);
      network.reverse(count);
      double[] gradient = weights.pullBack(gradients(weights));
      weights.release();
      guard.finiteGradient(gradient, place);
      adam = adam.next(gradient, rate);
      sum += mean * count;
      listener.batchFinished(epoch, batch, mean);
    }
    return new Pass(adam, sum / objective.size());
  }

  /** One gradient per tensor of the parameterisation: zero where the network does not read it. */
  private SortedMap<String, double[]> gradients(Materialized weights) {
    SortedMap<String, double[]> gradients = network.tensorGradients();
    weights
        .tensors()
        .forEach((name, tensor) -> gradients.computeIfAbsent(name, _ -> new double[tensor.length]));
    return gradients;
  }
}
