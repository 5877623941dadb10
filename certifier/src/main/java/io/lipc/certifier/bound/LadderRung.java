package io.lipc.certifier.bound;

/**
 * The place of a method on the ladder, from the cheapest to the dearest: it decides when the method
 * has a turn, and how much of the time.
 */
public enum LadderRung {
  /** Norms and magnitudes of layers, and what follows from them: soon done. */
  PRODUCT,
  /**
   * One elimination for all frequencies of a torus: soon done for images, whose norms take long.
   */
  FREQUENCIES,
  /** Block elimination over all units: it proves more than a product, and takes longer. */
  ELIMINATION,
  /** Iterations, which may take the whole budget. */
  ITERATION
}
