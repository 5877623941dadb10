package io.lipc.tools.train;

import io.lipc.training.run.TrainingOptions;

/**
 * The constants of a loss of classes.
 *
 * @param temperature the factor of the logits
 * @param offset the l2 distance at which it asks for the right class
 */
record LossConstants(double temperature, double offset) {

  static LossConstants of(TrainingOptions options) {
    return new LossConstants(options.temperature(), options.offset());
  }

  /** The constants as the command line takes them. */
  String arguments() {
    return "--temperature " + text(temperature) + " --offset " + text(offset);
  }

  static String text(double value) {
    return Double.toString(value).replaceFirst("\\.0$", "");
  }
}
