package io.lipc.certifier.lmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certifier.Oracle;
import io.lipc.certifier.lmi.GreedyElimination.Rule;
import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.InteriorPoint.Result;
import io.lipc.certifier.lmi.MatrixInequality.Constraint;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.SparseRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optima that are known in closed form, and those of the shared reference networks. */
class InteriorPointTest {

  private static final double F = 0.5;
  private static final double G = 1.3;

  private static SparseRows rows(double[]... rows) {
    return SparseRows.of(rows);
  }

  private static MatrixInequality inequality(
      int size, int inputs, double[][] outputs, Constraint... constraints) {
    return new MatrixInequality(size, inputs, SparseRows.of(outputs), List.of(constraints));
  }

  /** From multipliers that fall fast enough to be strictly feasible, whatever reads what. */
  private static Result solve(MatrixInequality inequality) {
    double[] lambda = new double[inequality.constraints().size()];
    for (int i = lambda.length - 1; i >= 0; i--) {
      lambda[i] = Math.pow(64, lambda.length - i);
    }
    double rho = 64 * Math.pow(64, lambda.length);
    Result result = InteriorPoint.minimise(inequality, rho, lambda, Goal.least(Deadline.NONE));
    assertThat(result.ending()).isEqualTo(Ending.CONVERGED);
    assertThat(
            Cholesky.of(
                inequality.matrix(result.rho(), result.lambda(), Deadline.NONE), Deadline.NONE))
        .isPresent();
    return result;
  }

  private static void assertOptimum(double bound, MatrixInequality inequality) {
    Result result = solve(inequality);

    assertThat(Math.sqrt(result.rho())).isBetween(bound * (1 - 1e-9), bound * (1 + 1e-7));
    assertThat(Math.sqrt(result.dual())).isBetween(bound * (1 - 1e-7), bound * (1 + 1e-7));
    assertThat(Math.sqrt(inequality.leastRho(result.lambda(), Deadline.NONE).orElseThrow()))
        .isBetween(bound * (1 - 1e-9), bound * (1 + 1e-7));
  }

  @Test
  void gainsAlongASumAdd() {
    Constraint f = Constraint.gain(F, rows(new double[] {1}), SparseRows.units(1));
    Constraint g = Constraint.gain(G, rows(new double[] {1}), SparseRows.units(2));

    assertOptimum(1 + F, inequality(2, 1, new double[][] {{1, 1}}, f));
    assertOptimum(F + G, inequality(3, 1, new double[][] {{0, 1, 1}}, f, g));
  }

  @Test
  void gainsAlongAChainMultiply() {
    Constraint f = Constraint.gain(F, rows(new double[] {1}), SparseRows.units(1));
    Constraint g = Constraint.gain(G, rows(new double[] {0, 1}), SparseRows.units(2));

    assertOptimum(F * G, inequality(3, 1, new double[][] {{0, 0, 1}}, f, g));
    assertOptimum(1 + F * (1 + G), inequality(3, 1, new double[][] {{1, 1, 1}}, f, g));
  }

  @Test
  void partsOfAConcatenationAreOrthogonal() {
    double[][] both = {{0, 1, 0}, {0, 0, 1}};
    Constraint f = Constraint.gain(F, rows(new double[] {1}), SparseRows.units(1));
    Constraint g = Constraint.gain(G, rows(new double[] {1}), SparseRows.units(2));

    assertOptimum(Math.hypot(F, G), inequality(3, 1, both, f, g));
  }

  @Test
  void functionsOfDifferentPartsOfTheInputTakeTheLargerGain() {
    double[][] both = {{0, 0, 1, 0}, {0, 0, 0, 1}};
    Constraint f = Constraint.gain(F, rows(new double[] {1}), SparseRows.units(2));
    Constraint g = Constraint.gain(G, rows(new double[] {0, 1}), SparseRows.units(3));

    assertOptimum(G, inequality(4, 2, both, f, g));
  }

  @Test
  void oneUnitMayReadTwoRows() {
    Constraint f = Constraint.gain(F, rows(new double[] {1}), SparseRows.units(1));
    Constraint g = Constraint.gain(G, SparseRows.units(0, 1), SparseRows.units(2));

    assertOptimum(G * Math.hypot(1, F) + F, inequality(3, 1, new double[][] {{0, 1, 1}}, f, g));
  }

  @Test
  void identityMinusReluHasTwoByGainAndOneBySlope() {
    double[][] difference = {{1, -1}};
    SparseRows z = rows(new double[] {1});
    SparseRows w = SparseRows.units(1);

    assertOptimum(2, inequality(2, 1, difference, Constraint.gain(1, z, w)));
    assertOptimum(1, inequality(2, 1, difference, Constraint.slope(0, 1, z, w)));
    assertOptimum(1, inequality(2, 1, difference, Constraint.slope(0, 0.5, z, w)));
  }

  /** {@code y = x + f(x) + g(f(x) - x)}, for vectors of n elements. */
  private static MatrixInequality reused(int n) {
    double[][] z = new double[n][3 * n];
    double[][] y = new double[n][3 * n];
    for (int i = 0; i < n; i++) {
      z[i][n + i] = 1;
      z[i][i] = -1;
      y[i][i] = 1;
      y[i][n + i] = 1;
      y[i][2 * n + i] = 1;
    }
    SparseRows x = SparseRows.units(IntStream.range(0, n).toArray());
    SparseRows f = SparseRows.units(IntStream.range(n, 2 * n).toArray());
    SparseRows g = SparseRows.units(IntStream.range(2 * n, 3 * n).toArray());
    return inequality(
        3 * n, n, y, Constraint.gain(F, x, f), Constraint.gain(G, SparseRows.of(z), g));
  }

