package io.lipc.certifier.lmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.Work;
import io.lipc.certifier.Method;
import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.bound.LipSdp;
import io.lipc.certifier.lmi.GreedyElimination.Rule;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.KnownSlopes;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.model.activation.SlopeBounds;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Slopes of each element: the inequality is that of a network with a unit for each element, whose
 * function has these slopes by the table, and the checker's core says that its solution proves.
 */
class KnownSlopesTest {

  private static final int INPUTS = 3;
  private static final int SIZE = 6;

  /** Two of them, of slope 1, are linear. */
  private static final List<Activation.Pointwise> FUNCTIONS =
      List.of(
          PointwiseKind.LEAKY_RELU.with(List.of(0.25)),
          PointwiseKind.LEAKY_RELU.with(List.of(1.0)),
          PointwiseKind.ABS.with(List.of()),
          PointwiseKind.HARD_SWISH.with(List.of()),
          PointwiseKind.LEAKY_RELU.with(List.of(1.0)),
          PointwiseKind.LEAKY_RELU.with(List.of(-0.5)));

  private static final KnownSlopes SLOPES =
      new KnownSlopes(FUNCTIONS.stream().map(Activation.Pointwise::slopes).toList());

  private final Random random = new Random(37);
  private final TestNetwork one = TestNetwork.of(INPUTS);
  private final TestNetwork many = TestNetwork.of(INPUTS);
  private final double[][] first = TestNetwork.random(random, SIZE, INPUTS);
  private final double[][] second = TestNetwork.random(random, SIZE, SIZE);
  private final double[][] last = TestNetwork.random(random, 2, 2 * SIZE);

  /** Behind what is to be known: a layer of which nothing more is, and a shortcut. */
  private void finish(TestNetwork network, int z, int y) {
    int w = network.relu(network.dense(y, second));
    network.dense(network.concat(w, z), last);
  }

  private Problem one(KnownSlopes known) {
    Problem problem = one.problem();
    return new Problem(
        problem.network(),
        problem.type(),
        problem.claim(),
        problem.units(),
        problem.tensors(),
        problem.weights(),
        problem.callees(),
        problem.deadline(),
        problem.caller(),
        Map.of(place(problem), known));
  }

  private static int place(Problem problem) {
    return IntStream.range(0, problem.units().size())
        .filter(i -> problem.units().get(i) instanceof Unit.Activation)
        .findFirst()
        .orElseThrow();
  }

  private Problem elements() {
    int z = one.dense(0, first);
    finish(one, z, one.relu(z));
    int same = many.dense(0, first);
    Integer[] parts = new Integer[SIZE];
    for (int k = 0; k < SIZE; k++) {
      Activation.Pointwise function = FUNCTIONS.get(k);
      Double[] constants = function.parameters().toArray(Double[]::new);
      parts[k] = many.activate(many.slice(same, k, 1), function.kind(), constants);
    }
    finish(many, same, many.concat(parts));
    return one(SLOPES);
  }

  private static RowInequality rows(Problem problem, Sharing sharing) {
    return LipSdp.rows(problem, sharing);
  }

