package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.Safetensors;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs by all frequencies as a whole, before both checkers, which have to agree rule by rule. */
@Timeout(120)
class TorusRulesTest {

  private static final Optional<String> NO_BIAS = Optional.empty();

  private final NetworkUnderTest net = new NetworkUnderTest();

  private void image(int channels, int height, int width) {
    net.add(new Unit.Input(List.of(channels, height, width), Optional.empty()));
  }

  private void torus(int down, int right, OptionalInt head) {
    Optional<Integer> number = head.isPresent() ? Optional.of(head.getAsInt()) : Optional.empty();
    net.witness = new AllFrequencies(new Torus(List.of(down, right), List.of(0.0, 0.5)), number);
  }

  private static String audited(Subject subject) {
    byte[] weights =
        subject.weights().tensors().isEmpty() ? new byte[0] : Safetensors.write(subject.weights());
    String text = CertificateText.write(subject.certificate());
    return Witness.audit(List.of(text), List.of(weights), 4_000_000_000L).getLast();
  }

  private void assertAccepted() {
    assertThat(CertificateChecker.check(net.subject())).isInstanceOf(Accepted.class);
    assertThat(audited(net.subject())).startsWith("ACCEPTED");
  }

  private void assertRejected(Reason reason, String detail) {
    assertThat(CertificateChecker.check(net.subject()))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(reason);
              assertThat(rejected.detail()).contains(detail);
            });
  }

  @Test
  void bothCheckersAgreeOnAFew() {
    assertThat(agreed(0, 16)).isGreaterThan(3);
  }

  @Test
  @Tag("slow")
  void bothCheckersAgree() {
    assertThat(agreed(16, 60)).isGreaterThan(14);
  }

  /**
   * The audit accepts what the checker does; and it refuses half of the least bound, as it. It
   * gives up where a large matrix is nearly singular, which no bound of these is.
   *
   * @return how many bounds are accepted
   */
  private static int agreed(int from, int to) {
    int accepted = 0;
    int undecided = 0;
    for (int seed = from; seed < to; seed++) {
      RandomImages images = RandomImages.of(new Random(seed));
      double low = 1e-6;
      double high = 1e6;
      while (high > low * 1.001) {
        double middle = Math.sqrt(low * high);
        boolean proved = check(images, middle) instanceof Accepted;
        high = proved ? middle : high;
        low = proved ? low : middle;
      }
      for (double bound : new double[] {high, high * 1.01, low * 0.99, low * 0.5}) {
        boolean proved = check(images, bound) instanceof Accepted;
        String said = audited(images.network().subject());
        boolean tooLarge = said.startsWith("NOT DECIDED: too large") && !proved;
        assertThat(tooLarge ? "REJECTED" : said)
            .as("%d, bound %s: %s", seed, bound, images)
            .startsWith(proved ? "ACCEPTED" : "REJECTED");
        accepted += proved ? 1 : 0;
        undecided += tooLarge ? 1 : 0;
      }
    }
    assertThat(undecided).isLessThan(10);
    return accepted;
  }

  private static Verdict check(RandomImages images, double bound) {
    images.network().bound = bound;
    return CertificateChecker.check(images.network().subject());
  }

  /** It would be proved, and so would do no harm; but nothing asks for it. */
  @Test
  void gainsBehindTheHead() {
    image(1, 1, 2);
    int head = net.dense(0, new double[][] {{1, 0}, {0, 1}});
    int behind = net.dense(head, new double[][] {{1, 0}, {0, 1}});
    torus(1, 2, OptionalInt.of(head));
    net.bound = 2;
    assertAccepted();
    net.gain(behind, 1.5, 1.0625);
    assertRejected(Reason.MALFORMED, "gains");
    assertThat(audited(net.subject())).startsWith("REJECTED");
  }

  /** It is one of groups, so it has a gain, also where the group has a single element. */
  @Test
  void softmaxOfOneElement() {
    image(1, 1, 1);
    int last = net.activation(0, "softmax", 1);
    torus(1, 1, OptionalInt.empty());
    net.gain(last, 1.5);
    net.bound = 1;
    assertAccepted();
    net.multipliers.clear();
    net.slope(last, 1);
    assertRejected(Reason.MALFORMED, "no multiplier");
    assertThat(audited(net.subject())).startsWith("REJECTED");
  }

  /** Linear functions, which are no linear units. */
  @ParameterizedTest
  @ValueSource(strings = {"leaky_relu", "relu"})
  void headsThatAreActivations(String name) {
    image(1, 1, 1);
    net.activation(0, name, name.equals("relu") ? new double[0] : new double[] {1});
    torus(1, 1, OptionalInt.of(1));
    assertRejected(Reason.MALFORMED, "no linear unit");
    assertThat(audited(net.subject())).startsWith("REJECTED");
  }

  @Test
  void headsAreLinearUnitsOfAllKinds() {
    image(2, 1, 1);
    int head = net.activation(0, "center");
    torus(1, 1, OptionalInt.of(head));
    net.bound = 1.001;
    assertAccepted();
    torus(1, 1, OptionalInt.empty());
    assertRejected(Reason.MALFORMED, "no meaning");
    assertThat(audited(net.subject())).startsWith("REJECTED");
  }

  /** An image of two pixels to a cell, along one axis, and every second pixel of it once more. */
  @Test
  void headsReadThePixelsOfACell() {
    for (boolean across : new boolean[] {true, false}) {
      NetworkUnderTest two = new NetworkUnderTest();
      Grid grid = across ? new Grid(2, 2, 4) : new Grid(2, 4, 2);
      Window window =
          across
              ? new Window(Axis.of(1, 1), Axis.of(1, 2))
              : new Window(Axis.of(1, 2), Axis.of(1, 1));
      two.add(new Unit.Input(grid.extents(), Optional.empty()));
      two.tensor("k", List.of(2, 2, 1, 1), new double[] {1, 0, 0, 1});
      int half = two.add(Unit.convolution(0, new Convolution(grid, 2, window, 1, "k", NO_BIAS)));
      int head = two.concat(0, half);
      two.witness =
          new AllFrequencies(new Torus(List.of(2, 2), List.of(0.0, 0.5)), Optional.of(head));
      two.bound = Math.sqrt(2) * 1.001;
      assertThat(CertificateChecker.check(two.subject())).isInstanceOf(Accepted.class);
      assertThat(audited(two.subject())).startsWith("ACCEPTED");
      two.bound = Math.sqrt(2) * 0.999;
      assertThat(CertificateChecker.check(two.subject())).isInstanceOf(Rejected.class);
      assertThat(audited(two.subject())).startsWith("REJECTED");
    }
  }

  /** Nothing that a few words ask for is built before it is counted. */
  @Test
  void headsOfGiantWindows() {
    image(16, 256, 256);
    Window window = Window.square(Axis.of(225, 1));
    AveragePool pool = new AveragePool(new Grid(16, 256, 256), window, 0x1p-20);
    int head = net.add(Unit.averagePool(0, pool));
    torus(256, 256, OptionalInt.of(head));
    assertRejected(Reason.TOO_LARGE, "a head of many rows");
    net.units.removeLast();
    Window larger = Window.square(Axis.of(249, 1));
    pool = new AveragePool(new Grid(16, 256, 256), larger, 0x1p-20);
    net.add(Unit.averagePool(0, pool));
    assertRejected(Reason.TOO_LARGE, "more work");
  }

  @Test
  void centersOfManyElements() {
    image(64, 256, 256);
    int head = net.activation(0, "center");
    torus(256, 256, OptionalInt.of(head));
    assertRejected(Reason.TOO_LARGE, "a head of many rows");
  }

  @Test
  void sumsOfMany() {
    image(1024, 1, 1);
    List<Integer> all = Collections.nCopies(3000, 0);
    net.add(Unit.sum(all, 1024));
    torus(1, 1, OptionalInt.empty());
    net.bound = 3001;
    assertRejected(Reason.TOO_LARGE, "more work");
  }

  /**
   * {@code min(x, 0)}, of norm 1: the elements of a group move together, so they share a
   * multiplier. With one for each channel a bound of 0.01 would be proved.
   */
  @Test
  void aMultiplierForEachChannelOfAGroup() {
    image(1, 1, 1);
    int zero = net.scale(0, 0);
    int sorted = net.activation(net.concat(0, zero), "maxmin");
    kernel(sorted, 2, 1, 0, 1);
    torus(1, 1, OptionalInt.empty());
    net.bound = 1.001;
    net.gain(sorted, 1.001);
    assertAccepted();
    net.multipliers.clear();
    net.multiplier(sorted, Constraint.GAIN, 1.001, 1.001);
    assertRejected(Reason.MALFORMED, "2 multipliers");
    assertThat(audited(net.subject())).startsWith("REJECTED");
    net.bound = 0.01;
    net.multipliers.clear();
    net.multiplier(sorted, Constraint.GAIN, 0x1p-20, 2);
    assertRejected(Reason.MALFORMED, "2 multipliers");
    assertThat(audited(net.subject())).startsWith("REJECTED");
  }

  /**
   * The largest of two pixels of the second of four channels, of norm 1: a cell has eight elements,
   * and those of a channel have its multiplier, whatever their pixel.
   */
  @Test
  void aMultiplierForEachChannelOfAPool() {
    image(4, 1, 2);
    int second = kernel(0, 4, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Window window = new Window(Axis.of(1, 1), Axis.of(2, 2));
    int pool = net.add(new Unit.MaxPool(second, new Grid(4, 1, 2), window));
    kernel(pool, 4, 1, 0, 1, 0, 0);
    torus(1, 1, OptionalInt.empty());
    net.bound = 1.001;
    net.multiplier(pool, Constraint.GAIN, 0x1p-20, 1.001, 0x1p-20, 0x1p-20);
    assertAccepted();
    net.bound = 0.01;
    assertRejected(Reason.NOT_POSITIVE_DEFINITE, "");
    assertThat(audited(net.subject())).startsWith("REJECTED");
  }

  /**
   * Each pixel is in two windows: the squares of the largest ones are twice those of the pixels.
   */
  @Test
  void poolsWhoseWindowsOverlap() {
    image(1, 1, 4);
    Window window = new Window(Axis.of(1, 1), Axis.of(2, 1));
    int pool = net.add(new Unit.MaxPool(0, new Grid(1, 1, 4), window));
    torus(1, 5, OptionalInt.empty());
    net.gain(pool, 1.0005);
    net.bound = Math.sqrt(2) * 1.001;
    assertAccepted();
    net.bound = Math.sqrt(2) * 0.999;
    assertRejected(Reason.NOT_POSITIVE_DEFINITE, "");
    assertThat(audited(net.subject())).startsWith("REJECTED");
    net.bound = 1.001;
    assertRejected(Reason.NOT_POSITIVE_DEFINITE, "");
  }

  /** A convolution of single pixels. */
  private int kernel(int operand, int inputs, int width, double... values) {
    String name = "k" + net.units.size();
    int outputs = values.length / inputs;
    Grid grid = new Grid(inputs, 1, width);
    Window point = Window.square(Axis.of(1, 1));
    net.tensor(name, List.of(outputs, inputs, 1, 1), values);
    Convolution map = new Convolution(grid, outputs, point, 1, name, Optional.empty());
    return net.add(Unit.convolution(operand, map));
  }

  /** A proof of another kind brings no torus, and one by all frequencies no other. */
  @Test
  void theWitnessOfAGain() {
    image(1, 1, 2);
    int last = net.dense(0, new double[][] {{1, 0}, {0, 1}});
    net.gain(last, 1.5, 1.0625);
    torus(1, 2, OptionalInt.empty());
    PositivityWitness torus = net.witness;
    net.witness = new PositivityWitness.VerifiedCholesky();
    net.gains.set(0, new Proof.Gain(last, 1.0625, torus));
    net.bound = 2;
    assertRejected(Reason.MALFORMED, "witness");
  }
}
