package io.lipc.training.run;

import io.lipc.formats.Digest;
import io.lipc.training.batch.BatchEngine;
import java.nio.charset.StandardCharsets;

/** Samples of numbers to be predicted. */
record Regression(RegressionSplit split, MeanSquaredError error)
    implements Objective<RegressionEvaluation> {

  @Override
  public int size() {
    return split.training().size();
  }

  @Override
  public Digest data() {
    String digests = split.training().digest() + " " + split.heldOut().digest();
    return Digest.of(digests.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String loss() {
    return error.toString();
  }

  @Override
  public double gradient(BatchEngine network, int[] samples, int from, int count) {
    double[][] targets = new double[split.training().targets().size()][count];
    split.training().copyTo(network.input(), targets, samples, from, count);
    network.forward(count);
    return error.gradient(network.output(), targets, count, network.outputGradient());
  }

  @Override
  public RegressionEvaluation training(BatchEngine network) {
    return new RegressionEvaluator(network, error).evaluate(split.training());
  }

  @Override
  public RegressionEvaluation heldOut(BatchEngine network) {
    return new RegressionEvaluator(network, error).evaluate(split.heldOut());
  }
}
