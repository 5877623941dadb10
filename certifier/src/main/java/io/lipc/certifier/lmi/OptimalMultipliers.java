package io.lipc.certifier.lmi;

import io.lipc.certificate.Proof;
import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.InteriorPoint.Result;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.ShortNumber;
import io.lipc.linalg.Deadline;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Multipliers next to the best ones, in numbers that a checker can follow.
 *
 * @param rows where the inequality comes from
 * @param inequality what was minimised: that of {@code rows}, or one with the same optimum
 * @param startRho rho at the start of the minimisation
 * @param start the multipliers there: S is positive definite
 * @param result its end
 */
public record OptimalMultipliers(
    RowInequality rows,
    MatrixInequality inequality,
    double startRho,
    List<Double> start,
    Result result) {

  /** A bound, and multipliers that should prove it. */
  public record Candidate(double bound, List<Proof.Multiplier> multipliers) {}

  /** A share of the strictly feasible start that is added, and the bits that multipliers keep. */
  private record Rung(double share, int bits) {}

  private static final List<Rung> RUNGS =
      List.of(
          new Rung(1e-10, 30),
          new Rung(1e-9, 30),
          new Rung(1e-9, 53),
          new Rung(1e-8, 53),
          new Rung(1e-7, 53),
          new Rung(1e-6, 53),
          new Rung(1e-5, 53));

  /** The checker shifts a large matrix by more, and takes its time. */
  private static final List<Rung> RUNGS_OF_LARGE =
      List.of(new Rung(1e-6, 53), new Rung(1e-5, 53), new Rung(1e-4, 53));

  /** An equality is only had with the exact multipliers: numbers of few bits, if any. */
  private static final int[] FEW_BITS = {4, 8, 12, 16, 20, 24};

  /**
   * An iteration of {@link InteriorPoint} costs some ten products of this size: here, a second or
   * two.
   */
  public static final int MAX_DENSE = 1200;

  /** The relative gap of rho: a step of {@link BarrierMethod} takes seconds, and halves the gap. */
  private static final double GAP_OF_LARGE = 1e-4;

  public OptimalMultipliers {
    start = List.copyOf(start);
  }

  /**
   * Minimises rho.
   *
   * @return empty if the start is not strictly feasible in doubles
   */
  public static Optional<OptimalMultipliers> of(
      RowInequality rows, MatrixInequality inequality, double startRho, double[] start, Goal goal) {
    Result result;
    if (!isLarge(inequality)) {
      result = InteriorPoint.minimise(inequality, startRho, start, goal);
    } else if (start.length <= SpectralBundle.MAX_MULTIPLIERS) {
      result = SpectralBundle.minimise(inequality, startRho, start, GAP_OF_LARGE, goal);
    } else {
      result = BarrierMethod.minimise(inequality, startRho, start, GAP_OF_LARGE, goal);
    }
    return result.ending() == Ending.INFEASIBLE_START
        ? Optional.empty()
        : Optional.of(
            new OptimalMultipliers(
                rows, inequality, startRho, Arrays.stream(start).boxed().toList(), result));
  }

  /**
   * Multipliers in the middle of those that prove a bound, of which some is left to gain: where the
   * matrix is far from singular.
   *
   * @param left how much of rho may be left, relative
   * @return empty if the start is not strictly feasible in doubles
   */
  public static Optional<OptimalMultipliers> central(
      RowInequality rows,
      MatrixInequality inequality,
      double startRho,
      double[] start,
      double left,
      Goal goal) {
    Result result = BarrierMethod.minimise(inequality, startRho, start, left, goal);
    return result.ending() == Ending.INFEASIBLE_START
        ? Optional.empty()
        : Optional.of(
            new OptimalMultipliers(
                rows, inequality, startRho, Arrays.stream(start).boxed().toList(), result));
  }

  private static boolean isLarge(MatrixInequality inequality) {
    return inequality.size() > MAX_DENSE;
  }

  /** The dual value as a bound that no multipliers go below; empty unless the gap was closed. */
  public OptionalDouble limit() {
    return result.ending() == Ending.CONVERGED
        ? OptionalDouble.of(Math.sqrt(Math.max(0, result.dual())))
        : OptionalDouble.empty();
  }

  /** Why there may be no proof, a lower-case clause. */
  public String why() {
    return result.ending() == Ending.OUT_OF_TIME
        ? "the budget was spent after " + result.iterations() + " steps"
        : "the checker accepted none of the multipliers";
  }

  /**
   * The candidates to try, the least bound first.
   *
   * <p>Near the optimum S is singular. So a share of the start, where S is positive definite, is
   * added to the multipliers; the least rho for them, once rounded, is enlarged by that share.
   */
  public Stream<Candidate> candidates(Deadline deadline) {
    return (isLarge(inequality) ? RUNGS_OF_LARGE : RUNGS)
        .stream().flatMap(rung -> candidate(rung, deadline).stream());
  }

  private Optional<Candidate> candidate(Rung rung, Deadline deadline) {
    double[] lambda = result.lambda();
    double share = rung.share * result.rho() / startRho;
    Arrays.setAll(lambda, i -> ShortNumber.of(lambda[i] + share * start.get(i), rung.bits));
    OptionalDouble least = inequality.leastRho(lambda, deadline);
    double rho = least.orElse(Double.POSITIVE_INFINITY) * (1 + rung.share);
    double bound = Math.nextUp(Math.sqrt(Math.nextUp(rho)));
    return Double.isFinite(bound)
        ? Optional.of(new Candidate(bound, rows.multipliers(lambda, bound)))
        : Optional.empty();
  }

  /** Candidates that may prove exactly {@code bound}, if that is the optimum. */
  public Stream<Candidate> exactly(double bound) {
    return IntStream.of(FEW_BITS)
        .mapToObj(
            bits -> result.multipliers().stream().mapToDouble(value -> ShortNumber.of(value, bits)))
        .map(lambda -> new Candidate(bound, rows.multipliers(lambda.toArray(), bound)));
  }
}