  @Test
  void reusedSignalReachesTheTrueWorstCaseForVectorsOfEveryLength() {
    // max over unit x and |f| = F of |x + f| + G |f - x|, by Cauchy and Schwarz.
    double worst = Math.sqrt((1 + G * G) * 2 * (1 + F * F));

    assertOptimum(worst, reused(1));
    assertOptimum(worst, reused(3));
  }

  @Test
  void aUnitThatTheOutputDoesNotReadCostsNothing() {
    Constraint idle = Constraint.gain(7, rows(new double[] {1}), SparseRows.units(1));

    assertOptimum(2, inequality(2, 1, new double[][] {{2}}, idle));
  }

  @Test
  void withoutConstraintsItIsTheNormOfTheOutputRows() {
    assertOptimum(5, inequality(2, 2, new double[][] {{3, 0}, {4, 0}}));
  }

  @Test
  void unitsDoNotMatter() {
    double tiny = 0x1p-40;
    Constraint f = Constraint.gain(tiny, rows(new double[] {1}), SparseRows.units(1));
    MatrixInequality inequality = inequality(2, 1, new double[][] {{0, 1}}, f);
    Result result =
        InteriorPoint.minimise(
            inequality, 8 * tiny * tiny, new double[] {4}, Goal.least(Deadline.NONE));

    assertThat(result.ending()).isEqualTo(Ending.CONVERGED);
    assertThat(Math.sqrt(result.rho())).isBetween(tiny, tiny * (1 + 1e-7));
  }

  @Test
  void aStartOutsideIsSaidAndReturned() {
    MatrixInequality inequality = reused(1);
    Result result =
        InteriorPoint.minimise(inequality, 6, new double[] {3, 2}, Goal.least(Deadline.NONE));

    assertThat(result.ending()).isEqualTo(Ending.INFEASIBLE_START);
    assertThat(result.rho()).isEqualTo(6);
    assertThat(result.multipliers()).containsExactly(3.0, 2.0);
    assertThat(
            InteriorPoint.minimise(inequality, 1e9, new double[] {0, 2}, Goal.least(Deadline.NONE))
                .ending())
        .isEqualTo(Ending.INFEASIBLE_START);
    assertThat(
            InteriorPoint.minimise(
                    inequality, Double.NaN, new double[] {3, 2}, Goal.least(Deadline.NONE))
                .ending())
        .isEqualTo(Ending.INFEASIBLE_START);
  }

  @Test
  void aCoordinateWithoutConstraintIsNeverFeasible() {
    MatrixInequality inequality = inequality(2, 1, new double[][] {{1, 1}});

    assertThat(
            InteriorPoint.minimise(inequality, 1e9, new double[0], Goal.least(Deadline.NONE))
                .ending())
        .isEqualTo(Ending.INFEASIBLE_START);
  }

  @Test
  void leastRhoIsAbsentWhereTheMultipliersAreTooSmall() {
    assertThat(reused(1).leastRho(new double[] {3, 0.5}, Deadline.NONE)).isEmpty();
  }

  @Test
  void rowsOutsideTheCoordinatesAreRefused() {
    assertThatThrownBy(() -> inequality(1, 1, new double[][] {{1, 1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows over more than 1 coordinates");
  }

  static Stream<Oracle> oracles() throws IOException {
    Assumptions.assumeTrue(
        Oracle.folder().isPresent(), "no data/oracles below the property lipc.shared");
    return Oracle.all().stream();
  }

  /** Each neuron is a row with a multiplier of its own. */
  @ParameterizedTest
  @MethodSource("oracles")
  void optimumPerNeuronIsThatOfTheReference(Oracle oracle) {
    Problem problem = oracle.network().problem();
    Assumptions.assumeTrue(
        problem.inputSize() < 100, "hundreds of inputs take minutes without a projection");
    RowInequality rows =
        RowInequality.of(
            problem, Map.of(), unit -> problem.units().get(unit).size(), Sharing.PER_ROW);
    var start =
        GreedyElimination.run(problem, Rule.HALVED, Goal.least(Deadline.NONE).budget())
            .orElseThrow();
    double rho = 1.3 * start.rho();
    double[] lambda = rows.lambda(start.multipliers());
    Arrays.setAll(lambda, i -> rho * lambda[i]);
    Result result =
        InteriorPoint.minimise(rows.inequality(), rho, lambda, Goal.least(Deadline.NONE));

    double reference = oracle.reference("lipsdp_neuron");
    assertThat(result.ending()).isEqualTo(Ending.CONVERGED);
    assertThat(result.iterations()).isLessThanOrEqualTo(30);
    assertThat(Math.sqrt(result.rho())).isCloseTo(reference, Percentage.withPercentage(1e-5));
    assertThat(Math.sqrt(result.dual())).isCloseTo(reference, Percentage.withPercentage(1e-5));
    assertThat(Math.sqrt(rows.inequality().leastRho(result.lambda(), Deadline.NONE).orElseThrow()))
        .isCloseTo(reference, Percentage.withPercentage(1e-6));
  }
}
