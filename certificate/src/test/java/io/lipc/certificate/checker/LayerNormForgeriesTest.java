package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of layer normalisation that claim too much, and texts of none that there is. */
final class LayerNormForgeriesTest {

  /** {@code 3 layer_norm(2 x)} in groups of three, whose bound is 6 / sqrt(epsilon) exactly. */
  private static NetworkUnderTest honest(double epsilon, double size) {
    NetworkUnderTest net = new NetworkUnderTest();
    int norm = net.activation(net.scale(net.input(6), 2), "layer_norm", epsilon, size);
    int groups = size == 0 ? 1 : (int) (6 / size);
    double[] multipliers = new double[groups];
    Arrays.fill(multipliers, 9);
    net.slope(norm, multipliers);
    net.scale(norm, 3);
    net.bound = 6 / Math.sqrt(epsilon);
    return net;
  }

  private static Verdict verdict(NetworkUnderTest net) {
    return CertificateChecker.check(net.subject());
  }

  @ParameterizedTest
  @CsvSource({"0.25,3", "0.25,0", "0x1p-16,2", "16,3", "0x1p-40,6"})
  void theGainIsNotLowerByOneUlp(String epsilon, double size) {
    NetworkUnderTest net = honest(Double.valueOf(epsilon), size);
    assertThat(verdict(net)).isEqualTo(new Accepted());
    net.bound = Math.nextDown(net.bound);
    assertThat(verdict(net)).isInstanceOf(Rejected.class);
  }

  /** Where 1 / sqrt(epsilon) is no double, the bound below it is false, and the nearest may be. */
  @Test
  void theGainOfAnyEpsilonIsNotLowerByOneUlp() {
    Random random = new Random(46);
    for (int round = 0; round < 200; round++) {
      double epsilon = Math.scalb(1 + random.nextDouble(), random.nextInt(-60, 20));
      NetworkUnderTest net = new NetworkUnderTest();
      int norm = net.activation(net.input(4), "layer_norm", epsilon, 2);
      net.gain(norm, 1);
      net.bound = 1 / Math.sqrt(epsilon) * (1 + 0x1p-50);
      assertThat(verdict(net)).isEqualTo(new Accepted());
      net.bound = 1 / Math.sqrt(epsilon) * (1 - 0x1p-50);
      assertThat(verdict(net)).isInstanceOf(Rejected.class);
    }
  }

  /** A certificate for one epsilon says nothing of a smaller one, nor of the whole vector. */
  @Test
  void anotherEpsilonOrSize() {
    String text = CertificateText.write(honest(0.25, 3).subject().certificate());
    String parameters = "[\"0x1.0p-2\", \"0x1.8p1\"]";
    assertThat(text).contains(parameters);
    for (String other :
        List.of("[\"0x1.fffffffffffffp-3\", \"0x1.8p1\"]", "[\"0x1.0p-3\", \"0x1.8p1\"]")) {
      assertThat(read(text.replace(parameters, other))).isInstanceOf(Rejected.class);
    }
    for (String size : List.of("0x0.0p0", "0x1.0p1", "0x1.4p2", "0x1.0p3", "0x1.0p30")) {
      String other = text.replace(parameters, "[\"0x1.0p-2\", \"" + size + "\"]");
      assertThat(read(other)).as(size).isInstanceOf(Rejected.class);
    }
  }

  private static Verdict read(String text) {
    try {
      Certificate certificate = CertificateText.read(text);
      NetworkUnderTest net = honest(0.25, 3);
      return CertificateChecker.check(net.subject(certificate));
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0x0.0p0\", \"0x1.8p1\"",
        "\"-0x0.0p0\", \"0x1.8p1\"",
        "\"-0x1.0p-2\", \"0x1.8p1\"",
        "\"NaN\", \"0x1.8p1\"",
        "\"Infinity\", \"0x1.8p1\"",
        "\"0x1.0p-2\", \"NaN\"",
        "\"0x1.0p-2\", \"0x1.0p0\"",
        "\"0x1.0p-2\", \"0x1.4p1\"",
        "\"0x1.0p-2\", \"-0x1.8p1\"",
        "\"0x1.0p-2\", \"0x1.0p31\"",
        "\"0x1.0p-2\"",
        "",
        "\"0x1.0p-2\", \"0x1.8p1\", \"0x0.0p0\""
      })
  void noSuchConstants(String parameters) {
    String text = CertificateText.write(honest(0.25, 3).subject().certificate());
    String other = text.replace("\"0x1.0p-2\", \"0x1.8p1\"", parameters);
    assertThat(other).isNotEqualTo(text);
    assertThatThrownBy(() -> CertificateText.read(other)).isInstanceOf(FormatException.class);
  }

  /** Where z moves as a whole nothing does; where it does not, something moves. */
  @Test
  void groupsThatMoveAsAWholeDoNotHideOthers() {
    NetworkUnderTest net = new NetworkUnderTest();
    int z = net.dense(net.input(1), new double[][] {{1}, {1}, {1}, {-1}});
    net.slope(net.activation(z, "layer_norm", 0.25, 2), 1, 1);
    net.bound = 0x1p-10;
    assertThat(verdict(net)).isInstanceOf(Rejected.class);
    net.bound = 2 * Math.sqrt(2) * (1 + 0x1p-40);
    assertThat(verdict(net)).isEqualTo(new Accepted());
  }

  /** In images: groups of channels at a pixel, and not of neighbours. */
  @Test
  void pixelsAreWhereTheyAre() {
    for (int pixels : new int[] {1, 2}) {
      NetworkUnderTest net = new NetworkUnderTest();
      int z = net.dense(net.input(1), new double[][] {{1}, {0}, {1}, {0}});
      net.add(new Unit.Activation(z, "layer_norm", List.of(0.25, 2.0), 4, pixels));
      net.slope(2, 1, 1);
      net.bound = 0x1p-10;
      Verdict verdict = verdict(net);
      // Of channels, (0, 2) and (1, 3): both move as a whole.
      assertThat(verdict instanceof Accepted).isEqualTo(pixels == 2);
    }
  }

  /** From linf to linf by magnitudes: what is accepted is not below what is reached. */
  @Test
  void elementwiseProductsAreNotBelowWhatIsReached() {
    for (int n : new int[] {2, 3, 4, 9, 16}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.norms = new Norms(Norm.LINF, Norm.LINF);
      net.witness = new PositivityWitness.ElementwiseProduct();
      net.activation(net.input(n), "layer_norm", 0.25, 0);
      double least = 1 + Math.sqrt(n);
      net.bound = least * (1 - 0x1p-40);
      assertThat(verdict(net)).isInstanceOf(Rejected.class);
      net.bound = least * (1 + 0x1p-40);
      Subject subject = net.subject();
      assertThat(verdict(net)).isEqualTo(new Accepted());
      assertThat(SampledSlopes.ofElements(subject, 1)).isLessThanOrEqualTo(net.bound);
    }
  }
}
