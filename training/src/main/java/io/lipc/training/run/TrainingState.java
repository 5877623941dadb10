package io.lipc.training.run;

/**
 * The state of training between two epochs. Everything else follows from seed and epoch.
 *
 * @param epoch how many epochs are over
 * @param adam the current parameters and moments
 * @param best the parameters with the smallest held-out loss
 * @param bestEpoch the epoch after which they were found
 * @param bestLoss that loss
 */
record TrainingState(int epoch, AdamState adam, double[] best, int bestEpoch, double bestLoss) {

  /** The state after one more epoch. */
  TrainingState next(AdamState nextAdam, double heldOutLoss) {
    return heldOutLoss < bestLoss
        ? new TrainingState(epoch + 1, nextAdam, nextAdam.parameters(), epoch + 1, heldOutLoss)
        : new TrainingState(epoch + 1, nextAdam, best, bestEpoch, bestLoss);
  }

  boolean isFinished(TrainingOptions options) {
    return epoch >= options.epochs() || epoch - bestEpoch >= options.patience();
  }
}
