package io.lipc.certificate;

import java.util.List;
import java.util.Optional;

/** Why a symmetric matrix is positive; each kind names the procedure that the checker follows. */
public sealed interface PositivityWitness extends GainWitness {

  /**
   * An exact congruence: with the lower triangular integer matrix M, {@code T = M B M'} is strictly
   * diagonally dominant with a positive diagonal, so the equilibrated matrix B is positive
   * definite. A common power of two in M changes nothing and is not recorded.
   *
   * @param rows row i has i + 1 integers, the last of them positive
   */
  record Congruence(List<List<Long>> rows) implements PositivityWitness {
    public Congruence {
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Elimination over the integers: the only procedure that decides singular matrices, meant for
   * small ones.
   */
  record ExactElimination() implements PositivityWitness {}

  /** A Cholesky factorisation in doubles of a matrix lowered by its own error bound. */
  record VerifiedCholesky() implements PositivityWitness {}

  /**
   * A bound from linf without a matrix: factors are multiplied and added element by element, and
   * the bound follows from those of the output. It proves all elements of the output at once.
   */
  record ElementwiseProduct() implements PositivityWitness {}

  /**
   * Ranges of the network's derivatives on a box, without a matrix: they prove a bound between any
   * norms, or that the network is monotone. They prove all elements of the output at once.
   *
   * @param boxes how the box is cut, each part of which is proved by itself
   */
  record Rows(BoxTree boxes) implements PositivityWitness {}

  /**
   * A torus on which the first units of a network of images are proved, at each of its frequencies,
   * by verified Cholesky factorisations; multipliers are those of channels.
   *
   * @param torus as many cells as the last images have pixels in each direction, or more
   * @param head the linear unit that reads these images, where the proof goes on behind it without
   *     a torus; empty where all units are on it
   */
  record AllFrequencies(Torus torus, Optional<Integer> head) implements PositivityWitness {}
}
