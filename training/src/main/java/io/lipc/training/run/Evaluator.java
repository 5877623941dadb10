package io.lipc.training.run;

import io.lipc.training.batch.BatchEngine;
import io.lipc.training.table.Dataset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Runs a whole data set through a network, batch by batch. */
final class Evaluator {

  private final BatchEngine network;
  private final CompSumMargin loss;
  private final List<Double> epsilons;
  private final int[] labels;

  Evaluator(BatchEngine network, CompSumMargin loss, List<Double> epsilons) {
    this.network = network;
    this.loss = loss;
    this.epsilons = epsilons;
    this.labels = new int[network.capacity()];
  }

  /** With the tensors that the network holds. */
  Evaluation evaluate(Dataset data) {
    int[] samples = IntStream.range(0, data.size()).toArray();
    double lossSum = 0;
    int correct = 0;
    int[] certified = new int[epsilons.size()];
    for (int from = 0; from < samples.length; from += network.capacity()) {
      int count = Math.min(network.capacity(), samples.length - from);
      data.copyTo(network.input(), labels, samples, from, count);
      network.forward(count);
      double mean = loss.gradient(network.output(), labels, count, network.outputGradient());
      lossSum += mean * count;
      for (int j = 0; j < count; j++) {
        double margin = margin(network.output(), j, labels[j]);
        correct += margin > 0 ? 1 : 0;
        for (int e = 0; e < certified.length; e++) {
          boolean isFar = margin / (Math.sqrt(2) * loss.bound()) > epsilons.get(e);
          certified[e] += isFar ? 1 : 0;
        }
      }
    }
    SortedMap<Double, Double> shares = new TreeMap<>();
    for (int e = 0; e < certified.length; e++) {
      shares.put(epsilons.get(e), (double) certified[e] / data.size());
    }
    return new Evaluation(lossSum / data.size(), (double) correct / data.size(), shares);
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
