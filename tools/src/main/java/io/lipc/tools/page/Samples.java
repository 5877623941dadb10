package io.lipc.tools.page;

import java.util.List;

/**
 * The results of a network on data.
 *
 * @param file what the data was read from
 * @param margins by sample, the logit of its class less the largest other one, as computed
 * @param radii by sample whose class is right, within which that cannot change, rounding included,
 *     rounded down; 0 where nothing can be said
 * @param maxError no computed logit is further from the exact one
 * @param boxed whether a box is declared, which nearer inputs have to lie in, too
 * @param outside how many samples lie outside of the declared box, so that their radii are 0
 */
public record Samples(
    String file,
    List<Double> margins,
    List<Double> radii,
    double maxError,
    boolean boxed,
    int outside) {
  public Samples {
    margins = List.copyOf(margins);
    radii = List.copyOf(radii);
  }

  /** The share of all samples that are right and have at least this radius. */
  double certified(double radius) {
    return (double) radii.stream().filter(r -> r >= radius).count() / margins.size();
  }
}
