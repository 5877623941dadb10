package io.lipc.training.run;

/**
 * Parameters and what Adam remembers of their gradients (Kingma and Ba 2015, algorithm 1, with its
 * constants). Arrays are not to be written.
 *
 * @param steps how many gradients it has seen
 * @param parameters the current ones
 * @param mean the decaying mean of gradients, biased towards its start, zero
 * @param variance the decaying mean of their squares, biased likewise
 */
record AdamState(long steps, double[] parameters, double[] mean, double[] variance) {

  private static final double MEAN_DECAY = 0.9;
  private static final double VARIANCE_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  static AdamState start(double[] parameters) {
    return new AdamState(
        0, parameters.clone(), new double[parameters.length], new double[parameters.length]);
  }

  /**
   * The state after a step against {@code gradient}, which has one number per parameter.
   *
   * @param spare of the same size, used for nothing else: its arrays become those of the result, as
   *     three new ones for each step would be memory that no cache has seen
   */
  AdamState next(double[] gradient, double learningRate, AdamState spare) {
    int size = parameters.length;
    double[] nextParameters = spare.parameters;
    double[] nextMean = spare.mean;
    double[] nextVariance = spare.variance;
    double count = (double) (steps + 1);
    double meanScale = 1 / (1 - StrictMath.pow(MEAN_DECAY, count));
    double varianceScale = 1 / (1 - StrictMath.pow(VARIANCE_DECAY, count));
    for (int i = 0; i < size; i++) {
      double g = gradient[i];
      double m = MEAN_DECAY * mean[i] + (1 - MEAN_DECAY) * g;
      double v = VARIANCE_DECAY * variance[i] + (1 - VARIANCE_DECAY) * g * g;
      nextMean[i] = m;
      nextVariance[i] = v;
      nextParameters[i] =
          parameters[i] - learningRate * (m * meanScale) / (Math.sqrt(v * varianceScale) + EPSILON);
    }
    return new AdamState(steps + 1, nextParameters, nextMean, nextVariance);
  }
}
