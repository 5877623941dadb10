package io.lipc.certificate;

/**
 * What a certificate says of a network, in real arithmetic: how far its outputs move at most, in
 * one form, where its inputs move by so much in another. Who reads a certificate asks its claim.
 */
public sealed interface Claim {

  /** Between which norms of differences. */
  Norms norms();

  /** The factor that is claimed, exactly this double. */
  double bound();

  /** The same claim with another bound. */
  Claim bounded(double other);

  /** Whether inputs are measured by the element that moves most: from linf. */
  default boolean fromLargest() {
    return norms().input() == Norm.LINF;
  }

  /** Whether it is the same claim of each element of the output, by itself: to linf. */
  default boolean ofEachOutput() {
    return norms().output() == Norm.LINF;
  }

  /**
   * {@code |f(x) - f(x')| <= bound |x - x'|} for all inputs x and x'.
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
