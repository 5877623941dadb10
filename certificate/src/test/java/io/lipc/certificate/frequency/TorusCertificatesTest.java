package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lipc.audit.Witness;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.GainWitness;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Certificates of convolutions, true and forged; the agent asks the audit about all of them. */
class TorusCertificatesTest {

  /** Two channels of 4 x 3 pixels, to three. */
  private static final Unrolled LAYER =
      Unrolled.random(
          new Random(5), new Grid(2, 4, 3), 3, Window.square(new Axis(3, 1, 1, 1, 1)), 1);

  private static final Torus TORUS = new Torus(List.of(5, 4), List.of(0.5, 0.0));

  private static final double GAIN = LAYER.norm(TORUS) * (1 + 1e-7);

  private static final PositivityWitness CHOLESKY = new PositivityWitness.VerifiedCholesky();

  private static void assertAccepted(Subject subject) {
    assertThat(CertificateChecker.check(subject)).isInstanceOf(Accepted.class);
    assertThat(audited(subject)).startsWith("ACCEPTED");
  }

  private static void assertRejected(Subject subject, Reason reason) {
    assertThat(CertificateChecker.check(subject))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    assertThat(audited(subject)).startsWith("REJECTED");
  }

  private static String audited(Subject subject) {
    return audited(subject, CertificateText.write(subject.certificate()));
  }

  private static String audited(Subject subject, String text) {
    byte[] weights = Safetensors.write(subject.weights());
    return Witness.audit(List.of(text), List.of(weights), 4_000_000_000L).getLast();
  }

  @Test
  void bothCheckersAccept() {
    Random random = new Random(99);
    for (int trial = 0; trial < 40; trial++) {
      Unrolled unrolled = Unrolled.random(random);
      Torus torus = new Torus(unrolled.least(), List.of(0.5 * (trial % 2), 0.5 * (trial / 2 % 2)));
      double norm = unrolled.norm(torus);
      assertAccepted(unrolled.subject(norm * (1 + 1e-7), torus));
      assertRejected(unrolled.subject(norm * (1 - 1e-7), torus), Reason.GAIN_NOT_PROVED);
    }
  }

  @Test
  void oneTextForEach() throws FormatException {
    String text = CertificateText.write(LAYER.subject(GAIN, TORUS).certificate());
    assertThat(text)
        .contains("\"torus\": [5, 4], \"twist\": [\"0x1.0p-1\", \"0x0.0p0\"], \"procedure\"");
    assertThat(CertificateText.read(text)).isEqualTo(LAYER.subject(GAIN, TORUS).certificate());
    assertThat(CertificateText.write(CertificateText.read(text))).isEqualTo(text);
  }

  @Test
  void eachMemberAltered() {
    assertAccepted(LAYER.subject(GAIN, TORUS));
    assertRejected(LAYER.subject(GAIN * (1 - 1e-6), TORUS), Reason.GAIN_NOT_PROVED);
    assertRejected(LAYER.subject(0, TORUS), Reason.GAIN_NOT_PROVED);
    for (GainWitness forged :
        List.of(
            new Torus(List.of(4, 4), List.of(0.5, 0.0)),
            new Torus(List.of(5, 3), List.of(0.5, 0.0)),
            new Torus(List.of(4, 5), List.of(0.5, 0.0)),
            new Torus(List.of(0, 4), List.of(0.5, 0.0)),
            new Torus(List.of(-5, -4), List.of(0.5, 0.0)),
            new Torus(List.of(5, 4), List.of(0.25, 0.0)),
            new Torus(List.of(5, 4), List.of(0.5, 0.25)),
            new Torus(List.of(5, 4), List.of(0.5, -0.0)),
            new Torus(List.of(5, 4), List.of(-0.5, 0.0)),
            new Torus(List.of(5, 4), List.of(1.0, 0.0)),
            new Torus(List.of(5, 4), List.of(0.5, Double.NaN)),
            CHOLESKY,
            new PositivityWitness.ExactElimination(),
            new PositivityWitness.ElementwiseProduct(),
            new PositivityWitness.Congruence(List.of(List.of(1L))))) {
      assertRejected(with(new Proof.Gain(1, GAIN, forged)), Reason.MALFORMED);
    }
    assertRejected(with(new Proof.Gain(0, GAIN, TORUS)), Reason.GAIN_NOT_PROVED);
    assertRejected(with(new Proof.Gain(2, GAIN, TORUS)), Reason.GAIN_NOT_PROVED);
    assertRejected(with(new Proof.Gain(1, -GAIN, TORUS)), Reason.MALFORMED);
    assertRejected(with(), Reason.GAIN_NOT_PROVED);
    Proof.Gain honest = new Proof.Gain(1, GAIN, TORUS);
    assertRejected(with(honest, honest), Reason.MALFORMED);
    // Another torus has another norm: that of this gain is the larger one, or it is not proved.
    Torus other = new Torus(List.of(5, 4), List.of(0.0, 0.5));
    boolean larger = LAYER.norm(other) > GAIN;
    assertThat(CertificateChecker.check(with(new Proof.Gain(1, GAIN, other))))
        .isInstanceOf(larger ? Rejected.class : Accepted.class);
  }

