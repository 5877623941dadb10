package io.lipc.training.run;

/**
 * Hears of progress, on the thread that trains. An exception ends training; what was saved before
 * can be resumed.
 */
public interface ProgressListener {

  /** Ignores everything. */
  ProgressListener NONE = new ProgressListener() {};

  /**
   * Training starts or resumes.
   *
   * @param finishedEpochs how many epochs a checkpoint brought
   * @param epochs the most that there will be
   * @param batchesPerEpoch the number of {@link #batchFinished} per epoch
   */
  default void started(int finishedEpochs, int epochs, int batchesPerEpoch) {}

  /**
   * A step was made.
   *
   * @param epoch counted from 1
   * @param batch counted from 1 within its epoch
   * @param loss of the batch before the step
   */
  default void batchFinished(int epoch, int batch, double loss) {}

  /** An epoch is over. */
  default void epochFinished(EpochReport report) {}
}
