package io.lipc.certifier.lmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.lmi.BarrierMethodTest.Start;
import io.lipc.certifier.lmi.GreedyElimination.Rule;
import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.InteriorPoint.Result;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import io.lipc.linalg.SparseRows;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the primal-dual method, on networks that are small enough for both. */
class SpectralBundleTest {

  @ParameterizedTest
  @CsvSource({
    "chain,relu,PER_UNIT",
    "chain,tanh,PER_UNIT",
    "chain,abs,PER_UNIT",
    "chain,softplus,PER_UNIT",
    "chain,maxmin,PER_UNIT",
    "residual,relu,PER_UNIT",
    "residual,silu,PER_UNIT",
    "residual,relu,PER_ROW",
  })
  void optimumIsThatOfThePrimalDualMethod(String shape, String word, Sharing sharing) {
    TestNetwork network =
        shape.equals("chain") ? BarrierMethodTest.chain(word) : BarrierMethodTest.residual(word);
    Start start = Start.of(network.problem(), sharing);
    double best =
        InteriorPoint.minimise(
                start.inequality(), start.rho(), start.lambda(), Goal.least(Deadline.NONE))
            .rho();

    Result result =
        SpectralBundle.minimise(
            start.inequality(), start.rho(), start.lambda(), 1e-5, Goal.least(Deadline.NONE));

    assertThat(result.ending()).isEqualTo(Ending.LITTLE_LEFT);
    assertThat(result.rho()).isBetween(best * (1 - 1e-7), best * (1 + 2e-5));
    double little = result.rho() * (1 + 1e-7);
    assertThat(
            Cholesky.of(
                start.inequality().matrix(little, result.lambda(), Deadline.NONE), Deadline.NONE))
        .isPresent();
  }

  @Test
  void fromPointsFarFromTheBestOne() {
    for (String word : List.of("relu", "tanh")) {
      Start start = Start.of(BarrierMethodTest.chain(word).problem(), Sharing.PER_UNIT);
      MatrixInequality inequality = start.inequality();
      double best =
          InteriorPoint.minimise(inequality, start.rho(), start.lambda(), Goal.least(Deadline.NONE))
              .rho();
      double[] larger = Arrays.stream(start.lambda()).map(value -> 1000 * value).toArray();

      Result result =
          SpectralBundle.minimise(
              inequality, 1000 * start.rho(), larger, 1e-5, Goal.least(Deadline.NONE));

      assertThat(result.ending()).isEqualTo(Ending.LITTLE_LEFT);
      assertThat(result.rho()).isBetween(best * (1 - 1e-7), best * (1 + 2e-5));
    }
  }

  @Test
  void whatHasNoRhoIsNoStart() {
    Start start = Start.of(BarrierMethodTest.chain("relu").problem(), Sharing.PER_UNIT);
    double[] small = Arrays.stream(start.lambda()).map(value -> 1e-6 * value).toArray();

    Result result =
        SpectralBundle.minimise(
            start.inequality(), start.rho(), small, 1e-5, Goal.least(Deadline.NONE));

    assertThat(result.ending()).isEqualTo(Ending.INFEASIBLE_START);
    assertThat(result.lambda()).containsExactly(small);
  }

  @Test
  void endsWhereTheGoalIsReached() {
    Start start = Start.of(BarrierMethodTest.chain("relu").problem(), Sharing.PER_UNIT);
    double best =
        InteriorPoint.minimise(
                start.inequality(), start.rho(), start.lambda(), Goal.least(Deadline.NONE))
            .rho();
    double bound = 1.1 * Math.sqrt(best);
    Goal goal =
        new Goal(OptionalDouble.of(bound), Goal.least(Deadline.NONE).budget(), (_, _) -> {});

    Result result =
        SpectralBundle.minimise(start.inequality(), start.rho(), start.lambda(), 1e-5, goal);

    assertThat(result.ending()).isEqualTo(Ending.REACHED);
    assertThat(result.rho()).isBetween(best * (1 + 1e-4), bound * bound);
  }

  @Test
  void noEvaluationIsBegunThatWouldEndBehindTheBudget() {
    Start start = Start.of(BarrierMethodTest.chain("relu").problem(), Sharing.PER_UNIT);
    AtomicLong seconds = new AtomicLong();

    Result result =
        SpectralBundle.minimise(
            start.inequality(),
            start.rho(),
            start.lambda(),
            1e-5,
            BarrierMethodTest.within(Duration.ofSeconds(12), seconds));

    assertThat(result.ending()).isEqualTo(Ending.OUT_OF_TIME);
    assertThat(result.rho()).isLessThanOrEqualTo(start.rho());
    assertThat(seconds).hasValueLessThanOrEqualTo(12);
  }

  @Test
  void lookingAheadWithOneMultiplierIsTheBetterStart() {
    Random random = new Random(3);
    TestNetwork network = TestNetwork.of(24);
    int at = 0;
    for (int k = 0; k < 6; k++) {
      at = network.relu(network.dense(at, TestNetwork.random(random, 24, 24)));
    }
    network.dense(at, TestNetwork.random(random, 4, 24));

    var plain =
        GreedyElimination.run(network.problem(), Rule.PER_LAYER, Goal.least(Deadline.NONE).budget())
            .orElseThrow();
    var ahead =
        GreedyElimination.run(
                network.problem(), Rule.LOOK_AHEAD_PER_LAYER, Goal.least(Deadline.NONE).budget())
            .orElseThrow();

    assertThat(ahead.rho()).isLessThan(0.8 * plain.rho());
    assertThat(ahead.multipliers()).allSatisfy(m -> assertThat(m.values()).hasSize(1));
  }

