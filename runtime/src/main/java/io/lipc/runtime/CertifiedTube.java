package io.lipc.runtime;

/**
 * The half-width of a tube: how far an output of a network can move when its input does.
 *
 * <p>Let f be the exact network with bound L, and E a bound of |computed - exact| per output.
 * {@code |f_k(x) - f_k(x')| <= |f(x) - f(x')| <= L |x - x'|}, whether the bound is to l2 or to
 * linf. Each of the computed outputs is within E of the exact one, so they differ by at most {@code
 * L |x - x'| + 2E}: around a prediction y lies a tube, from {@code y - w} to {@code y + w}, that
 * holds what the network predicts for every input within the distance.
 *
 * <p>E holds on the declared box of inputs, so x and x' have to lie in it. Every operation below
 * rounds towards the wider tube.
 *
 * @param bound the certified Lipschitz bound L
 * @param maxError E: no computed output differs from the exact one by more, on the whole box;
 *     infinite where no such number is known
 */
public record CertifiedTube(double bound, double maxError) {

  /**
   * A tube of these numbers.
   *
   * @throws IllegalArgumentException if one of them is negative or NaN
   */
  public CertifiedTube {
    if (!(bound >= 0) || !(maxError >= 0)) {
      throw new IllegalArgumentException("bound " + bound + ", error " + maxError);
    }
  }

  /**
   * The tube around what a network gives, on its declared box.
   *
   * @return infinitely wide where no box is declared, or an overflow is not excluded
   */
  public static CertifiedTube of(LipschitzNetwork network) {
    return new CertifiedTube(
        network.radiusClaim().bound().bound(), CertifiedNetwork.maxError(network));
  }

  /**
   * The half-width of the tube: how far an output can move.
   *
   * @param distance by which the input moves within the box, as {@link
   *     LipschitzNetwork#radiusClaim()} measures it
   * @return w, rounded up: no computed output moves by more; infinite where nothing can be said
   * @throws IllegalArgumentException if the distance is negative or NaN
   */
  public double halfWidth(double distance) {
    if (!(distance >= 0)) {
      throw new IllegalArgumentException("no distance: " + distance);
    }
    double width = Math.nextUp(Math.nextUp(bound * distance) + 2 * maxError);
    // 0 times infinity.
    return Double.isNaN(width) ? Double.POSITIVE_INFINITY : width;
  }
}
