package io.lipc.training.run;

import io.lipc.training.batch.BatchEngine;
import io.lipc.training.table.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/**
 * Loss of a classifier.
 *
 * @param margin the loss of a batch
 * @param epsilons l2 distances at which certified accuracy is measured, increasing
 */
record ClassLoss(CompSumMargin margin, List<Double> epsilons) implements Loss<Dataset, Evaluation> {

  ClassLoss {
    epsilons = List.copyOf(epsilons);
  }

  /**
   * The loss that options ask for.
   *
   * @param bound the l2 bound of the network
   */
  static ClassLoss of(double bound, TrainingOptions options) {
    if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the bound is " + bound);
    }
    return new ClassLoss(
        new CompSumMargin(options.tau(), options.temperature(), options.offset(), bound),
        options.epsilons());
  }

  @Override
  public String essence() {
    return Double.toString(margin.bound());
  }

  @Override
  public double gradient(BatchEngine network, Dataset data, int[] samples, int from, int count) {
    int[] labels = new int[count];
    data.copyTo(network.input(), labels, samples, from, count);
    network.forward(count);
    return margin.gradient(network.output(), labels, count, network.outputGradient());
  }

  @Override
  public Evaluation evaluate(BatchEngine network, Dataset data) {
    double[] margins = new double[data.size()];
    double loss =
        mean(
            network,
            data,
            (logits, first, count) -> {
              for (int j = 0; j < count; j++) {
                margins[first + j] = margin(logits, j, data.label(first + j));
              }
            });
    SortedMap<Double, Double> shares = new TreeMap<>();
    for (double epsilon : epsilons) {
      shares.put(epsilon, share(margins, m -> m / (Math.sqrt(2) * margin.bound()) > epsilon));
    }
    return new Evaluation(loss, share(margins, m -> m > 0), shares);
  }

  private static double share(double[] margins, DoublePredicate isCounted) {
    return (double) Arrays.stream(margins).filter(isCounted).count() / margins.length;
  }

  /** The logit of the true class minus the largest other one; NaN if one of them is. */
  private static double margin(double[][] logits, int sample, int label) {
    double largestOther = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.length; c++) {
      if (c != label) {
        largestOther = Math.max(largestOther, logits[c][sample]);
      }
    }
    return logits[label][sample] - largestOther;
  }
}