  private static void assertSame(
      MatrixInequality a, double[] lambda, MatrixInequality b, double[] mu) {
    double[][] found = a.matrix(50, lambda, Deadline.NONE);
    double[][] expected = b.matrix(50, mu, Deadline.NONE);
    assertThat(found.length).isEqualTo(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).containsExactly(expected[i], within(1e-12));
    }
  }

  @Test
  void eachElementHasItsSlopes() {
    MatrixInequality found = rows(elements(), Sharing.PER_ROW).inequality();
    MatrixInequality expected = rows(many.problem(), Sharing.PER_ROW).inequality();
    double[] lambda = random.doubles(expected.constraints().size(), 1, 2).toArray();

    assertThat(lambda).hasSize(4 + SIZE);
    assertSame(found, lambda, expected, lambda);
  }

  @Test
  void elementsOfDifferentSlopesShareAMultiplier() {
    MatrixInequality found = rows(elements(), Sharing.PER_UNIT).inequality();
    MatrixInequality expected = rows(many.problem(), Sharing.PER_ROW).inequality();
    double[] each = new double[4 + SIZE];
    Arrays.fill(each, 0, 4, 1.5);
    Arrays.fill(each, 4, each.length, 0.75);

    assertSame(found, new double[] {1.5, 0.75}, expected, each);
  }

  @Test
  void pairsWhoseOrderIsKnownAreLinear() {
    int z = one.dense(0, first);
    finish(one, z, one.activate(z, GroupedKind.MAXMIN));
    KnownSlopes orders =
        new KnownSlopes(
            List.of(new SlopeBounds(1, 1), new SlopeBounds(-1, 1), new SlopeBounds(-1, -1)));
    int same = many.dense(0, first);
    int sorted = many.activate(many.slice(same, 2, 2), GroupedKind.MAXMIN);
    int swapped = many.concat(many.slice(same, 5, 1), many.slice(same, 4, 1));
    finish(many, same, many.concat(many.slice(same, 0, 2), sorted, swapped));

    MatrixInequality found = rows(one(orders), Sharing.PER_ROW).inequality();
    MatrixInequality expected = rows(many.problem(), Sharing.PER_ROW).inequality();
    double[] lambda = random.doubles(1 + SIZE, 1, 2).toArray();
    assertSame(found, lambda, expected, lambda);
    assertThat(GreedyElimination.run(one(orders), Rule.HALVED, budget())).isPresent();
  }

  private static Budget budget() {
    return Goal.least(Deadline.NONE).budget();
  }

  /** Elimination without coordinates for what is linear starts the search. */
  @ParameterizedTest
  @EnumSource(Rule.class)
  void eachRuleGivesMultipliersThatAreFeasible(Rule rule) {
    Problem problem = elements();
    var start = GreedyElimination.run(problem, rule, budget()).orElseThrow();
    for (Sharing sharing : Sharing.values()) {
      RowInequality rows = rows(problem, sharing);
      double rho = start.rho() * (1 + 1e-6);
      double[] lambda = rows.lambda(start.multipliers());
      Arrays.setAll(lambda, i -> rho * lambda[i]);
      boolean single = start.multipliers().stream().allMatch(m -> m.values().size() == 1);
      if (sharing == Sharing.PER_ROW || single) {
        double[][] matrix = rows.inequality().matrix(rho, lambda, Deadline.NONE);
        assertThat(Cholesky.of(matrix, Deadline.NONE)).isPresent();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Sharing.class)
  void theSolutionIsAProofInTheCheckersCore(Sharing sharing) {
    Problem problem = elements();
    LipSdp found =
        (LipSdp) new LipSdp.Kind(sharing).of(problem, Goal.least(Deadline.NONE), Optional.empty());
    double limit = found.limit().orElseThrow();
    RowInequality rows = rows(problem, sharing);
    var start = GreedyElimination.run(problem, Rule.HALVED, budget()).orElseThrow();
    double rho = 1.3 * start.rho();
    double[] lambda = rows.lambda(start.multipliers());
    Arrays.setAll(lambda, i -> rho * lambda[i]);
    OptimalMultipliers optimal =
        OptimalMultipliers.of(rows, rows.inequality(), rho, lambda, Goal.least(Deadline.NONE))
            .orElseThrow();
    var candidate = optimal.candidates(Deadline.NONE).reduce((_, clearer) -> clearer).orElseThrow();

    assertThat(candidate.bound()).isBetween(limit * (1 - 1e-9), limit * (1 + 1e-4));
    assertThat(isProof(problem, candidate.bound(), candidate.multipliers(), SLOPES)).isTrue();
    SlopeBounds wider = new SlopeBounds(-1, 1.5);
    KnownSlopes less =
        new KnownSlopes(
            SLOPES.each().stream().map(s -> KnownSlopes.isFixed(s) ? s : wider).toList());
    assertThat(isProof(problem, candidate.bound(), candidate.multipliers(), less)).isFalse();
    if (sharing == Sharing.PER_ROW) {
      assertThat(many.bound(Method.LIPSDP_NEURON)).isCloseTo(limit, within(1e-5 * limit));
    }
  }

  /** Whether the checker's matrix for these slopes is positive. */
  private static boolean isProof(
      Problem problem, double bound, List<Proof.Multiplier> multipliers, KnownSlopes slopes) {
    Proof proof =
        new Proof(List.of(), List.of(), multipliers, new PositivityWitness.VerifiedCholesky());
    Subject subject = new Prover(problem, "test").unchecked(bound, List.of(proof));
    KnownGroups groups =
        new KnownGroups(
            1,
            slopes.each().stream()
                .map(each -> Group.elementwise(new Slopes(each.alpha(), each.beta())))
                .toList());
    int place = place(problem);
    Work work = new Work(() -> {});
    return Assembly.matrix(
            subject,
            unit -> unit == place ? groups : subject.certificate().known(unit),
            0,
            Ball::of,
            work)
        .filter(matrix -> Positivity.factorises(matrix, work) == Decision.POSITIVE)
        .isPresent();
  }

  @Test
  void linearElementsHaveNoCoordinates() {
    Problem problem = elements();
    int place = place(problem);
    assertThat(Coordinates.of(problem, place)).isEqualTo(4);
    assertThat(Coordinates.of(problem)).isEqualTo(4 + SIZE);
    assertThat(Coordinates.of(one.problem(), place)).isEqualTo(SIZE);
    assertThat(Envelope.of(problem).coordinates()).isEqualTo(4 + SIZE);
    assertThat(SLOPES.gain()).isEqualTo(1.5);
  }

  @Test
  void rowsOfSeveralElementsStandForTheSameSlopes() {
    SlopeBounds half = new SlopeBounds(0, 0.5);
    assertThat(new KnownSlopes(Collections.nCopies(4, half)).ofRows(2)).containsExactly(half, half);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SLOPES.ofRows(2))
        .withMessage("different slopes in a row");
  }
}
