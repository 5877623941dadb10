package io.lipc.certificate;

/**
 * What a certificate says about a network, in real arithmetic: how far its outputs move at most
 * where its inputs move by a given amount. Whatever reads a certificate asks its claim.
 */
public sealed interface Claim {

  /** The norms in which differences of inputs and of outputs are measured. */
  Norms norms();

  /** The factor that is claimed, exactly this double. */
  double bound();

  /** The same claim with another bound, for the same norms. */
  Claim bounded(double other);

  /** Whether differences of inputs are measured in linf, by the element that moves most. */
  default boolean fromLargest() {
    return norms().input() == Norm.LINF;
  }

  /**
   * Whether differences of outputs are measured in linf, so that the claim is one about each
   * element of the output.
   */
  default boolean ofEachOutput() {
    return norms().output() == Norm.LINF;
  }

  /**
   * The Lipschitz claim {@code |f(x) - f(x')| <= bound |x - x'|} for all inputs x and x'.
   *
   * @param norms of the differences of inputs and of outputs
   * @param bound not negative, where it is true
   */
  record Lipschitz(Norms norms, double bound) implements Claim {

    @Override
    public Lipschitz bounded(double other) {
      return new Lipschitz(norms, other);
    }
  }
}
