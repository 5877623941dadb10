package io.lipc.training.run;

/**
 * A comp-sum loss that asks for a margin: {@code ((1 + u)^(1 - tau) - 1) / (1 - tau)}, and {@code
 * log(1 + u)} for tau = 1, with {@code u = sum over j != c of e^(temperature (y_j - y_c + sqrt(2) L
 * offset))} for logits y, the true class c and a network that is L-Lipschitz in l2. Source: Mao,
 * Mohri and Zhong, Cross-Entropy Loss Functions: Theoretical Analysis and Applications, ICML 2023.
 *
 * <p>The difference of two logits is sqrt(2) L-Lipschitz, so u at any input within the l2 distance
 * {@code offset} is at most this one: the loss is an upper bound of the adversarial loss, the
 * largest of {@code offset = 0} over that ball, and a sample for which it is small keeps its class
 * there. With tau = 1 it is the cross-entropy of Prach and Lampert 2022 (AOL), as used for SLL by
 * Araujo et al. 2023.
 *
 * @param tau from 0, the sum of exponentials, to 2, one minus the probability of the class; what is
 *     above 1 gives less weight to samples that are far on the wrong side
 * @param temperature multiplies the logits, positive: a 1-Lipschitz network cannot scale its own
 * @param offset the distance in input space, not negative
 * @param bound L, positive
 */
record CompSumMargin(double tau, double temperature, double offset, double bound) {

  /**
   * The mean loss of the first {@code count} samples; NaN or infinite where logits are, and where
   * exponentials of tau below 1 overflow.
   *
   * @param logits {@code [class][sample]}
   * @param labels the true class of each sample
   * @param gradient receives the derivatives of the mean with respect to the logits
   */
  double gradient(double[][] logits, int[] labels, int count, double[][] gradient) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < logits.length; c++) {
        largest = Math.max(largest, scaled(logits, labels, c, j));
      }
      double total = 0;
      for (int c = 0; c < logits.length; c++) {
        double power = StrictMath.exp(scaled(logits, labels, c, j) - largest);
        gradient[c][j] = power;
        total += power;
      }
      double entropy = StrictMath.log(total) + (largest - scaled(logits, labels, labels[j], j));
      double slope = StrictMath.exp((1 - tau) * entropy);
      for (int c = 0; c < logits.length; c++) {
        double probability = gradient[c][j] / total;
        gradient[c][j] = slope * (temperature / count * (probability - (labels[j] == c ? 1 : 0)));
      }
      sum += tau == 1 ? entropy : StrictMath.expm1((1 - tau) * entropy) / (1 - tau);
    }
    return sum / count;
  }

  private double scaled(double[][] logits, int[] labels, int c, int sample) {
    double shift = labels[sample] == c ? offset * Math.sqrt(2) * bound : 0;
    return temperature * (logits[c][sample] - shift);
  }
}
