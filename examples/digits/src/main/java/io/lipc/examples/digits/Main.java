package io.lipc.examples.digits;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Prints what the compiler proved, and what that is worth on images that training has not seen. */
public final class Main {

  private static final double[] RADII = {0.1, 0.25, 0.5};

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    DigitsNetwork network = DigitsNetwork.load();
    System.out.printf(
        Locale.ROOT,
        "certified: l2 -> l2 Lipschitz bound %s by %s (declared %s)%n",
        BigDecimal.valueOf(network.lipschitzBound()).setScale(4, RoundingMode.CEILING),
        network.certificate().method(),
        network.certificate().declared());
    System.out.println("checked again now: " + network.verify());

    List<Images.Image> images = Images.heldOut();
    int correct = 0;
    int[] certified = new int[RADII.length];
    float[] logits = new float[network.outputSize()];
    for (Images.Image image : images) {
      network.apply(image.pixels(), logits);
      if (argMax(logits) != image.digit()) {
        continue;
      }
      correct++;
      double radius = network.certifiedRadius(logits);
      for (int k = 0; k < RADII.length; k++) {
        certified[k] += radius >= RADII[k] ? 1 : 0;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "accuracy on %d held-out images: %.1f %%%n",
        images.size(),
        100.0 * correct / images.size());
    for (int k = 0; k < RADII.length; k++) {
      System.out.printf(
          Locale.ROOT,
          "certified accuracy at l2 radius %.2f: %.1f %%%n",
          RADII[k],
          100.0 * certified[k] / images.size());
    }
  }

  private static int argMax(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
