package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.falsify.Falls;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.linalg.Deadline;
import io.lipc.model.About;
import io.lipc.model.Interval;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.activation.ActivationKind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** True bounds are proved, the least are found, and false ones have two inputs that show it. */
final class SlopesSearchTest {

  private static final List<Interval> SQUARE = Collections.nCopies(2, new Interval(-1, 1));

  private static Property.Slope slope(double bound, int input, Integer... outputs) {
    return new Property.Slope(
        bound, new About.Elements(List.of(input), List.of(outputs), "x[" + input + "]"));
  }

  private static Property.Slopes slopes(List<Interval> sides, Property.Slope... slopes) {
    return new Property.Slopes(List.of(slopes), new Region.Sides(sides));
  }

  private static Subject subject(TestNetwork network) {
    Proof none =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return new Prover(network.problem(), "none").unchecked(1e300, List.of(none));
  }

  private static Optional<Claim.Slopes> certified(Property.Slopes property, Subject network) {
    return found(property, network).map(claim -> (Claim.Slopes) claim.certificate().claim());
  }

  private static Optional<Subject> found(Property.Slopes property, Subject network) {
    Optional<Subject> found =
        FurtherSearch.certify(
            property, network, Optional.empty(), Deadline.NONE, SearchListener.NONE);
    found.ifPresent(
        claim -> {
          assertThat(FurtherSearch.isProvedBy(property, claim.certificate().claim())).isTrue();
          assertThat(CertificateChecker.check(claim)).isEqualTo(new Verdict.Accepted());
        });
    return found;
  }

  private static Falls.Counterexample counterexample(Property.Slopes property, Subject network) {
    SlopesSearch.Reason reason = SlopesSearch.reason(property, network, Deadline.NONE);
    assertThat(reason).isInstanceOf(SlopesSearch.Reason.False.class);
    return ((SlopesSearch.Reason.False) reason).found();
  }

  /** The pair is in the box, differs in one element, and its ratio is above the bound. */
  private static void assertShows(
      Falls.Counterexample found, double bound, List<Interval> sides, Subject network) {
    int element = found.where().element();
    for (int i = 0; i < sides.size(); i++) {
      double first = found.pair().first().get(i);
      double second = found.pair().second().get(i);
      assertThat(first).isBetween(sides.get(i).lower(), sides.get(i).upper());
      assertThat(second).isBetween(sides.get(i).lower(), sides.get(i).upper());
      assertThat(first < second).isEqualTo(i == element);
      assertThat(first > second).isFalse();
    }
    BigDecimal moved = new BigDecimal(found.to()).subtract(new BigDecimal(found.from())).abs();
    BigDecimal distance =
        new BigDecimal(found.pair().second().get(element))
            .subtract(new BigDecimal(found.pair().first().get(element)));
    assertThat(moved).isGreaterThan(new BigDecimal(bound).multiply(distance));
    UnitEvaluator evaluator = UnitEvaluator.of(network);
    int output = found.where().output();
    assertThat(evaluator.apply(doubles(found.pair().first()))[output])
        .isCloseTo(found.from(), within(1e-9));
    assertThat(evaluator.apply(doubles(found.pair().second()))[output])
        .isCloseTo(found.to(), within(1e-9));
  }

