package io.lipc.training.run;

import io.lipc.formats.Digest;
import io.lipc.training.batch.BatchEngine;

/**
 * What a network is to learn: samples in two parts, with the loss that they are for.
 *
 * @param <E> how a network does
 */
sealed interface Objective<E extends Score> permits Classification, Regression {

  /** The number of samples that gradients come from. */
  int size();

  /** The digest of both parts. */
  Digest data();

  /** What the loss depends on, beside the options. */
  String loss();

  /**
   * Runs samples of the training part.
   *
   * @param network receives the derivatives of the mean loss with respect to its outputs
   * @return the mean loss
   */
  double gradient(BatchEngine network, int[] samples, int from, int count);

  /** How the tensors that {@code network} holds do on the training part. */
  E training(BatchEngine network);

  /** How the tensors that {@code network} holds do on the part that is held out. */
  E heldOut(BatchEngine network);
}
