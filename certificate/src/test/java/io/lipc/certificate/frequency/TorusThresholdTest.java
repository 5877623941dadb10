package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;

/**
 * The least bounds that are proved, to the last bits: of matrices that are diagonal, where the sum
 * of all radii decides, which is known by hand. A form of fewer terms than it has would prove less
 * than these.
 */
class TorusThresholdTest {

  private static final Torus ONE = new Torus(List.of(1, 1), List.of(0.0, 0.0));

  private final NetworkUnderTest net = new NetworkUnderTest();

  private Decision decide() {
    net.witness = new AllFrequencies(ONE, Optional.empty());
    Subject subject = net.subject();
    Proof proof = subject.certificate().proof();
    return TorusInequality.decide(subject, 0, (AllFrequencies) proof.witness(), new Work(() -> {}));
  }

  private boolean isProved(double bound) {
    net.bound = bound;
    return decide() == Decision.POSITIVE;
  }

  /** How many units of {@code 2^-51} the least of [2, 2.001] is above 2. */
  private static long least(DoublePredicate proved) {
    long low = 0;
    long high = 1L << 40;
    assertThat(proved.test(2 + high * 0x1p-51)).isTrue();
    while (high - low > 1) {
      long middle = (low + high) / 2;
      boolean above = proved.test(2 + middle * 0x1p-51);
      high = above ? middle : high;
      low = above ? low : middle;
    }
    return high;
  }

  private void image(int channels) {
    net.add(new Unit.Input(List.of(channels, 1, 1), Optional.empty()));
  }

  /**
   * Three channels through a unit of gain 1, whose multiplier is 4. Numbers of x: {@code L^2 - 4},
   * in units of 2^-52 off by 2 for the square, by 4 (14 + 8) for the terms of L^2, as many of
   * {@code 4 |z|^2}, and by 16 for its root, taken 2^-49 too large, so that the difference is 64
   * less; of the four times 194 that a matrix of two columns is lowered by, a unit of L gives 8.
   */
  @Test
  void inequalities() {
    image(3);
    net.add(new Unit.MaxPool(0, new Grid(3, 1, 1), Window.square(Axis.of(1, 1))));
    net.scale(1, 0.5);
    net.gain(1, 4);
    assertThat(least(this::isProved)).isBetween((64 + 4 * 194) / 8L - 1, (64 + 4 * 194) / 8L + 1);
  }

  /**
   * The same where a signal is made clean, so that units and signals have other numbers, and joined
   * to itself: 3 + 3 terms and six that are subtracted last, and eight columns for two.
   */
  @Test
  void termsOfTheLastSignal() {
    image(3);
    net.add(new Unit.MaxPool(0, new Grid(3, 1, 1), Window.square(Axis.of(1, 1))));
    net.scale(1, 0.125);
    net.concat(2, 2);
    net.gain(1, 4);
    net.multiplier(2, Constraint.CROP, 1.95);
    assertThat(least(this::isProved)).isBetween((64 + 16 * 242) / 8L - 2, (64 + 16 * 242) / 8L + 2);
  }

  /**
   * One channel of three, 2 x_1, of which the smaller product is one number: {@code g^2 - 4}, off
   * by 2 for the square, 4 (4 + 8) for its terms and as many of 4, and by 4 70 as the entry 2 is by
   * {@code 2 (2^-47 + 3 2^-52)}, or 70.
   */
  @Test
  void gains() {
    Window point = Window.square(Axis.of(1, 1));
    double[] kernel = {2, 0, 0};
    for (boolean tall : new boolean[] {true, false}) {
      Unrolled unrolled = Unrolled.of(new Grid(tall ? 1 : 3, 1, 1), tall ? 3 : 1, point, 1, kernel);
      long least =
          least(
              gain ->
                  TorusGain.decide(unrolled.map(), unrolled.weight(), gain, ONE, new Work(() -> {}))
                      == Decision.POSITIVE);
      assertThat(least)
          .isBetween(4 * (2 + 48 + 48 + 280) / 8L - 1, 4 * (2 + 48 + 48 + 280) / 8L + 1);
    }
  }

  /** What is bounded by a gain is not free: neither its operand's norm nor its own is dropped. */
  @Test
  void gainsOfGroups() {
    image(2);
    net.activation(0, "softmax", 0.5);
    net.gain(1, 1.5);
    assertThat(isProved(1.3)).isTrue();
    assertThat(isProved(1.2)).isFalse();
    net.multipliers.clear();
    net.gain(1, 0.75);
    assertThat(isProved(100)).isFalse();
    // There is one group: it has one multiplier.
    net.multipliers.clear();
    net.multiplier(1, Constraint.GAIN, 1.5, 1.5, 1.5, 1.5);
    assertThat(refusal()).isEqualTo(new Rejected(Reason.MALFORMED, "unit 1: 4 multipliers"));
  }

  /**
   * In units of 2^-1000: the root of {@code 1.75}, 2^-500 too large, is that of 5.4, and the matrix
   * is lowered by 4, as underflow may take 1 of the number of x. That of z is large enough.
   */
  @Test
  void rootsOfTinyProducts() {
    image(1);
    net.activation(0, "softmax", 0x1p249);
    net.add(Unit.scale(1, 0x1p-400, 1));
    net.gain(1, 1.75 * 0x1p-500);
    assertThat(isProved(3 * 0x1p-500)).isFalse();
    assertThat(isProved(3.2 * 0x1p-500)).isTrue();
  }

  @Test
  void leastMultipliers() {
    image(1);
    net.slopes(0, "relu", 0x1p-500);
    assertThat(decide()).isEqualTo(Decision.NOT_PROVED);
    for (double multiplier : new double[] {0, Math.nextDown(0x1p-500)}) {
      net.multipliers.clear();
      net.slope(1, multiplier);
      assertThatThrownBy(this::decide)
          .isInstanceOfSatisfying(
              Rejection.class,
              rejection ->
                  assertThat(rejection.verdict())
                      .isEqualTo(
                          new Rejected(
                              Reason.NOT_POSITIVE_DEFINITE,
                              "a multiplier that is zero, of unit 1")));
    }
  }

  /** A head of 1024 rows is built, one of 1025 is not, whatever they are. */
  @Test
  void rowsOfHeads() {
    image(1);
    net.add(Unit.select(0, Collections.nCopies(1025, 0)));
    net.witness = new AllFrequencies(ONE, Optional.of(1));
    assertThat(refusal()).isEqualTo(new Rejected(Reason.TOO_LARGE, "a head of many rows"));
    net.units.removeLast();
    net.add(Unit.select(0, Collections.nCopies(1024, 0)));
    assertThat(refusal().toString()).doesNotContain("a head of many rows");
  }

  private Object refusal() {
    Subject subject = net.subject();
    Proof proof = subject.certificate().proof();
    try {
      return TorusInequality.decide(
          subject, 0, (AllFrequencies) proof.witness(), new Work(() -> {}));
    } catch (Rejection rejection) {
      return rejection.verdict();
    } catch (ArithmeticException exhausted) {
      return exhausted;
    }
  }
}
