package io.lipc.model.activation;

/**
 * The interval that holds every difference quotient {@code (f(s) - f(t)) / (s - t)} of a scalar
 * function (the <em>slope restriction</em> of LipSDP, Fazlyab et al. 2019, Definition 1). The
 * trusted core has a table and a type of its own, {@code SlopeTable.Slopes}, so that no proof rests
 * on the model; a test compares the two tables.
 *
 * @param alpha the lower slope, finite
 * @param beta the upper slope, finite and not below {@code alpha}
 */
public record SlopeBounds(double alpha, double beta) {

  public SlopeBounds {
    if (!(Double.isFinite(alpha) && Double.isFinite(beta) && alpha <= beta)) {
      throw new IllegalArgumentException("not slope bounds: [" + alpha + ", " + beta + "]");
    }
  }

  /** Whether the function neither falls nor is steeper than 1: slopes within [0, 1]. */
  public boolean isMonotone() {
    return alpha >= 0 && beta <= 1;
  }

  /** The Lipschitz constant that these slopes imply: {@code max(|alpha|, |beta|)}. */
  public double gain() {
    return Math.max(Math.abs(alpha), Math.abs(beta));
  }
}
