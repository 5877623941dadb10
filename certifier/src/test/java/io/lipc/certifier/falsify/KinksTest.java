package io.lipc.certifier.falsify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Norms;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certifier.TestNetwork;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.model.activation.ActivationKind;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gain beyond each kink of a function is exact, and the search crosses kinks. */
final class KinksTest {

  /** An activation with its constants. */
  record Case(String word, List<Double> constants) {
    @Override
    public String toString() {
      return word;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("relu", List.of()),
        new Case("abs", List.of()),
        new Case("relu6", List.of()),
        new Case("hard_tanh", List.of()),
        new Case("leaky_relu", List.of(0.1)),
        new Case("maxmin", List.of()),
        new Case("group_sort", List.of(3.0)),
        new Case("householder", List.of(0.6, 0.8)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void beyond_a_kink_the_slope_is_larger_by_its_gain(Case function) {
    int kinks = 0;
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      TestNetwork network = TestNetwork.of(6);
      ActivationKind kind = ActivationKind.named(function.word()).orElseThrow();
      int last = network.activate(0, kind, function.constants().toArray(Double[]::new));
      network.dense(last, TestNetwork.random(random, 2, 6));
      kinks += crossed(network.program(), random);
    }
    assertThat(kinks).isGreaterThan(20);
  }

  @Test
  void another_element_of_a_pools_window_becomes_the_largest() {
    int kinks = 0;
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      TestNetwork network = TestNetwork.of(new Grid(2, 1, 4));
      Axis one = new Axis(1, 1, 0, 0, 1);
      int pool = network.maxPool(0, new Window(one, new Axis(2, 2, 0, 0, 1)));
      network.dense(pool, TestNetwork.random(random, 2, 4));
      kinks += crossed(network.program(), random);
    }
    assertThat(kinks).isGreaterThan(20);
  }

  /** Crosses each kink that gains something, alone; the number of them. */
  private static int crossed(Program program, Random random) {
    double[] at = TestNetwork.randomVector(random, program.inputSize());
    Dense.addScaled(at, at.clone(), 2);
    double[] direction =
        Steepness.along(Norm.L2, TestNetwork.randomVector(random, program.inputSize()));
    double[] covector =
        Steepness.along(Norm.L2, TestNetwork.randomVector(random, program.outputSize()));
    Linearisation here = new Linearisation(program, at);
    double slope = Dense.dot(covector, here.times(direction));
    Kinks around = Kinks.around(program, here, new Slope(at, direction, covector, Math.abs(slope)));
    for (Kink kink : around.gainful()) {
      double[] gradient = kink.gradient(here);
      double[] beyond = at.clone();
      Dense.addScaled(beyond, gradient, -kink.value() * (1 + 1e-6) / Dense.dot(gradient, gradient));
      double there = Dense.dot(covector, new Linearisation(program, beyond).times(direction));
      assertThat(kink.gain()).isPositive();
      assertThat(there - slope).isCloseTo(kink.gain(), Offset.offset(1e-12));
    }
    return around.gainful().size();
  }

  private static TestNetwork deep() {
    Random random = new Random(5);
    TestNetwork network = TestNetwork.of(4);
    for (int i = 0; i < 4; i++) {
      network.dense(network.last(), TestNetwork.random(random, 12, i == 0 ? 4 : 12));
      network.relu(network.last());
    }
    network.dense(network.last(), TestNetwork.random(random, 2, 12));
    return network;
  }

  @Test
  void the_same_seed_finds_the_same_pair() {
    LowerBounds.Found first = LowerBounds.search(deep().program(), Norms.EUCLIDEAN, 3);
    LowerBounds.Found again = LowerBounds.search(deep().program(), Norms.EUCLIDEAN, 3);
    assertThat(again.pair()).isEqualTo(first.pair());
    assertThat(again.bound().value()).isEqualTo(first.bound().value());
  }

  /** The clock goes on at each look. The second search has half of what the first one has left. */
  @Test
  void a_deadline_ends_the_second_search_and_takes_nothing_from_the_first() {
    AtomicLong looks = new AtomicLong();
    List<Program.Step> steps = deep().program().steps();
    double whole = bound(steps, Deadline.in(Duration.ofDays(9999), looks::incrementAndGet));
    Duration less = Duration.ofNanos(looks.get() / 10 * 9);
    double first = bound(steps, Deadline.in(less, looks::incrementAndGet));
    assertThat(first).isPositive().isLessThan(whole);
  }

  private static double bound(List<Program.Step> steps, Deadline deadline) {
    return LowerBounds.search(new Program(steps, deadline), Norms.EUCLIDEAN, 3).bound().value();
  }
}
