package io.lipc.training.run;

/** How a network does on samples. */
public sealed interface Score permits Evaluation, RegressionEvaluation {

  /** The mean of the training loss. */
  double loss();
}
