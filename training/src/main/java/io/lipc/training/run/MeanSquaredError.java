package io.lipc.training.run;

/**
 * The mean over samples and outputs of {@code (y - t)^2 / variance}, for outputs y and targets t. A
 * network that gives the mean of the targets, whatever it reads, has a loss of about 1.
 *
 * @param variance of the targets that are trained on, positive: the unit of errors
 */
record MeanSquaredError(double variance) {

  /**
   * The mean loss of the first {@code count} samples; NaN or infinite where outputs are.
   *
   * @param outputs {@code [output][sample]}
   * @param targets the same
   * @param gradient receives the derivatives of the mean with respect to the outputs
   */
  double gradient(double[][] outputs, double[][] targets, int count, double[][] gradient) {
    double numbers = (double) count * outputs.length;
    double sum = 0;
    for (int k = 0; k < outputs.length; k++) {
      for (int j = 0; j < count; j++) {
        double error = outputs[k][j] - targets[k][j];
        sum += error * error;
        gradient[k][j] = 2 * error / (numbers * variance);
      }
    }
    return sum / (numbers * variance);
  }
}