  private static Subject with(Proof.Gain... gains) {
    NetworkUnderTest net = LAYER.claim(GAIN, TORUS);
    net.gains.clear();
    net.gains.addAll(List.of(gains));
    return net.subject();
  }

  /** Of all that is not an image or a convolution of one. */
  @Test
  void toriOfOtherUnits() {
    NetworkUnderTest dense = new NetworkUnderTest();
    int y = dense.dense(dense.input(4), new double[][] {{1, 2, 3, 4}});
    dense.gains.add(new Proof.Gain(y, 6, new Torus(List.of(1, 1), List.of(0.0, 0.0))));
    dense.gain(y, 1);
    dense.bound = 6;
    assertRejected(dense.subject(), Reason.MALFORMED);
    dense.gains.set(0, new Proof.Gain(y, 6, CHOLESKY));
    assertAccepted(dense.subject());
  }

  @Test
  void gainsThatNothingReads() {
    for (Consumer<NetworkUnderTest> forgery :
        List.<Consumer<NetworkUnderTest>>of(
            net -> net.multipliers.clear(),
            net -> net.gains.add(new Proof.Gain(7, 1, TORUS)),
            net -> net.gains.add(new Proof.Gain(0, 1, TORUS)))) {
      NetworkUnderTest net = LAYER.claim(GAIN, TORUS);
      forgery.accept(net);
      if (net.multipliers.isEmpty()) {
        net.segmentations.clear();
      }
      assertRejected(net.subject(), Reason.MALFORMED);
    }
  }

  @Test
  void textsThatAreNoCertificates() {
    Subject subject = LAYER.subject(GAIN, TORUS);
    String text = CertificateText.write(subject.certificate());
    String torus = "\"torus\": [5, 4], ";
    String twist = "\"twist\": [\"0x1.0p-1\", \"0x0.0p0\"], ";
    String procedure = "\"procedure\": \"verified cholesky\"";
    String after = torus + twist + procedure;
    for (Map.Entry<String, String> change :
        List.of(
            Map.entry(torus, ""),
            Map.entry(twist, ""),
            Map.entry(torus + twist, twist + torus),
            Map.entry(torus, "\"torus\": [5], "),
            Map.entry(torus, "\"torus\": [5, 4, 4], "),
            Map.entry(torus, "\"torus\": [], "),
            Map.entry(torus, torus + torus),
            Map.entry(torus, "\"torus\": [\"5\", \"4\"], "),
            Map.entry(twist, "\"twist\": [0, 0], "),
            Map.entry(twist, "\"twist\": [\"0x1.0p-1\"], "),
            Map.entry(twist, "\"twist\": [\"0x1.0p-1\", \"0x0.0p0\", \"0x0.0p0\"], "),
            Map.entry(twist, "\"twist\": [\"0x1.0p-1\", \"0x0p0\"], "),
            Map.entry(after, torus + twist + "\"procedure\": \"exact elimination\""),
            Map.entry(after, torus + twist + "\"procedure\": \"elementwise product\""),
            Map.entry(after, torus + twist + "\"procedure\": \"congruence\", \"rows\": [\"1\"]"),
            Map.entry(after, after + ", \"rows\": [\"1\"]"),
            Map.entry(after, after + ", \"frequencies\": [0]"),
            Map.entry(after, "\"frequencies\": [0], " + after),
            Map.entry(after, after + ", \"padding\": \"circular\""))) {
      String forged = text.replace(change.getKey(), change.getValue());
      assertThat(forged).isNotEqualTo(text);
      assertThat(catchThrowable(() -> CertificateText.read(forged)))
          .as(change.toString())
          .isInstanceOf(FormatException.class);
      assertThat(audited(subject, forged)).as(change.toString()).startsWith("REJECTED");
    }
  }