  private static double[] doubles(List<Double> x) {
    return x.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** {@code (4 relu(x_0) - 3 z, relu(x_0) / 2 + z)}, where z is {@code x_1 + 4} and positive. */
  private static Subject plain() {
    TestNetwork net = TestNetwork.of(2);
    int on = net.relu(net.dense(0, new double[][] {{1, 0}, {0, 1}}, new double[] {0, 4}));
    net.dense(on, new double[][] {{4, -3}, {0.5, 1}});
    return subject(net);
  }

  @Test
  void theLeastIsFound() {
    Subject network = plain();
    Claim.Slopes all = certified(slopes(SQUARE, slope(4, 0, 0, 1)), network).orElseThrow();
    assertThat(all.outputs()).containsExactly(0, 1);
    // What is declared is what is claimed, where there is no room below it.
    assertThat(all.slopes().getFirst()).isEqualTo(4);
    assertThat(all.slopes().getLast()).isBetween(3.0, 3 + 1e-9);
    Claim.Slopes second = certified(slopes(SQUARE, slope(1, 0, 1)), network).orElseThrow();
    assertThat(second.slopes().getFirst()).isBetween(0.5, 0.5 + 1e-9);
    assertThat(second.slopes().getLast()).isBetween(1.0, 1 + 1e-9);
    // Where relu(x_0) is off nothing moves with x_0.
    List<Interval> off = List.of(new Interval(-1, 0), new Interval(-1, 1));
    assertThat(certified(slopes(off, slope(0, 0, 0, 1)), network).orElseThrow().slopes().getFirst())
        .isZero();
  }

  @Test
  void whatIsFalseHasTwoInputs() {
    Subject network = plain();
    double less = Math.nextDown(4.0);
    Property.Slopes wrong = slopes(SQUARE, slope(5, 1, 0, 1), slope(less, 0, 0, 1));
    assertThat(certified(wrong, network)).isEmpty();
    Falls.Counterexample found = counterexample(wrong, network);
    assertThat(found.where().element()).isZero();
    assertShows(found, less, SQUARE, network);
    // It falls with x_1: a slope of the other sign.
    Property.Slopes falls = slopes(SQUARE, slope(2.5, 1, 0));
    assertThat(certified(falls, network)).isEmpty();
    assertShows(counterexample(falls, network), 2.5, SQUARE, network);
    Property.Slopes flat = slopes(SQUARE, slope(0, 1, 1));
    assertShows(counterexample(flat, network), 0, SQUARE, network);
  }

  /** {@code relu(x) - relu(x - 1) + relu(x - 2)} has slopes 0 and 1, in parts of the box. */
  @Test
  void theBoxIsCutWhereItHasToBe() {
    TestNetwork steps = TestNetwork.of(1);
    steps.dense(
        steps.relu(steps.dense(0, new double[][] {{1}, {1}, {1}}, new double[] {0, -1, -2})),
        new double[][] {{1, -1, 1}});
    Subject network = subject(steps);
    List<Interval> sides = List.of(new Interval(-3, 4));
    Subject proved = found(slopes(sides, slope(1, 0, 0)), network).orElseThrow();
    assertThat(leaves(proved)).isBetween(2, 16);
    assertThat(leaves(found(slopes(sides, slope(2, 0, 0)), network).orElseThrow())).isOne();
    assertThat(certified(slopes(sides, slope(0.9, 0, 0)), network)).isEmpty();
  }

  private static int leaves(Subject claim) {
    return ((PositivityWitness.Rows) claim.certificate().proof().witness()).boxes().leaves();
  }

  /** Slopes of units that cancel are not seen: then it is said how far it got. */
  @Test
  void whatIsNotProvedIsSaid() {
    TestNetwork network = TestNetwork.of(1);
    int both = network.dense(0, new double[][] {{1}, {1}});
    network.dense(
        network.activate(both, ActivationKind.named("tanh").orElseThrow()),
        new double[][] {{1, -1}});
    Subject subject = subject(network);
    List<Interval> sides = List.of(new Interval(-1, 1));
    Property.Slopes flat = slopes(sides, slope(0, 0, 0));
    assertThat(certified(flat, subject)).isEmpty();
    assertThat(SlopesSearch.reason(flat, subject, Deadline.NONE))
        .isInstanceOfSatisfying(
            SlopesSearch.Reason.Open.class,
            open -> {
              assertThat(open.proved()).isBetween(1e-9, 1e-2);
              assertThat(open.sampled().orElseThrow()).isBetween(0.0, 1e-12);
              assertThat(open.element()).isZero();
            });
  }

  /** Called networks are inlined, or known by their bounds where that is enough. */
  @Test
  void callsAreLookedInto() {
    TestNetwork inner = TestNetwork.of(2);
    inner.relu(inner.dense(0, new double[][] {{3, 0}, {0, -5}}));
    TestNetwork outer = TestNetwork.of(2);
    outer.call(0, inner.subject("demo.Inner"));
    Subject subject = subject(outer);
    Claim.Slopes proved = certified(slopes(SQUARE, slope(3, 0, 0, 1)), subject).orElseThrow();
    assertThat(proved.slopes().getLast()).isBetween(5.0, 5 + 1e-9);
    Property.Slopes wrong = slopes(SQUARE, slope(4, 1, 0, 1));
    assertThat(certified(wrong, subject)).isEmpty();
    assertShows(counterexample(wrong, subject), 4, SQUARE, subject);
  }

  /** Ranges of the slopes of a deep network are far above its bound, which is enough at once. */
  @Test
  void theBoundOfACalleeMayBeEnough() {
    Random random = new Random(39);
    TestNetwork inner = TestNetwork.of(2);
    int at = 0;
    for (int layer = 0; layer < 7; layer++) {
      at = inner.relu(inner.dense(at, normal(random, 8, layer == 0 ? 2 : 8)));
    }
    inner.dense(at, normal(random, 2, 8));
    Subject callee = inner.subject("demo.Inner");
    TestNetwork outer = TestNetwork.of(2);
    outer.call(0, callee);
    Subject subject = subject(outer);
    double bound = callee.certificate().lipschitz().bound();
    Subject proved = found(slopes(SQUARE, slope(bound, 0, 0, 1)), subject).orElseThrow();
    assertThat(proved.certificate().calls()).isEqualTo(Grounds.Calls.BOUNDED);
    assertThat(leaves(proved)).isOne();
  }

  private static double[][] normal(Random random, int rows, int columns) {
    double[][] w = new double[rows][columns];
    for (double[] row : w) {
      Arrays.setAll(row, k -> (float) random.nextGaussian());
    }
    return w;
  }

  /** A claim is enough for what it says, and for no other box, outputs or smaller slopes. */
  @Test
  void aClaimIsEnoughForWhatItSays() {
    Subject network = plain();
    Property.Slopes asked = slopes(SQUARE, slope(4, 0, 0, 1));
    Claim.Slopes claim = certified(asked, network).orElseThrow();
    assertThat(FurtherSearch.isProvedBy(UnitLists.propertyOf(claim).orElseThrow(), claim)).isTrue();
    assertThat(FurtherSearch.isProvedBy(slopes(SQUARE, slope(5, 0, 0, 1)), claim)).isTrue();
    List<Interval> smaller = List.of(new Interval(-1, 0.5), new Interval(-1, 1));
    for (Property.Slopes other :
        List.of(
            slopes(SQUARE, slope(Math.nextDown(4.0), 0, 0, 1)),
            slopes(SQUARE, slope(4, 0, 0)),
            slopes(smaller, slope(4, 0, 0, 1)),
            slopes(SQUARE, slope(4, 0, 0, 1), slope(2.9, 1, 0, 1)))) {
      assertThat(FurtherSearch.isProvedBy(other, claim)).isFalse();
    }
    assertThat(FurtherSearch.isProvedBy(asked, network.certificate().claim())).isFalse();
  }

  /** A claim has one list of outputs. */
  @Test
  void allSlopesAreAboutTheSameOutputs() {
    Property.Slopes mixed = slopes(SQUARE, slope(4, 0, 0), slope(4, 1, 1));
    assertThatThrownBy(() -> SlopesSearch.wanted(mixed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slopes of different outputs");
    Property.Slopes named = new Property.Slopes(List.of(slope(1, 0, 0)), new Region.Declared());
    assertThatThrownBy(() -> SlopesSearch.wanted(named))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
