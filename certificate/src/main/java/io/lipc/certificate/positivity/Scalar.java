package io.lipc.certificate.positivity;

import java.util.List;

/** A real number that the matrix is assembled from: known exactly, or enclosed. */
public interface Scalar<E extends Scalar<E>> {

  /** The sum of this number and another, exact or enclosed as both are. */
  E plus(E other);

  /** The product of this number and another, exact or enclosed as both are. */
  E times(E other);

  /** The inner product of equally long, not empty vectors, of which this number may be any. */
  default E dot(List<E> left, List<E> right) {
    E sum = left.getFirst().times(right.getFirst());
    for (int k = 1; k < left.size(); k++) {
      sum = sum.plus(left.get(k).times(right.get(k)));
    }
    return sum;
  }

  /** Whether this number is known to be exactly zero. */
  boolean isZero();

  /** How many machine words this number takes, with what surrounds them. */
  default long words() {
    return 4;
  }

  /** The double nearest to this number, or the middle of what encloses it. */
  double middle();
}
