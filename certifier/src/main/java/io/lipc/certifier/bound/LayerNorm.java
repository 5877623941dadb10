package io.lipc.certifier.bound;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Weighted;
import io.lipc.certificate.search.ProofMatrix;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.LinearOperator;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.certifier.problem.Witnesses;
import io.lipc.formats.Tensor;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Eigenvalues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A dense unit or a convolution with a bound of its spectral norm that the checker accepts.
 *
 * @param unit its number
 * @param map what it multiplies by
 * @param gain the bound and its witness, as a proof about more units states them: that of a
 *     convolution is its norm on a torus; empty where no candidate was accepted
 * @param unrolled a bound of the matrix of a convolution, on its image as it is; there where the
 *     image is small and the torus proves nothing, or more than it needs. A certificate has no gain
 *     for it, so the rows of such a unit stay in the matrix inequality
 */
public record LayerNorm(
    int unit, Weighted map, Optional<Proof.Gain> gain, OptionalDouble unrolled) {

  /** An image of more elements is never unrolled: its matrix takes a second or more. */
  private static final int MAX_UNROLLED = 512;

  /** The same for the elements that a convolution gives. */
  private static final int MAX_UNROLLED_OUTPUTS = 2048;

  /** A torus whose norm is larger by no more than this share is as good: its proof is shorter. */
  private static final double NEAR = 0.01;

  /** The relative margins by which the estimate is enlarged, one after the other. */
  private static final double[] MARGINS = {1e-9, 1e-8, 1e-7, 1e-6, 1e-4, 1e-2};

  /** Larger networks take the quicker witness. */
  private static final int MANY_LAYERS = 16;

  /** Larger matrices, too. */
  private static final int MAX_CONGRUENCE = 32;

  /** The norms of all dense units and convolutions, in order. */
  public static List<LayerNorm> ofAll(Problem problem) {
    return ofAll(problem, Budget.of(Optional.empty()));
  }

  /**
   * The same.
   *
   * @param budget where it is spent the others have none
   */
  public static List<LayerNorm> ofAll(Problem problem, Budget budget) {
    List<Unit> units = problem.units();
    boolean quick = units.stream().filter(LayerNorm::isNeeded).count() > MANY_LAYERS;
    List<LayerNorm> norms = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i) instanceof Unit.Linear(_, Weighted map, _)) {
        norms.add(budget.isSpent() ? unproved(i, map) : of(problem, i, map, quick));
      }
    }
    return List.copyOf(norms);
  }

  private static LayerNorm of(Problem problem, int unit, Weighted map, boolean quick) {
    return switch (map) {
      case Convolution convolution -> of(problem, unit, convolution);
      case Matrix dense -> of(problem, unit, dense, quick);
    };
  }

  private static LayerNorm unproved(int unit, Weighted map) {
    return new LayerNorm(unit, map, Optional.empty(), OptionalDouble.empty());
  }

  /** The same norms, on tori where these prove any: then fewer rows are single elements. */
  static List<LayerNorm> onTori(List<LayerNorm> norms) {
    return norms.stream()
        .map(
            norm ->
                norm.gain().isPresent()
                    ? new LayerNorm(norm.unit(), norm.map(), norm.gain(), OptionalDouble.empty())
                    : norm)
        .toList();
  }

  /** The gains that a proof about all units states. */
  static List<Proof.Gain> gains(List<LayerNorm> norms) {
    return norms.stream()
        .filter(norm -> norm.unrolled().isEmpty())
        .map(norm -> norm.gain().orElseThrow())
        .toList();
  }

  /** The least bound that is proved; empty if there is none. */
  public OptionalDouble norm() {
    return unrolled.isPresent()
        ? unrolled
        : gain.map(proved -> OptionalDouble.of(proved.gain())).orElse(unrolled);
  }

  /** Whether a unit has a norm only by a proof: a dense unit or a convolution. */
  public static boolean isNeeded(Unit unit) {
    return unit instanceof Unit.Linear(_, Weighted _, _);
  }

  /** Whether a unit multiplies by a matrix. */
  static boolean isDense(Unit unit) {
    return unit instanceof Unit.Linear(_, Matrix _, _);
  }

  /** The name of the tensor that it multiplies by. */
  public String weight() {
    return map.weight();
  }

  private static LayerNorm of(Problem problem, int unit, Convolution map) {
    Tensor tensor = problem.weights().tensor(map.weight()).orElseThrow();
    Optional<TorusNorm> best = TorusNorm.best(map, tensor, problem.deadline());
    Optional<Proof.Gain> gain = Optional.empty();
    for (int i = 0; i < MARGINS.length && gain.isEmpty() && best.isPresent(); i++) {
      double candidate = enlarged(best.get().norm(), MARGINS[i]);
      gain = accepted(problem, new Proof.Gain(unit, candidate, best.get().torus()));
    }
    return new LayerNorm(unit, map, gain, unrolled(problem, unit, map, gain));
  }

  /** The norm on the image as it is, where a torus proves none, or one that is larger. */
  private static OptionalDouble unrolled(
      Problem problem, int unit, Convolution map, Optional<Proof.Gain> onTorus) {
    Unit.Linear layer = (Unit.Linear) problem.units().get(unit);
    if (map.input().elements() > MAX_UNROLLED || layer.size() > MAX_UNROLLED_OUTPUTS) {
      return OptionalDouble.empty();
    }
    Deadline deadline = problem.deadline();
    double[][] matrix = LinearOperator.of(problem, layer).matrix(deadline);
    double norm = Eigenvalues.spectralNorm(matrix, deadline);
    double most = onTorus.map(gain -> gain.gain() / (1 + NEAR)).orElse(Double.MAX_VALUE);
    Prover alone = new Prover(alone(problem, unit), NormProduct.WORD);
    return Arrays.stream(MARGINS)
        .map(margin -> enlarged(norm, margin))
        .filter(candidate -> candidate < most)
        .filter(
            candidate ->
                alone
                    .check(
                        new Prover.Draft(candidate, List.of(), List.of(), List.of()),
                        new PositivityWitness.VerifiedCholesky())
                    .isPresent())
        .findFirst();
  }

  private static double enlarged(double norm, double margin) {
    return norm == 0 ? Math.scalb(margin, -100) : norm * (1 + margin);
  }

  private static LayerNorm of(Problem problem, int unit, Matrix dense, boolean quick) {
    Tensor tensor = problem.weights().tensor(dense.weight()).orElseThrow();
    double norm = Eigenvalues.spectralNorm(tensor.rows(), problem.deadline());
    int side = Math.min(dense.outputs(), dense.inputs());
    Optional<Proof.Gain> gain = Optional.empty();
    if (side <= Witnesses.MAX_EXACT) {
      gain = shortNumber(norm).flatMap(g -> accepted(problem, exact(unit, g)));
    }
    for (int i = 0; i < MARGINS.length && gain.isEmpty() && side <= Witnesses.MAX_CHOLESKY; i++) {
      double candidate = enlarged(norm, MARGINS[i]);
      for (PositivityWitness witness :
          witnesses(tensor, candidate, side, quick, problem.deadline())) {
        if (gain.isEmpty()) {
          gain = accepted(problem, new Proof.Gain(unit, candidate, witness));
        }
      }
    }
    return new LayerNorm(unit, dense, gain, OptionalDouble.empty());
  }

  /** The number of few bits next to {@code norm}, if rounding can be all that lies between. */
  private static Optional<Double> shortNumber(double norm) {
    double rounded = (float) norm;
    return Math.abs(rounded - norm) <= 1e-13 * norm ? Optional.of(rounded) : Optional.empty();
  }

  private static Proof.Gain exact(int unit, double gain) {
    return new Proof.Gain(unit, gain, new PositivityWitness.ExactElimination());
  }

  private static List<PositivityWitness> witnesses(
      Tensor tensor, double gain, int side, boolean quick, Deadline deadline) {
    List<PositivityWitness> witnesses = new ArrayList<>();
    if (quick || side > MAX_CONGRUENCE) {
      witnesses.add(new PositivityWitness.VerifiedCholesky());
    } else {
      matrix(tensor, gain, deadline)
          .flatMap(matrix -> Witnesses.congruence(matrix, deadline))
          .ifPresent(witnesses::add);
    }
    return witnesses;
  }

  private static Optional<double[][]> matrix(Tensor tensor, double gain, Deadline deadline) {
    try {
      return Optional.of(ProofMatrix.gain(tensor, gain, deadline::check));
    } catch (IllegalArgumentException e) {
      // Its diagonal shows that the matrix is not positive: there is nothing to witness.
      return Optional.empty();
    }
  }

  /** The gain, if the checker accepts it as the bound of a network of this layer alone. */
  private static Optional<Proof.Gain> accepted(Problem problem, Proof.Gain gain) {
    Problem alone = alone(problem, gain.unit());
    int inputs = alone.units().getFirst().size();
    int outputs = alone.units().getLast().size();
    Prover.Draft claim =
        new Prover.Draft(
            gain.gain(),
            List.of(new Proof.Gain(1, gain.gain(), gain.witness())),
            List.of(
                new Proof.Segmentation(0, List.of(inputs)),
                new Proof.Segmentation(1, List.of(outputs))),
            List.of(new Proof.Multiplier(1, Proof.Constraint.GAIN, List.of(1.0))));
    return new Prover(alone, NormProduct.WORD)
        .check(claim, new PositivityWitness.ExactElimination())
        .map(_ -> gain);
  }

  /** A network of one layer. */
  private static Problem alone(Problem problem, int unit) {
    Unit.Linear layer = (Unit.Linear) problem.units().get(unit);
    int inputs = problem.units().get(layer.operands().getFirst()).size();
    List<Unit> units =
        List.of(
            new Unit.Input(inputs, Optional.empty()),
            new Unit.Linear(List.of(0), layer.map(), layer.size()));
    return new Problem(
        problem.network(),
        problem.type(),
        new Claim.Lipschitz(Norms.EUCLIDEAN, 0),
        units,
        UnitLists.tensors(units, problem.weights()),
        problem.weights(),
        Map.of(),
        problem.deadline());
  }

  /** Whether the bound is a number of few bits. */
  boolean isShort() {
    return norm().isPresent() && (float) norm().getAsDouble() == norm().getAsDouble();
  }

  /** The unit that is without a bound, if there is one. */
  static OptionalInt firstUnproved(List<LayerNorm> norms) {
    return norms.stream()
        .filter(norm -> norm.norm().isEmpty())
        .mapToInt(LayerNorm::unit)
        .findFirst();
  }
}
