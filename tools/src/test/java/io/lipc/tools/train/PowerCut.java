package io.lipc.tools.train;

import io.lipc.training.run.ProgressListener;

/** Ends a training in the midst of an epoch. */
record PowerCut(int epoch) implements ProgressListener {

  static final String MESSAGE = "power cut";

  @Override
  public void batchFinished(int number, int batch, double loss) {
    if (number == epoch) {
      throw new IllegalStateException(MESSAGE);
    }
  }
}
