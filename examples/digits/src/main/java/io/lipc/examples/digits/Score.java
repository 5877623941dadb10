package io.lipc.examples.digits;

import io.lipc.runtime.FloatNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * The score of a network on images that training has not seen.
 *
 * @param accuracy the share, in [0, 1], of the images whose digit is found
 * @param certified for each of {@link #RADII}, of those whose digit is found and cannot be changed
 *     by any change of the pixels within that l2 distance
 * @param median the certified radius that every second image has at least, or more
 */
record Score(double accuracy, List<Double> certified, double median) {

  /** The l2 distances that certified accuracy is told for. */
  static final List<Double> RADII = List.of(0.1, 0.25, 0.5);

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
      FloatNetwork network,
      ToDoubleBiFunction<float[], float[]> radius,
      List<Images.Image> images) {
    double[] radii = images.stream().mapToDouble(image -> radius(network, radius, image)).toArray();
    return new Score(
        share(radii, 0),
        RADII.stream().map(distance -> share(radii, distance)).toList(),
        Arrays.stream(radii).sorted().toArray()[radii.length / 2]);
  }

  /** The certified radius around an image; less than any distance where the digit is wrong. */
  private static double radius(
      FloatNetwork network, ToDoubleBiFunction<float[], float[]> radius, Images.Image image) {
    float[] logits = new float[network.outputSize()];
    network.apply(image.pixels(), logits);
    return argMax(logits) == image.digit() ? radius.applyAsDouble(image.pixels(), logits) : -1;
  }

  private static double share(double[] radii, double distance) {
    long reached = 0;
    for (double radius : radii) {
      reached += radius >= distance ? 1 : 0;
    }
    return (double) reached / radii.length;
  }

  /** The class of the largest logit. */
  static int argMax(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
