package io.lipc.certifier;

import io.lipc.certifier.lmi.OptimalMultipliers.Candidate;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.ScaledMultipliers;
import io.lipc.formats.ElementType;
import java.util.List;

/**
 * One attempt to prove that the difference of a pair, times a factor that is nearly one by its
 * bound, is 1-Lipschitz. With the square of the bound and the multipliers both {@code 1 + e} times
 * as large, {@code S = A - y'y} becomes {@code (1 + e) S + e y'y}, which is clear of singular; the
 * square is enlarged by as much again, so that rounding has room.
 *
 * @param margin e
 * @param bits how many bits multipliers keep
 */
record PairRung(double margin, int bits) {

  /**
   * The attempts, in their order. One text has many proofs, so short numbers matter more than the
   * last digits of a radius.
   */
  static final List<PairRung> ALL =
      List.of(
          new PairRung(1e-6, 26),
          new PairRung(1e-5, 26),
          new PairRung(1e-4, ScaledMultipliers.ALL_BITS),
          new PairRung(1e-3, ScaledMultipliers.ALL_BITS),
          new PairRung(1e-2, ScaledMultipliers.ALL_BITS));

  /** Factors of pairs whose difference hardly depends on the input are no larger. */
  private static final double MAX_SCALE = 0x1p60;

  /** Whether multipliers lose bits. */
  boolean shortens() {
    return bits < ScaledMultipliers.ALL_BITS;
  }

  /** The factor of a pair, rounded down to the format in which it has to be given. */
  double factor(Candidate candidate, ElementType type) {
    double enlarged = candidate.bound() * Math.sqrt(1 + 2 * margin);
    double factor = Math.min(1 / enlarged, MAX_SCALE);
    double rounded = type.round(factor);
    return switch (type) {
      case F32 -> rounded > factor ? Math.nextDown((float) rounded) : rounded;
      case F64 -> rounded;
    };
  }

  /** The multipliers of a pair that is scaled by that factor. */
  Prover.Draft draft(Candidate candidate, double factor) {
    return new Prover.Draft(
        1,
        List.of(),
        List.of(),
        ScaledMultipliers.of(candidate.multipliers(), factor * factor * (1 + margin), bits));
  }
}
