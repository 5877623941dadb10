package io.lipc.training.run;

import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDeviceException;
import io.lipc.training.parameterization.Materialized;
import java.util.Map;
import java.util.Optional;

/**
 * One training run, from its start or its checkpoint to its result.
 *
 * @param <E> how a network does
 */
final class TrainingRun<E extends Score> {

  private final TrainingTask<E> task;
  private final BatchEngine network;
  private final ProgressListener listener;
  private final GradientDescent descent;
  private final Guard guard;

  /** What {@link TrainingResult} and {@link RegressionResult} say. */
  record Outcome<E extends Score>(
      double[] parameters,
      Materialized materialized,
      int epochs,
      int bestEpoch,
      E training,
      E heldOut) {}

  TrainingRun(TrainingTask<E> task, BatchEngine network, ProgressListener listener) {
    this.task = task;
    this.network = network;
    this.listener = listener;
    this.descent = new GradientDescent(task, network, listener);
    this.guard = new Guard(task.options().learningRate());
  }

  Outcome<E> run() throws TrainingException {
    double[] initial = task.initialParameters();
    Materialized weights = guard.materialize(task.parameterization(), initial, "at the start");
    requireTensors(weights.tensors());
    CheckpointFile file =
        new CheckpointFile(task.options().checkpoint(), RunIdentity.of(task, weights));
    Optional<TrainingState> saved = file.load();
    TrainingState state = saved.isPresent() ? saved.get() : start(initial, file);
    listener.started(state.epoch(), task.options().epochs(), descent.batchesPerEpoch());
    try {
      while (!state.isFinished(task.options())) {
        state = epoch(state, file);
      }
      return result(state);
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
    TrainingOptions options = task.options();
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
    Materialized weights = guard.materialize(task.parameterization(), parameters, place);
    weights.release();
    network.load(weights.tensors());
    E heldOut = task.objective().heldOut(network);
    guard.finite(heldOut.loss(), "the held-out loss", place);
    return heldOut;
  }

  private Outcome<E> result(TrainingState state) throws TrainingException {
    Materialized best = guard.materialize(task.parameterization(), state.best(), "at the end");
    network.load(best.tensors());
    return new Outcome<>(
        state.best().clone(),
        best,
        state.epoch(),
        state.bestEpoch(),
        task.objective().training(network),
        task.objective().heldOut(network));
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
                            task.graph().network(),
                            size,
                            name,
                            tensor == null ? "none" : tensor.length));
              }
            });
  }
}
