package io.lipc.training.run;

import io.lipc.runtime.ClassLabels;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDeviceException;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.table.FeatureRows;
import java.util.Map;
import java.util.Optional;

/**
 * One training run, from its start or its checkpoint to its result.
 *
 * @param <D> the samples
 * @param <E> how a network does
 */
final class TrainingRun<D extends FeatureRows<D>, E extends Score> {

  private final Setup<D, E> setup;
  private final BatchEngine network;
  private final ProgressListener listener;
  private final GradientDescent<D> descent;
  private final Guard guard;

  TrainingRun(Setup<D, E> setup, BatchEngine network, ProgressListener listener) {
    this.setup = setup;
    this.network = network;
    this.listener = listener;
    this.descent = new GradientDescent<>(setup, network, listener);
    this.guard = new Guard(setup.options().learningRate());
  }

  /**
   * Trains, from the start or from the checkpoint.
   *
   * @param labels what a file of weights calls the outputs
   */
  TrainingResult<E> run(Optional<ClassLabels> labels) throws TrainingException {
    double[] initial = setup.initialParameters();
    Materialized weights = guard.materialize(setup.parameterization(), initial, "at the start");
    requireTensors(weights.tensors());
    CheckpointFile file =
        new CheckpointFile(setup.options().checkpoint(), RunIdentity.of(setup, weights));
    Optional<TrainingState> saved = file.load();
    TrainingState state = saved.isPresent() ? saved.get() : start(initial, file);
    listener.started(state.epoch(), setup.options().epochs(), descent.batchesPerEpoch());
    try {
      while (!state.isFinished(setup.options())) {
        state = epoch(state, file);
      }
      return result(state, labels);
    } catch (TrainingDeviceException e) {
      throw new TrainingException(e.getMessage() + file.remains(), e);
    }
  }

  /** Saving at once shows early whether the file can be written. */
  private TrainingState start(double[] initial, CheckpointFile file) throws TrainingException {
    double loss = heldOut(initial, "at the start").loss();
    TrainingState state = new TrainingState(0, AdamState.start(initial), initial, 0, loss);
    file.save(state);
    return state;
  }

  /** No state is saved whose held-out loss is not finite. */
  private TrainingState epoch(TrainingState state, CheckpointFile file) throws TrainingException {
    TrainingOptions options = setup.options();
    try {
      int epoch = state.epoch() + 1;
      GradientDescent.Pass pass = descent.epoch(state.adam(), epoch);
      E heldOut = heldOut(pass.adam().parameters(), "after epoch " + epoch);
      TrainingState next = state.next(pass.adam(), heldOut.loss());
      if (next.isFinished(options) || epoch % options.checkpointEvery() == 0) {
        file.save(next);
      }
      boolean isBest = next.bestEpoch() == epoch;
      listener.epochFinished(
          new EpochReport(epoch, options.epochs(), pass.loss(), heldOut, isBest));
      return next;
    } catch (TrainingException e) {
      throw new TrainingException(e.getMessage() + file.remains(), e.getCause());
    }
  }

  private E heldOut(double[] parameters, String place) throws TrainingException {
    Materialized weights = guard.materialize(setup.parameterization(), parameters, place);
    weights.release();
    network.load(weights.tensors());
    E heldOut = setup.loss().evaluate(network, setup.split().heldOut());
    guard.finite(heldOut.loss(), "the held-out loss", place);
    return heldOut;
  }

  private TrainingResult<E> result(TrainingState state, Optional<ClassLabels> labels)
      throws TrainingException {
    Materialized best = guard.materialize(setup.parameterization(), state.best(), "at the end");
    network.load(best.tensors());
    return new TrainingResult<>(
        state.best().clone(),
        best,
        state.epoch(),
        state.bestEpoch(),
        setup.loss().evaluate(network, setup.split().training()),
        setup.loss().evaluate(network, setup.split().heldOut()),
        setup.split().training().outputs(),
        labels);
  }

  private void requireTensors(Map<String, double[]> tensors) {
    network
        .tensorSizes()
        .forEach(
            (name, size) -> {
              double[] tensor = tensors.get(name);
              if (tensor == null || tensor.length != size) {
                throw new IllegalArgumentException(
                    "network %s reads %d numbers of %s; the parameterisation gives %s"
                        .formatted(
                            setup.graph().network(),
                            size,
                            name,
                            tensor == null ? "none" : tensor.length));
              }
            });
  }
}
