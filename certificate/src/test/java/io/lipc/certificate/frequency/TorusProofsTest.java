package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.audit.Witness;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
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
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Certificates by all frequencies, true and forged; the audit says the same of each. */
class TorusProofsTest {

  private static final Window SAME = Window.square(new Axis(3, 1, 1, 1, 1));

  private static final List<Double> PLAIN = List.of(0.0, 0.0);

  /** A convolution and its relu, one more behind it, and a dense layer of two rows as the head. */
  private static NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.add(new Unit.Input(List.of(1, 3, 4), Optional.empty()));
    convolution(net, 0, new Grid(1, 3, 4), 2, 0.25);
    net.slopes(1, "relu", 16, 20);
    convolution(net, 2, new Grid(2, 3, 4), 1, 0.125);
    net.slopes(3, "relu", 8);
    double[][] weight = new double[2][12];
    for (int i = 0; i < 12; i++) {
      weight[i % 2][i] = 0.5;
    }
    net.dense(4, weight);
    net.slopes(5, "tanh", 5.5, 5.75);
    net.dense(6, new double[][] {{1, -1}});
    net.witness = torus(4, 5, PLAIN, Optional.of(5));
    net.bound = 16;
    return net;
  }

  private static void convolution(
      NetworkUnderTest net, int operand, Grid in, int channels, double factor) {
    String name = "k" + net.units.size();
    Convolution map = new Convolution(in, channels, SAME, 1, name, Optional.empty());
    double[] kernel = new double[channels * in.channels() * 9];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = factor * (i % 3 == 0 ? -1 : 1);
    }
    net.tensor(name, map.tensors().getFirst().shape(), kernel);
    net.add(Unit.convolution(operand, map));
  }

  private static AllFrequencies torus(
      int down, int right, List<Double> twist, Optional<Integer> head) {
    return new AllFrequencies(new Torus(List.of(down, right), twist), head);
  }

  private static String audited(Subject subject) {
    return Witness.audit(
            List.of(CertificateText.write(subject.certificate())),
            List.of(Safetensors.write(subject.weights())),
            4_000_000_000L)
        .getLast();
  }

  private static void assertAccepted(NetworkUnderTest net) {
    assertThat(CertificateChecker.check(net.subject())).isInstanceOf(Accepted.class);
    assertThat(audited(net.subject())).startsWith("ACCEPTED");
  }

  private static void assertRejected(NetworkUnderTest net, Reason reason) {
    Verdict verdict = CertificateChecker.check(net.subject());
    assertThat(verdict)
        .as(net.multipliers + " " + net.witness)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    assertThat(audited(net.subject())).startsWith("REJECTED");
  }

  private static void assertForged(Reason reason, Consumer<NetworkUnderTest> forgery) {
    NetworkUnderTest net = network();
    forgery.accept(net);
    assertRejected(net, reason);
  }

  @Test
  void bothCheckersAccept() {
    assertAccepted(network());
    NetworkUnderTest without = network();
    without.witness = torus(4, 5, List.of(0.5, 0.5), Optional.of(5));
    assertAccepted(without);
    without.witness = torus(7, 6, List.of(0.5, 0.0), Optional.of(5));
    assertAccepted(without);
    // Of a single output both norms are the same.
    without.norms = new Norms(Norm.L2, Norm.LINF);
    assertAccepted(without);
  }

  @Test
  void oneTextForEach() throws FormatException {
    String text = CertificateText.write(network().subject().certificate());
    assertThat(text)
        .endsWith(
            """
              "procedure": "all frequencies",
              "torus": [
                4,
                5
              ],
              "twist": [
                "0x0.0p0",
                "0x0.0p0"
              ],
              "head": 5
            }
            """);
    assertThat(CertificateText.read(text)).isEqualTo(network().subject().certificate());
    for (String forged :
        List.of(
            text.replace("  \"torus\": [\n    4,\n    5\n  ],\n", ""),
            text.replace("    4,\n    5\n", "    4,\n    5,\n    6\n"),
            text.replace("\"head\": 5", "\"head\": 05"),
            text.replace("\"head\": 5", "\"head\": 5,\n  \"rows\": []"),
            text.replace("all frequencies", "verified cholesky"))) {
      assertThatThrownBy(() -> CertificateText.read(forged)).isInstanceOf(FormatException.class);
    }
  }

  /** Along each axis: images of 3 and 4 pixels need one cell more, for the window's first zeros. */
  @Test
  void toriThatAreTooSmallOrNone() {
    for (AllFrequencies forged :
        List.of(
            torus(3, 5, PLAIN, Optional.of(5)),
            torus(4, 4, PLAIN, Optional.of(5)),
            torus(4, 5, List.of(0.25, 0.0), Optional.of(5)),
            torus(4, 5, List.of(0.0, 1.0), Optional.of(5)),
            torus(4, 5, List.of(-0.0, 0.0), Optional.of(5)))) {
      assertForged(Reason.MALFORMED, net -> net.witness = forged);
    }
  }

  @Test
  void headsThatAreNone() {
    for (int head : new int[] {-1, 0, 1, 2, 4, 6, 8}) {
      assertForged(Reason.MALFORMED, net -> net.witness = torus(4, 5, PLAIN, Optional.of(head)));
    }
    assertForged(Reason.MALFORMED, net -> net.witness = torus(4, 5, PLAIN, Optional.empty()));
    // What is behind the head reads past it.
    assertForged(Reason.MALFORMED, net -> net.concat(7, 4));
  }

  @Test
  void multipliersThatAreMissingOrTooMany() {
    for (int i = 0; i < 3; i++) {
      int number = i;
      assertForged(Reason.MALFORMED, net -> net.multipliers.remove(number));
      assertForged(Reason.MALFORMED, net -> net.multipliers.add(net.multipliers.get(number)));
    }
    assertForged(Reason.MALFORMED, net -> net.gain(5, 1));
    assertForged(Reason.MALFORMED, net -> net.gain(2, 1));
    assertForged(Reason.MALFORMED, net -> net.multiplier(5, Constraint.CROP, 1));
    assertForged(Reason.MALFORMED, net -> net.multiplier(6, Constraint.CROP, 1));
    assertForged(Reason.MALFORMED, net -> net.rows(0, 12));
    assertForged(
        Reason.MALFORMED,
        net -> net.gains.add(new Proof.Gain(1, 9, ((AllFrequencies) net.witness).torus())));
    // One for each pixel is none for each channel.
    assertForged(
        Reason.MALFORMED,
        net -> {
          net.multipliers.set(
              1, new Proof.Multiplier(4, Constraint.SLOPE, Collections.nCopies(12, 4.0)));
        });
    assertForged(
        Reason.NOT_POSITIVE_DEFINITE,
        net ->
            net.multipliers.set(0, new Proof.Multiplier(2, Constraint.SLOPE, List.of(16.0, 0.0))));
  }

  @Test
  void boundsThatAreNotProved() {
    assertForged(Reason.NOT_POSITIVE_DEFINITE, net -> net.bound = 0.01);
    assertForged(
        Reason.NOT_POSITIVE_DEFINITE,
        net -> net.multipliers.set(1, new Proof.Multiplier(4, Constraint.SLOPE, List.of(1e9))));
    assertForged(Reason.MALFORMED, net -> net.norms = new Norms(Norm.LINF, Norm.L2));
    assertForged(Reason.MALFORMED, net -> net.norms = new Norms(Norm.LINF, Norm.LINF));
  }

  /** x - leaky_relu(x) has slopes in [0, 1/2]: that is not seen where an interval is widened. */
  @Test
  void slopesWithoutZero() {
    for (double multiplier : new double[] {0.3, 0.5, 0.7, 1, 2}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.add(new Unit.Input(List.of(1, 2, 2), Optional.empty()));
      net.activation(0, "leaky_relu", 0.5);
      net.slope(1, multiplier);
      net.sum(0, net.scale(1, -1));
      net.bound = 0.51;
      net.witness = torus(2, 2, PLAIN, Optional.empty());
      assertRejected(net, Reason.NOT_POSITIVE_DEFINITE);
    }
  }

  /** The second reads what the torus makes of the first outside of its grid. */
  @Test
  void convolutionsOfConvolutions() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.add(new Unit.Input(List.of(1, 3, 4), Optional.empty()));
    convolution(net, 0, new Grid(1, 3, 4), 1, 0.25);
    convolution(net, 1, new Grid(1, 3, 4), 1, 0.25);
    net.witness = torus(4, 5, PLAIN, Optional.empty());
    net.bound = 6;
    assertRejected(net, Reason.MALFORMED);
    net.multiplier(1, Constraint.CROP, 6);
    assertAccepted(net);
    net.witness = new PositivityWitness.VerifiedCholesky();
    assertRejected(net, Reason.MALFORMED);
  }

  private static NetworkUnderTest image(int channels, int height, int width) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.add(new Unit.Input(List.of(channels, height, width), Optional.empty()));
    net.witness = torus(8, 12, PLAIN, Optional.empty());
    net.bound = 1e6;
    return net;
  }

  private static int convolution(
      NetworkUnderTest net, int operand, Grid in, int channels, Axis down, Axis right) {
    String name = "k" + net.units.size();
    Window window = new Window(down, right);
    Convolution map = new Convolution(in, channels, window, 1, name, Optional.empty());
    double[] kernel = new double[channels * in.channels() * window.area()];
    Arrays.fill(kernel, 0.5);
    net.tensor(name, map.tensors().getFirst().shape(), kernel);
    return net.add(Unit.convolution(operand, map));
  }

  /** The input would have cells of two pixels for one reader, of one for the other. */
  @Test
  void readersOfDifferentStrides() {
    NetworkUnderTest net = image(1, 4, 4);
    Grid in = new Grid(1, 4, 4);
    int one = convolution(net, 0, in, 1, Axis.of(2, 2), Axis.of(2, 2));
    int other = convolution(net, 0, in, 1, Axis.of(3, 1), Axis.of(3, 1));
    net.sum(one, other);
    assertRejected(net, Reason.MALFORMED);
  }

  /** Of 2 x 8 pixels and 4 x 4. */
  @Test
  void sumsOfDifferentImages() {
    NetworkUnderTest net = image(1, 4, 4);
    Axis wider = new Axis(1, 1, 2, 2, 1);
    net.sum(0, convolution(net, 0, new Grid(1, 4, 4), 1, Axis.of(3, 1), wider));
    assertRejected(net, Reason.MALFORMED);
  }

  @Test
  void partsOfChannelsThatAreScaled() {
    NetworkUnderTest net = image(1, 2, 2);
    for (String role : BatchNorm.ROLES) {
      net.tensor("n." + role, List.of(2), new double[] {1, 3});
    }
    net.add(Unit.batchNorm(0, new BatchNorm(2, 2, "n", 1)));
    assertRejected(net, Reason.MALFORMED);
  }

  /**
   * What is not zero outside of its grid: a mean that leaves a rest, and a sum with such a term.
   */
  @Test
  void windowsOverWhatIsNotClean() {
    NetworkUnderTest mean = image(1, 3, 4);
    Window halves = Window.square(Axis.of(2, 2));
    mean.add(Unit.averagePool(0, new AveragePool(new Grid(1, 3, 4), halves, 0.25)));
    convolution(mean, 1, new Grid(1, 1, 2), 1, Axis.of(1, 1), Axis.of(1, 1));
    assertRejected(mean, Reason.MALFORMED);
    mean.multiplier(1, Constraint.CROP, 1e6);
    assertAccepted(mean);
    NetworkUnderTest sum = image(1, 3, 4);
    convolution(sum, 0, new Grid(1, 3, 4), 1, 0.25);
    convolution(sum, sum.sum(0, 1), new Grid(1, 3, 4), 1, 0.25);
    assertRejected(sum, Reason.MALFORMED);
    sum.multiplier(2, Constraint.CROP, 1e6);
    assertAccepted(sum);
  }

  /** Without a head, too. */
  @Test
  void multipliersThatNothingReads() {
    NetworkUnderTest net = image(1, 3, 4);
    convolution(net, 0, new Grid(1, 3, 4), 1, 0.25);
    assertAccepted(net);
    net.slope(1, 1);
    assertRejected(net, Reason.MALFORMED);
  }

  /** The sum of taps is enclosed, with what the roots of unity are off. */
  @Test
  void symbolsAreEnclosed() {
    NetworkUnderTest net = image(1, 3, 4);
    convolution(net, 0, new Grid(1, 3, 4), 2, 0.25);
    Convolution map = (Convolution) ((Unit.Linear) net.units.get(1)).map();
    Circle down = new Circle(map.window().vertical(), 4, 1, 0.5);
    Circle right = new Circle(map.window().horizontal(), 5, 1, 0.0);
    ComplexMatrix matrix =
        Symbol.ofTaps(map, net.tensors.get("k1").values(), down, right).matrix(0, 1, 2);
    assertThat(matrix.radius[1][0]).isBetween(9 * 0.25 * 0x1p-47, 9 * 0.25 * 0x1p-46);
  }

  /** x + relu(x), behind which nothing is: a head of two operands. */
  @Test
  void headsOfSeveralOperands() {
    NetworkUnderTest net = image(1, 1, 2);
    int relu = net.slopes(0, "relu", 2);
    int head = net.sum(0, relu);
    net.witness = torus(1, 2, PLAIN, Optional.of(head));
    net.bound = 2.1;
    assertAccepted(net);
    net.bound = 1.99;
    assertRejected(net, Reason.NOT_POSITIVE_DEFINITE);
  }

  /** A number of a head, or none; and a torus of a gain, by one procedure. */
  @Test
  void textsWithoutHeadAndOfGains() throws FormatException {
    NetworkUnderTest net = image(1, 2, 2);
    String text = CertificateText.write(net.subject().certificate());
    assertThat(text).contains("\"twist\"").doesNotContain("\"head\"");
    assertThat(CertificateText.read(text)).isEqualTo(net.subject().certificate());
    Unrolled point =
        Unrolled.of(new Grid(1, 2, 2), 1, Window.square(Axis.of(1, 1)), 1, new double[] {1});
    NetworkUnderTest gain = point.claim(2, new Torus(List.of(2, 2), PLAIN));
    text = CertificateText.write(gain.subject().certificate());
    assertThat(CertificateText.read(text)).isEqualTo(gain.subject().certificate());
    String gains = text.substring(text.indexOf("\"gains\""), text.indexOf("\"segmentations\""));
    assertThat(gains).contains("\"torus\"", "\"verified cholesky\"");
    String forged = text.replace(gains, gains.replace("verified", "exact"));
    assertThatThrownBy(() -> CertificateText.read(forged))
        .isInstanceOf(FormatException.class)
        .hasMessage("`procedure` of a gain cannot be \"exact cholesky\"");
  }
}
