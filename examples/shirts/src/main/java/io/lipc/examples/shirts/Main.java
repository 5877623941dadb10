package io.lipc.examples.shirts;

import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.runtime.CertifiedRadius;
import io.lipc.runtime.DoubleNetwork;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Prints what the compiler proved of three convolutional networks, and what that is worth on the
 * test images of Fashion-MNIST: one whose weights PyTorch trained, one of norm 1 layer by layer,
 * and one of residual blocks.
 */
public final class Main {

  private Main() {}

  /** Takes one argument: the folder with the files of the data set. */
  public static void main(String[] arguments) {
    if (arguments.length != 1 || arguments[0].isBlank()) {
      fail(
          "the one argument is the folder with the files of Fashion-MNIST, -Dimages=FOLDER in Maven");
      return;
    }
    try {
      print(Images.read(Path.of(arguments[0]), Images.Part.TEST));
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private static void fail(String message) {
    System.err.println("shirts: " + message);
    System.exit(2);
  }

  private static void print(List<Images.Image> images) {
    ShirtsNetwork given = ShirtsNetwork.load();
    ShirtsOrthogonalNetwork orthogonal = ShirtsOrthogonalNetwork.load();
    ShirtsResidualNetwork residual = ShirtsResidualNetwork.load();
    printProof("given weights", given);
    printProof("orthogonal", orthogonal);
    printProof("residual LDL^T", residual);

    System.out.printf(
        Locale.ROOT, "%n%d test images      accuracy   certified accuracy%n", images.size());
    StringBuilder radii = new StringBuilder(" ".repeat(30));
    Radius.ALL.forEach(radius -> radii.append("%12s".formatted("at " + radius.text())));
    System.out.println(radii);
    printScore("given weights", Score.of(given, given::certifiedRadius, images));
    double error = RoundingBound.maxError(given.subject()).orElse(Double.POSITIVE_INFINITY);
    printScore(
        "  without pairs",
        Score.of(
            given,
            (pixels, logits) -> CertifiedRadius.of(logits, given.lipschitzBound(), error),
            images));
    printScore("orthogonal", Score.of(orthogonal, orthogonal::certifiedRadius, images));
    printScore("residual LDL^T", Score.of(residual, residual::certifiedRadius, images));
  }

  private static void printProof(String name, DoubleNetwork network) {
    System.out.printf(
        Locale.ROOT,
        "%s: certified l2 -> l2 Lipschitz bound %s by %s (declared %s)%n",
        name,
        BigDecimal.valueOf(network.lipschitzBound()).setScale(4, RoundingMode.CEILING),
        network.certificate().method(),
        network.certificate().lipschitz().declared());
    System.out.println("  checked again now: " + network.verify());
  }

  private static void printScore(String name, Score score) {
    StringBuilder row = new StringBuilder();
    row.append("%-20s%10s".formatted(name, percent(score.accuracy())));
    score.certified().forEach(share -> row.append("%12s".formatted(percent(share))));
    System.out.println(row);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
