package io.lipc.certifier.lmi;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.lmi.GreedyElimination.Rule;
import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.InteriorPoint.Result;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.model.activation.ActivationKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the primal-dual method, on networks that are small enough for both. */
class BarrierMethodTest {

  static TestNetwork chain(String word) {
    ActivationKind kind = ActivationKind.named(word).orElseThrow();
    Random random = new Random(5);
    TestNetwork network = TestNetwork.of(5);
    int at = 0;
    int last = 5;
    for (int size : new int[] {12, 20, 8, 16}) {
      at = network.activate(network.dense(at, TestNetwork.random(random, size, last)), kind);
      last = size;
    }
    network.dense(at, TestNetwork.random(random, 3, last));
    return network;
  }

  /** What the last layer reads, it reads again behind it: no chain. */
  static TestNetwork residual(String word) {
    ActivationKind kind = ActivationKind.named(word).orElseThrow();
    Random random = new Random(6);
    TestNetwork network = TestNetwork.of(4);
    int at = network.dense(0, TestNetwork.random(random, 8, 4));
    for (int k = 0; k < 3; k++) {
      int inner = network.activate(network.dense(at, TestNetwork.random(random, 8, 8)), kind);
      at = network.sum(at, network.dense(inner, TestNetwork.random(random, 8, 8)));
    }
    network.dense(at, TestNetwork.random(random, 2, 8));
    return network;
  }

  /** Where both methods begin: strictly feasible. */
  record Start(MatrixInequality inequality, double rho, double[] lambda) {
    static Start of(Problem problem, Sharing sharing) {
      RowInequality rows =
          RowInequality.of(problem, Map.of(), unit -> problem.units().get(unit).size(), sharing);
      var start =
          GreedyElimination.run(problem, Rule.HALVED, Goal.least(Deadline.NONE).budget())
              .orElseThrow();
      double rho = 1.3 * start.rho();
      double[] lambda = rows.lambda(start.multipliers());
      Arrays.setAll(lambda, i -> rho * lambda[i]);
      return new Start(rows.inequality(), rho, lambda);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "chain,relu,PER_ROW",
    "chain,relu,PER_UNIT",
    "chain,tanh,PER_ROW",
    "chain,abs,PER_ROW",
    "chain,softplus,PER_ROW",
    "chain,maxmin,PER_ROW",
    "residual,relu,PER_ROW",
    "residual,relu,PER_UNIT",
    "residual,silu,PER_ROW",
  })
  void optimumIsThatOfThePrimalDualMethod(String shape, String word, Sharing sharing) {
    TestNetwork network = shape.equals("chain") ? chain(word) : residual(word);
    Start start = Start.of(network.problem(), sharing);
    MatrixInequality inequality = start.inequality;
    double best =
        InteriorPoint.minimise(inequality, start.rho, start.lambda, Goal.least(Deadline.NONE))
            .rho();

    Result result =
        BarrierMethod.minimise(
            inequality, start.rho, start.lambda, 1e-5, Goal.least(Deadline.NONE));

    assertThat(result.ending()).isEqualTo(Ending.LITTLE_LEFT);
    assertThat(result.rho()).isBetween(best * (1 - 1e-7), best * (1 + 2e-5));
    assertThat(
            Cholesky.of(
                inequality.matrix(result.rho(), result.lambda(), Deadline.NONE), Deadline.NONE))
        .isPresent();
  }

  /** Seconds pass whenever the clock is asked: that is what steps take here. */
  static Goal within(Duration budget, AtomicLong seconds) {
    return new Goal(
        OptionalDouble.empty(),
        Budget.of(
            Optional.of(budget), () -> Duration.ofSeconds(seconds.getAndIncrement()).toNanos()),
        (_, _) -> {});
  }

  @Test
  void noStepIsBegunThatWouldEndBehindTheBudget() {
    Start start = Start.of(chain("relu").problem(), Sharing.PER_UNIT);
    AtomicLong ofBarrier = new AtomicLong();
    AtomicLong ofPrimalDual = new AtomicLong();

    Result barrier =
        BarrierMethod.minimise(
            start.inequality,
            start.rho,
            start.lambda,
            1e-5,
            within(Duration.ofSeconds(12), ofBarrier));
    Result primalDual =
        InteriorPoint.minimise(
            start.inequality,
            start.rho,
            start.lambda,
            within(Duration.ofSeconds(12), ofPrimalDual));

    for (Result result : List.of(barrier, primalDual)) {
      assertThat(result.ending()).isEqualTo(Ending.OUT_OF_TIME);
      assertThat(result.iterations()).isEqualTo(3);
      assertThat(
              Cholesky.of(
                  start.inequality.matrix(result.rho(), result.lambda(), Deadline.NONE),
                  Deadline.NONE))
          .isPresent();
    }
    assertThat(ofBarrier).hasValueLessThanOrEqualTo(12);
    assertThat(ofPrimalDual).hasValueLessThanOrEqualTo(12);
  }
}
