package io.lipc.examples.digits;

import io.lipc.runtime.DistanceDecision;
import io.lipc.runtime.DistanceDecision.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether two images show the same digit, by the distance of their embeddings: one held-out
 * image of each digit is enrolled, and all others are compared with these ten. The ten scores of a
 * network serve as the embedding.
 */
public final class Verification {

  /** The largest distance of embeddings of the same digit. */
  static final double THRESHOLD = 1.2;

  private Verification() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    DigitsLdltNetwork network = DigitsLdltNetwork.load();
    List<Images.Image> images = Images.heldOut();
    List<Decision> same = new ArrayList<>();
    List<Decision> other = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      Images.Image enrolled = firstOf(images, digit);
      DistanceDecision<float[]> near =
          DistanceDecision.ofInput(network, enrolled.pixels(), THRESHOLD);
      for (Images.Image image : images) {
        if (!image.equals(enrolled)) {
          (image.digit() == digit ? same : other).add(near.decide(image.pixels()));
        }
      }
    }
    print("same digit, accepted", same.stream().filter(Decision::within).toList(), same.size());
    print("other digit, refused", other.stream().filter(d -> !d.within()).toList(), other.size());
  }

  /** The first image of a digit, which is enrolled. */
  static Images.Image firstOf(List<Images.Image> images, int digit) {
    return images.stream().filter(image -> image.digit() == digit).findFirst().orElseThrow();
  }

  private static void print(String what, List<Decision> right, int all) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f %% of %d pairs, certified at l2 distance 0.10: %.1f %%, at 0.25: %.1f %%%n",
        what,
        100.0 * right.size() / all,
        all,
        100.0 * right.stream().filter(decision -> decision.radius() >= 0.1).count() / all,
        100.0 * right.stream().filter(decision -> decision.radius() >= 0.25).count() / all);
  }
}
