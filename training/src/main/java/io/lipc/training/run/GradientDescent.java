package io.lipc.training.run;

import io.lipc.training.autodiff.Parallel;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.table.FeatureRows;
import java.util.SortedMap;

/**
 * Passes over the training part in shuffled batches.
 *
 * @param <D> the samples
 */
final class GradientDescent<D extends FeatureRows<D>> {

  private final BatchEngine network;
  private final Parameterization parameterization;
  private final D data;
  private final Loss<D, ?> loss;
  private final TrainingOptions options;
  private final ProgressListener listener;
  private final Guard guard;
  private final SharingTrial trial = new SharingTrial();

  /** A descent on {@code network}, whose capacity is the batch size. */
  GradientDescent(Setup<D, ?> setup, BatchEngine network, ProgressListener listener) {
    this.network = network;
    this.parameterization = setup.parameterization();
    this.data = setup.split().training();
    this.loss = setup.loss();
    this.options = setup.options();
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
    return Math.ceilDiv(data.size(), network.capacity());
  }

  /** One epoch from {@code start}; epochs count from 1. */
  Pass epoch(AdamState start, int epoch) throws TrainingException {
    int[] order =
        Seeds.permutation(
            data.size(), Seeds.generator(options.seed(), Seeds.Purpose.SHUFFLE, epoch));
    double rate = options.learningRate() * options.schedule().factor(epoch, options.epochs());
    AdamState adam = start;
    AdamState spare = AdamState.start(start.parameters());
    double sum = 0;
    for (int batch = 1; batch <= batchesPerEpoch(); batch++) {
      int from = (batch - 1) * network.capacity();
      int count = Math.min(network.capacity(), data.size() - from);
      String place = "epoch %d, batch %d of %d".formatted(epoch, batch, batchesPerEpoch());
      Step step = timedStep(adam.parameters(), new Batch(order, from, count), place);
      AdamState next = adam.next(step.gradient(), rate, spare);
      // The state that the epoch starts from is the caller's.
      spare = batch == 1 ? AdamState.start(start.parameters()) : adam;
      adam = next;
      sum += step.loss() * count;
      listener.batchFinished(epoch, batch, step.loss());
    }
    return new Pass(adam, sum / data.size());
  }

  /** The rows of a batch: {@code count} of an order, from a place in it. */
  private record Batch(int[] order, int from, int count) {}

  /** The mean loss of a batch, and its gradient with respect to the free parameters. */
  private record Step(double loss, double[] gradient) {}

  private Step timedStep(double[] parameters, Batch batch, String place) throws TrainingException {
    long start = System.nanoTime();
    try (Parallel.Mode _ = Parallel.shared(trial.isShared())) {
      return step(parameters, batch, place);
    } finally {
      trial.finished(System.nanoTime() - start);
    }
  }

  private Step step(double[] parameters, Batch batch, String place) throws TrainingException {
    Materialized weights = guard.materialize(parameterization, parameters, place);
    network.load(weights.tensors());
    double mean = loss.gradient(network, data, batch.order(), batch.from(), batch.count());
    guard.finite(mean, "the loss", place);
    network.reverse(batch.count());
    double[] gradient = weights.pullBack(gradients(weights));
    weights.release();
    guard.finiteGradient(gradient, place);
    return new Step(mean, gradient);
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
