package io.lipc.training.run;

import io.lipc.formats.Digest;
import io.lipc.training.batch.BatchEngine;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Samples of classes.
 *
 * @param epsilons l2 distances at which certified accuracy is measured, increasing
 */
record Classification(Split split, CompSumMargin margin, List<Double> epsilons)
    implements Objective<Evaluation> {

  Classification {
    epsilons = List.copyOf(epsilons);
  }

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
    return Double.toString(margin.bound());
  }

  @Override
  public double gradient(BatchEngine network, int[] samples, int from, int count) {
    int[] labels = new int[count];
    split.training().copyTo(network.input(), labels, samples, from, count);
    network.forward(count);
    return margin.gradient(network.output(), labels, count, network.outputGradient());
  }

  @Override
  public Evaluation training(BatchEngine network) {
    return new Evaluator(network, margin, epsilons).evaluate(split.training());
  }

  @Override
  public Evaluation heldOut(BatchEngine network) {
    return new Evaluator(network, margin, epsilons).evaluate(split.heldOut());
  }
}
