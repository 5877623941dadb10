package io.lipc.training;

/**
 * Cross-entropy that asks for a margin: {@code -log softmax(temperature (y - offset sqrt(2) L
 * e_c))_c} for logits y, the true class c and a network that is L-Lipschitz in l2.
 *
 * <p>The difference of two logits is sqrt(2) L-Lipschitz, so a sample whose loss stays small under
 * the offset keeps its class within the l2 distance {@code offset}. Source: Prach and Lampert 2022
 * (AOL), as used for SLL by Araujo et al. 2023.
 *
 * @param temperature multiplies the logits, positive: a 1-Lipschitz network cannot scale its own
 * @param offset the distance in input space, not negative
 * @param bound L, positive
 */
record MarginCrossEntropy(double temperature, double offset, double bound) {

  /**
   * The mean loss of the first {@code count} samples; NaN or infinite where logits are.
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
      for (int c = 0; c < logits.length; c++) {
        double probability = gradient[c][j] / total;
        gradient[c][j] = temperature / count * (probability - (labels[j] == c ? 1 : 0));
      }
      sum += StrictMath.log(total) + (largest - scaled(logits, labels, labels[j], j));
    }
    return sum / count;
  }

  private double scaled(double[][] logits, int[] labels, int c, int sample) {
    double shift = labels[sample] == c ? offset * Math.sqrt(2) * bound : 0;
    return temperature * (logits[c][sample] - shift);
  }
}