  /** Kernels whose norm is that of one frequency: what is a little below it is refused. */
  @Test
  void kernelsThatPeakAtOneFrequency() {
    for (int j = 0; j < 5; j++) {
      for (int k = 0; k < 5; k++) {
        double[] kernel = new double[9];
        for (int d = 0; d < 9; d++) {
          kernel[d] = Math.cos(2 * Math.PI * (j * (d / 3) + k * (d % 3)) / 5);
        }
        Window window = Window.square(new Axis(3, 1, 1, 1, 1));
        Unrolled wave = Unrolled.of(new Grid(1, 4, 4), 1, window, 1, kernel);
        Torus torus = new Torus(List.of(5, 5), List.of(0.0, 0.0));
        double norm = wave.norm(torus);
        assertAccepted(wave.subject(norm * (1 + 1e-7), torus));
        assertRejected(wave.subject(norm * (1 - 1e-7), torus), Reason.GAIN_NOT_PROVED);
      }
    }
  }

  /** {@code conv relu maxpool conv}: gains multiply, and one tensor may be read twice. */
  @Test
  void chains() {
    NetworkUnderTest net = new NetworkUnderTest();
    Window same = Window.square(new Axis(3, 1, 1, 1, 1));
    Random random = new Random(8);
    Unrolled first = Unrolled.random(random, new Grid(1, 6, 6), 2, same, 1);
    Unrolled second = Unrolled.random(random, new Grid(2, 3, 3), 2, same, 2);
    double one = first.norm(new Torus(List.of(7, 7), List.of(0.5, 0.5))) * (1 + 1e-7);
    double two = second.norm(new Torus(List.of(4, 4), List.of(0.0, 0.5))) * (1 + 1e-7);
    net.input(36);
    convolution(net, 0, first, "a");
    int relu = net.activation(1, "relu");
    net.add(new Unit.MaxPool(relu, first.map().output(), Window.square(Axis.of(2, 2))));
    convolution(net, 3, second, "b");
    net.gains.add(new Proof.Gain(1, one, new Torus(List.of(7, 7), List.of(0.5, 0.5))));
    net.gains.add(new Proof.Gain(4, two, new Torus(List.of(4, 4), List.of(0.0, 0.5))));
    double slack = 1 + 1e-9;
    double multiplier = slack;
    double[] gains = {two, 1, 1, one};
    for (int k = 0; k < 4; k++) {
      net.gain(4 - k, multiplier);
      multiplier *= gains[k] * gains[k] * slack;
    }
    List.of(0, 1, 2, 3, 4).forEach(unit -> net.rows(unit, net.units.get(unit).size()));
    net.bound = Math.sqrt(multiplier) * slack;
    net.witness = CHOLESKY;
    assertAccepted(net.subject());
    net.bound = one * two * (1 - 1e-9);
    assertRejected(net.subject(), Reason.NOT_POSITIVE_DEFINITE);
  }

  private static void convolution(NetworkUnderTest net, int operand, Unrolled unrolled, String w) {
    Convolution map = unrolled.map();
    net.tensor(w, unrolled.weight().shape(), unrolled.weight().values());
    net.add(
        Unit.convolution(
            operand,
            new Convolution(
                map.input(), map.channels(), map.window(), map.groups(), w, Optional.empty())));
  }

  /** Of another weight it proves nothing: the digest of the tensor is part of the certificate. */
  @Test
  void anotherKernel() {
    NetworkUnderTest net = LAYER.claim(GAIN, TORUS);
    double[] kernel = LAYER.weight().values();
    kernel[4] += 1;
    net.tensor("w1", LAYER.weight().shape(), kernel);
    assertRejected(net.subject(), Reason.GAIN_NOT_PROVED);
  }
}
