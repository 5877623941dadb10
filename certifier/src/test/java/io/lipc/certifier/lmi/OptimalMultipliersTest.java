package io.lipc.certifier.lmi;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.lmi.GreedyElimination.Rule;
import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimalMultipliersTest {

  private static Problem chain() {
    Random random = new Random(5);
    TestNetwork network = TestNetwork.of(6);
    int at = network.relu(network.dense(0, TestNetwork.random(random, 12, 6)));
    at = network.relu(network.dense(at, TestNetwork.random(random, 9, 12)));
    network.dense(at, TestNetwork.random(random, 2, 9));
    return network.problem();
  }

  /**
   * The start exceeds what its elimination needs by a factor, so it is strictly feasible; where
   * there is no time for a step, that factor is not lost.
   */
  @ParameterizedTest
  @CsvSource({"PER_ROW,LOOK_AHEAD", "PER_ROW,PER_NEURON", "PER_UNIT,PER_LAYER", "PER_UNIT,HALVED"})
  void withoutAStepTheBoundIsNoWorseThanThatOfTheStart(Sharing sharing, Rule rule) {
    Problem problem = chain();
    RowInequality rows =
        RowInequality.of(problem, Map.of(), unit -> problem.units().get(unit).size(), sharing);
    var elimination = GreedyElimination.run(problem, rule, Goal.least()).orElseThrow();
    double[] start = rows.lambda(elimination.multipliers());
    double rho = 1.3 * elimination.rho();
    Arrays.setAll(start, i -> rho * start[i]);
    AtomicLong seconds = new AtomicLong();
    Budget budget =
        Budget.of(
            Optional.of(Duration.ofSeconds(3)),
            () -> Duration.ofSeconds(seconds.getAndIncrement()).toNanos());
    Goal goal = new Goal(OptionalDouble.empty(), budget, false, (_, _) -> {});

    OptimalMultipliers found =
        OptimalMultipliers.of(rows, rows.inequality(), rho, start, goal).orElseThrow();

    assertThat(found.result().ending()).isEqualTo(Ending.OUT_OF_TIME);
    assertThat(found.result().iterations()).isZero();
    assertThat(found.candidates().findFirst().orElseThrow().bound())
        .isLessThanOrEqualTo(Math.sqrt(elimination.rho()) * (1 + 1e-9));
    assertThat(rows.inequality().leastShare(rho, start).orElseThrow() * 1.3)
        .isBetween(1 - 1e-6, 1 + 1e-6);
  }
}
