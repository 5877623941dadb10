package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.LeastLengths;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of vectors that are divided by their lengths; both checkers are asked. */
final class L2NormalizeTest {

  /**
   * {@code 3 l2_normalize(2 x)}, x of four elements from {@code low} on: 2 x has the length 4 low.
   */
  private static NetworkUnderTest honest(double low, double least) {
    NetworkUnderTest net = new NetworkUnderTest();
    int y = net.activation(net.scale(net.input(low, 8, 4), 2), "l2_normalize", least);
    net.slope(y, 9);
    net.scale(y, 3);
    net.bound = 6 / least * (1 + 0x1p-51);
    return net;
  }

  private static Verdict verdict(NetworkUnderTest net) {
    return CertificateChecker.check(net.subject());
  }

  private static void assertRejected(NetworkUnderTest net, Reason reason) {
    assertThat(verdict(net)).isInstanceOf(Rejected.class).extracting("reason").isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"1,0.5", "1,2", "1,3.999", "0.25,0x1p-10", "2,7.5"})
  void theGainIsNotLower(double low, String least) {
    NetworkUnderTest net = honest(low, Double.valueOf(least));
    assertThat(verdict(net)).isEqualTo(new Accepted());
    net.bound *= 1 - 0x1p-49;
    assertThat(verdict(net)).isInstanceOf(Rejected.class);
  }

  /** Lengths from 4 on, of which the checker loses some last places. */
  @Test
  void noVectorIsShorterThanDeclared() {
    assertThat(verdict(honest(1, 4 * (1 - 0x1p-48)))).isEqualTo(new Accepted());
    for (double least : new double[] {Math.nextUp(4.0), 4.5, 100}) {
      assertRejected(honest(1, least), Reason.LENGTH_NOT_PROVED);
    }
    // 0 is in the box.
    assertRejected(honest(-1, 0x1p-900), Reason.LENGTH_NOT_PROVED);
    assertRejected(honest(0, 0x1p-20), Reason.LENGTH_NOT_PROVED);
  }

  @Test
  void theLengthThatIsProvedIsSaid() {
    List<LeastLengths.Known> known = LeastLengths.of(honest(1, 9).subject(), _ -> {});
    assertThat(known).hasSize(1);
    assertThat(known.getFirst().unit()).isEqualTo(2);
    assertThat(known.getFirst().declared()).isEqualTo(9);
    assertThat(known.getFirst().proved()).isLessThan(4).isCloseTo(4, within(1e-14));
    assertThat(known.getFirst().holds()).isFalse();
    assertThat(verdict(honest(1, 9)))
        .isEqualTo(
            new Rejected(
                Reason.LENGTH_NOT_PROVED,
                "unit 2 reads lengths from " + known.getFirst().proved() + " on, not from 9.0"));
  }

  @Test
  void withoutABoxNoLengthIsKnown() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.slope(net.activation(net.input(4), "l2_normalize", 0.5), 1);
    net.bound = 2;
    assertRejected(net, Reason.LENGTH_NOT_PROVED);
  }

  @Test
  void behindFreeWeightsNoLengthIsKnown() {
    NetworkUnderTest free = new NetworkUnderTest();
    free.construction = true;
    free.input(4);
    free.add(Unit.dense(0, 4, 2, "h.weight", Optional.of("h.bias")));
    free.activation(1, "relu");
    free.add(Unit.dense(2, 2, 4, "y.weight", Optional.of("y.bias")));
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(1, 8, 4);
    net.activation(net.call(0, "demo.Free", free.subject()), "l2_normalize", 0.5);
    Subject subject = net.subject();
    assertThatThrownBy(() -> LeastLengths.of(subject, _ -> {}))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("weights of a called network");
  }

  /** A certificate for one length says nothing of a smaller one. */
  @Test
  void anotherLength() throws FormatException {
    NetworkUnderTest net = honest(1, 2);
    String text = CertificateText.write(net.subject().certificate());
    String parameters = "[\"0x1.0p1\"]";
    assertThat(text).contains(parameters);
    for (String other : List.of("[\"0x1.fffffffp0\"]", "[\"0x1.0p0\"]")) {
      String forged = text.replace(parameters, other);
      assertThat(CertificateChecker.check(net.subject(CertificateText.read(forged))))
          .isInstanceOf(Rejected.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0x0.0p0\"",
        "\"-0x0.0p0\"",
        "\"-0x1.0p1\"",
        "\"NaN\"",
        "\"Infinity\"",
        "",
        "\"0x1.0p1\", \"0x1.0p1\""
      })
  void noSuchConstants(String parameters) {
    String text = CertificateText.write(honest(1, 2).subject().certificate());
    String other = text.replace("[\"0x1.0p1\"]", "[" + parameters + "]");
    assertThat(other).isNotEqualTo(text);
    assertThatThrownBy(() -> CertificateText.read(other)).isInstanceOf(FormatException.class);
  }

  /** Lengths are shown on the box of the certificate: of a wider one, or of none, they are not. */
  @Test
  void anotherBox() throws FormatException {
    NetworkUnderTest net = honest(1, 3.75);
    assertThat(verdict(net)).isEqualTo(new Accepted());
    String text = CertificateText.write(net.subject().certificate());
    String ones = "[\"0x1.0p0\", \"0x1.0p0\", \"0x1.0p0\", \"0x1.0p0\"]";
    assertThat(text).contains("\"lower\": " + ones);
    for (String end : List.of("0x1.ep-1", "0x0.0p0", "-0x1.0p0", "-0x1.fffffffffffffp1023")) {
      String wider = text.replace(ones, ones.replace("\"0x1.0p0\"]", "\"" + end + "\"]"));
      Verdict verdict = CertificateChecker.check(net.subject(CertificateText.read(wider)));
      // One shorter element leaves the length 3.94; with a smaller one it is below 3.5.
      assertThat(verdict instanceof Accepted).as(end).isEqualTo(end.equals("0x1.ep-1"));
    }
    String all = text.replace(ones, ones.replace("0x1.0p0", "0x1.dp-1"));
    assertThat(CertificateChecker.check(net.subject(CertificateText.read(all))))
        .isInstanceOf(Rejected.class)
        .extracting("reason")
        .isEqualTo(Reason.LENGTH_NOT_PROVED);
  }

  /** A gain that is no number proves nothing, whatever it is multiplied by. */
  @ParameterizedTest
  @ValueSource(doubles = {0x1p-1023, Double.MIN_NORMAL, Double.MAX_VALUE})
  void ends(double least) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.gain(net.activation(net.input(1, 2, 3), "l2_normalize", least), 1);
    for (double bound : new double[] {0, 1, Double.MAX_VALUE}) {
      net.bound = bound;
      boolean isTrue = least < 1 && Double.isFinite(1 / least) && bound >= 1 / least;
      boolean accepted = verdict(net) instanceof Accepted;
      assertThat(accepted && !isTrue).as("%s %s", least, bound).isFalse();
    }
  }

  /** The guard is no part of the proof, so no other reason for a bound goes around it. */
  @Test
  void theGuardIsAskedWhateverTheProof() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.norms = new Norms(Norm.LINF, Norm.LINF);
    net.witness = new PositivityWitness.ElementwiseProduct();
    net.activation(net.input(0.5, 1, 4), "l2_normalize", 1.0625);
    net.bound = 100;
    assertRejected(net, Reason.LENGTH_NOT_PROVED);
  }

  /** An element that does not move has a result that does. */
  @Test
  void elementsThatStayDoNotStayInTheResult() {
    NetworkUnderTest net = new NetworkUnderTest();
    int x = net.input(1, 2, 1);
    int z = net.dense(x, new double[][] {{1}, {0}}, new double[] {0, 1});
    int y = net.activation(z, "l2_normalize", 1);
    net.slope(y, 1);
    net.dense(y, new double[][] {{0, 1}});
    net.bound = 0x1p-10;
    assertThat(verdict(net)).isInstanceOf(Rejected.class);
    net.bound = 1;
    assertThat(verdict(net)).isEqualTo(new Accepted());
  }

  /** Where nothing that is read moves, nothing does. */
  @Test
  void constantsStay() {
    NetworkUnderTest net = new NetworkUnderTest();
    int z = net.dense(net.input(-1, 1, 1), new double[][] {{0}, {0}}, new double[] {3, 4});
    net.slope(net.activation(z, "l2_normalize", 4.5), 1);
    net.bound = 0;
    assertThat(verdict(net)).isEqualTo(new Accepted());
  }

  @Test
  void byItsGain() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.gain(net.activation(net.input(1, 2, 3), "l2_normalize", 1.5), 1);
    net.bound = Math.nextUp(1 / 1.5);
    assertThat(verdict(net)).isEqualTo(new Accepted());
    net.bound = 1 / 1.5 * (1 - 0x1p-50);
    assertThat(verdict(net)).isInstanceOf(Rejected.class);
  }

  /** From linf to linf by magnitudes: what is accepted is not below what is reached. */
  @Test
  void elementwiseProductsAreNotBelowWhatIsReached() {
    for (int n : new int[] {2, 3, 4, 9, 16}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.norms = new Norms(Norm.LINF, Norm.LINF);
      net.witness = new PositivityWitness.ElementwiseProduct();
      net.activation(net.input(0.5, 1, n), "l2_normalize", 0.5);
      double least = 1 + Math.sqrt(n);
      net.bound = least * (1 - 0x1p-40);
      assertThat(verdict(net)).isInstanceOf(Rejected.class);
      net.bound = least * (1 + 0x1p-40);
      assertThat(verdict(net)).isEqualTo(new Accepted());
      assertThat(SampledSlopes.ofElements(net.subject(), 0.5)).isLessThanOrEqualTo(net.bound);
    }
  }

  /** A range claims the ends of its corners. */
  @Test
  void oneAfterTheOther() {
    NetworkUnderTest net = new NetworkUnderTest();
    int first = net.activation(net.input(1, 3, 2), "l2_normalize", 1);
    // Elements from 1 / sqrt(10) on, so lengths from 1 / sqrt(5) on.
    int second = net.activation(first, "l2_normalize", 0.44);
    net.slope(first, 1 / (0.44 * 0.44));
    net.slope(second, 1);
    net.bound = 2.5;
    assertThat(verdict(net)).isEqualTo(new Accepted());
    net.units.set(second, Unit.activation(first, "l2_normalize", List.of(0.45), 2));
    assertRejected(net, Reason.LENGTH_NOT_PROVED);
  }

  /** A callee's lengths are proved on its own box; outside of it the total function is bounded. */
  @Test
  void calledNetworksKeepTheirOwnBox() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.slope(callee.activation(callee.input(1, 2, 2), "l2_normalize", 1), 1);
    callee.bound = 1;
    NetworkUnderTest net = new NetworkUnderTest();
    net.gain(net.call(net.input(-1, 1, 2), "test.Unit", callee.subject()), 1);
    net.bound = 1;
    assertThat(verdict(net)).isEqualTo(new Accepted());
  }
}