  /** However little time there is, multipliers are tried twice. */
  @Test
  void lookingAheadEndsWithItsTime() {
    Random random = new Random(8);
    double[][] image = Dense.gram(TestNetwork.random(random, 20, 20), Deadline.NONE);
    LookAhead ahead =
        new LookAhead(image, TestNetwork.random(random, 20, 20), 1, false, Deadline.NONE);
    double[] start = new double[20];
    Arrays.fill(start, 1 / Eigenvalues.largest(image, Deadline.NONE));
    AtomicInteger asked = new AtomicInteger();

    double[] hasty = ahead.improve(start, 16, () -> false);
    double[] three = ahead.improve(start, 16, () -> asked.getAndIncrement() == 0);
    double[] two = ahead.improve(start, 2, () -> true);

    assertThat(hasty).isEqualTo(two).isNotEqualTo(start);
    assertThat(three).isEqualTo(ahead.improve(start, 3, () -> true)).isNotEqualTo(two);
    assertThat(asked).hasValue(2);
  }

  /** The clock has no say in a network that is quickly done. */
  @Test
  void smallNetworksAreTheSameWithoutTime() {
    Problem problem = BarrierMethodTest.chain("relu").problem();
    Budget none = BarrierMethodTest.within(Duration.ZERO, new AtomicLong()).budget();

    assertThat(GreedyElimination.run(problem, Rule.LOOK_AHEAD, none))
        .isEqualTo(
            GreedyElimination.run(problem, Rule.LOOK_AHEAD, Goal.least(Deadline.NONE).budget()))
        .isPresent();
  }

  /** On whole vectors a cut is the inequality itself. */
  @Test
  void cutsAreTheInequalityOnTheirVectors() {
    Start start = Start.of(BarrierMethodTest.residual("silu").problem(), Sharing.PER_UNIT);
    MatrixInequality inequality = start.inequality();
    Random random = new Random(2);
    double[][] vectors = TestNetwork.random(random, inequality.size(), 3);
    double[][] whole = inequality.matrix(start.rho(), start.lambda(), Deadline.NONE);

    MatrixCut cut = MatrixCut.of(inequality, vectors, Deadline.NONE);

    double[][] slack = cut.slack(start.rho(), start.lambda());
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(slack[i][j]).isCloseTo(form(whole, vectors, i, j), within(1e-9));
      }
    }
    double[] ones = new double[start.lambda().length];
    Arrays.fill(ones, 1);
    double[][] inUnits = cut.inUnits(start.rho(), start.lambda()).slack(1, ones);
    assertThat(inUnits[1][2] * start.rho()).isCloseTo(slack[1][2], within(1e-9));
  }

  private static double form(double[][] matrix, double[][] vectors, int i, int j) {
    double sum = 0;
    for (int k = 0; k < matrix.length; k++) {
      for (int l = 0; l < matrix.length; l++) {
        sum += vectors[k][i] * matrix[k][l] * vectors[l][j];
      }
    }
    return sum;
  }

  /**
   * rho - lambda and rho - 1/4 + (lambda - 1) / 2 are not negative: the least is where they meet.
   */
  @Test
  void modelsAreMinimised() {
    double[][] one = {{1}};
    List<MatrixCut> cuts =
        List.of(
            new MatrixCut(one, new double[][] {{0}}, List.<double[][]>of(one)),
            new MatrixCut(
                one, new double[][] {{0.75}}, List.<double[][]>of(new double[][] {{-0.5}})));

    CutModel.Least inside = CutModel.minimise(cuts, 4, 1e-6, Deadline.NONE).orElseThrow();
    CutModel.Least atEnd = CutModel.minimise(cuts, 1.25, 1e-6, Deadline.NONE).orElseThrow();

    assertThat(inside.limit()).isBetween(0.5 - 0.15, 0.5);
    assertThat(rho(inside.lambda()[0])).isBetween(0.5, 0.5 + 0.15);
    assertThat(atEnd.limit()).isBetween(0.8 - 0.1, 0.8);
    assertThat(atEnd.lambda()[0]).isBetween(0.8, 0.9);
  }

  private static double rho(double lambda) {
    return Math.max(lambda, 0.75 - lambda / 2);
  }

  @Test
  void modelsThatExcludeTheirCenterHaveNoLeastPoint() {
    double[][] one = {{1}};
    double[][] none = {{0}};

    assertThat(
            CutModel.minimise(
                List.of(new MatrixCut(none, one, List.<double[][]>of(none))),
                2,
                1e-6,
                Deadline.NONE))
        .isEmpty();
  }

  /** Without an input or an output nothing is empty but the matrices of them. */
  @Test
  void cutsOfInequalitiesWithoutOutputs() {
    MatrixInequality inequality = new MatrixInequality(2, 1, SparseRows.units(), List.of());

    MatrixCut cut = MatrixCut.of(inequality, new double[][] {{1, 2}, {3, 4}}, Deadline.NONE);

    assertThat(cut.slack(1, new double[0])).isDeepEqualTo(new double[][] {{1, 2}, {2, 4}});
  }
}
