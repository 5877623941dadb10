package io.lipc.tools.page;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The results of a network on data.
 *
 * @param file what the data was read from
 * @param distance that radii are measured in, such as {@code l2 distance in the table's units}
 * @param margins by sample, the logit of its class less the largest other one, as computed
 * @param radii by sample whose class is right, within which that cannot change, rounding included,
 *     rounded down; 0 where nothing can be said
 * @param byBounds what the same samples have by bounds alone, where radii use signs besides; else
 *     empty
 * @param maxError no computed logit is further from the exact one
 * @param boxed whether a box is declared, which nearer inputs have to lie in, too
 * @param outside how many samples lie outside of the declared box, so that their radii are 0
 */
public record Samples(
    String file,
    String distance,
    List<Double> margins,
    List<Double> radii,
    Optional<List<Double>> byBounds,
    double maxError,
    boolean boxed,
    int outside) {
  public Samples {
    margins = List.copyOf(margins);
    radii = List.copyOf(radii);
    byBounds = byBounds.map(List::copyOf);
  }

  /** At least half of the samples whose class is right have this radius; 0 where none is right. */
  double median() {
    return median(radii);
  }

  /** The same by bounds alone, where radii use signs besides. */
  OptionalDouble medianByBounds() {
    return byBounds.stream().mapToDouble(Samples::median).findFirst();
  }

  private static double median(List<Double> radii) {
    List<Double> sorted = radii.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  /** The share of all samples that are right and have at least this radius. */
  double certified(double radius) {
    return (double) radii.stream().filter(r -> r >= radius).count() / margins.size();
  }
}
