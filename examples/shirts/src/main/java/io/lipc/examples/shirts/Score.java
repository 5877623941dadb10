package io.lipc.examples.shirts;

import io.lipc.runtime.DoubleNetwork;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * The score of a network on images that training has not seen. All members are shares in [0, 1].
 *
 * @param accuracy of the images whose class is found
 * @param certified for each of {@link Radius#ALL}, of those whose class is found and cannot be
 *     changed by any change of the pixels within that l2 distance
 */
record Score(double accuracy, List<Double> certified) {

  Score {
    certified = List.copyOf(certified);
  }

  /**
   * Scores a network.
   *
   * @param radius from an input and its logits to the certified radius, as the generated class has
   *     it
   * @param images at least one
   */
  static Score of(
      DoubleNetwork network,
      ToDoubleBiFunction<double[], double[]> radius,
      List<Images.Image> images) {
    double[] radii = images.stream().mapToDouble(image -> radius(network, radius, image)).toArray();
    return new Score(
        share(radii, 0), Radius.ALL.stream().map(asked -> share(radii, asked.distance())).toList());
  }

  /** The certified radius around an image; less than any distance where the class is wrong. */
  private static double radius(
      DoubleNetwork network, ToDoubleBiFunction<double[], double[]> radius, Images.Image image) {
    double[] pixels = image.pixels();
    double[] logits = new double[network.outputSize()];
    network.apply(pixels, logits);
    return argMax(logits) == image.label() ? radius.applyAsDouble(pixels, logits) : -1;
  }

  private static double share(double[] radii, double distance) {
    long reached = 0;
    for (double radius : radii) {
      reached += radius >= distance ? 1 : 0;
    }
    return (double) reached / radii.length;
  }

  /** The class of the largest logit. */
  static int argMax(double[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
