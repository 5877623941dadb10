package io.lipc.examples.digits;

import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.runtime.CertifiedRadius;
import io.lipc.runtime.FloatNetwork;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/**
 * Prints what the compiler proved of two networks, and what that is worth on images that training
 * has not seen: one whose weights were given, and one that is 1-Lipschitz by construction.
 */
public final class Main {

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    DigitsNetwork given = DigitsNetwork.load();
    DigitsLdltNetwork ldlt = DigitsLdltNetwork.load();
    printProof("given weights", given);
    printProof("LDLT-R", ldlt);

    List<Images.Image> images = Images.heldOut();
    System.out.printf(
        Locale.ROOT, "%n%d held-out images   accuracy   certified accuracy%n", images.size());
    StringBuilder radii = new StringBuilder(" ".repeat(30));
    Score.RADII.forEach(radius -> radii.append(String.format(Locale.ROOT, "   at %.2f", radius)));
    System.out.println(radii.append("   median radius"));
    printScores("given weights", given, given::certifiedRadius, images);
    printScores("LDLT-R", ldlt, ldlt::certifiedRadius, images);
  }

  private static void printProof(String name, FloatNetwork network) {
    System.out.printf(
        Locale.ROOT,
        "%s: certified l2 -> l2 Lipschitz bound %s by %s (declared %s)%n",
        name,
        BigDecimal.valueOf(network.lipschitzBound()).setScale(4, RoundingMode.CEILING),
        network.certificate().method(),
        network.certificate().lipschitz().declared());
    System.out.println("  checked again now: " + network.verify());
  }

  /** As the class gives radii, by the bounds of pairs alone, and by the one bound of all. */
  private static void printScores(
      String name,
      FloatNetwork network,
      ToDoubleBiFunction<float[], float[]> radius,
      List<Images.Image> images) {
    double error = RoundingBound.maxError(network.subject()).orElse(Double.POSITIVE_INFINITY);
    printScore(name, Score.of(network, radius, images));
    if (network.hasRadiiBySigns()) {
      PairBounds pairs = network.pairBounds().orElseThrow();
      printScore(
          "  without signs",
          Score.of(network, (pixels, logits) -> CertifiedRadius.of(logits, pairs, error), images));
    }
    printScore(
        "  without pairs",
        Score.of(
            network,
            (pixels, logits) -> CertifiedRadius.of(logits, network.lipschitzBound(), error),
            images));
  }

  private static void printScore(String name, Score score) {
    StringBuilder row = new StringBuilder();
    row.append("%-20s%10s".formatted(name, percent(score.accuracy())));
    score.certified().forEach(share -> row.append("%10s".formatted(percent(share))));
    row.append(String.format(Locale.ROOT, "%16.3f", score.median()));
    System.out.println(row);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
