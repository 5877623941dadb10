package io.lipc.training.run;

/** The result of a network on samples. */
public sealed interface Score permits Evaluation, RegressionEvaluation {

  /** The mean of the training loss. */
  double loss();
}
