package io.lipc.certificate.further;

import static io.lipc.certificate.further.ScaledClaims.BARE;
import static io.lipc.certificate.further.ScaledClaims.FIRST;
import static io.lipc.certificate.further.ScaledClaims.assertRejected;
import static io.lipc.certificate.further.ScaledClaims.claim;
import static io.lipc.certificate.further.ScaledClaims.network;
import static io.lipc.certificate.further.ScaledClaims.proof;
import static io.lipc.certificate.further.ScaledClaims.scaled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scaled bounds: what is true is accepted, and nothing of it can be changed. */
final class ScaledTest {

  private static Certificate honest(Subject network) {
    return scaled(network, 4.5, FIRST, proof(2, 1, 1));
  }

  private static void assertAccepted(Subject network, Certificate claim) {
    assertThat(FurtherClaims.checked(network, claim).certificate()).isEqualTo(claim);
  }

  @Test
  void theFirstLayerMeasures() {
    Subject network = network().subject();
    assertAccepted(network, honest(network));
    assertRejected(
        network, scaled(network, 3.9, FIRST, proof(2, 1, 1)), Reason.NOT_POSITIVE_DEFINITE);
  }

  /** In units of 1/64 and 64 the factors are 3 and 4; in the inverse ones 3 * 64^2 and 4 / 64^2. */
  @Test
  void unitsMeasure() {
    Subject network = network().subject();
    InputScale units = new InputScale.Units(List.of(0x1p-6, 64.0));
    assertAccepted(network, scaled(network, 4.5, units, proof(4, 1, 1)));
    assertRejected(
        network, scaled(network, 3.9, units, proof(4, 1, 1)), Reason.NOT_POSITIVE_DEFINITE);
    InputScale inverse = new InputScale.Units(List.of(64.0, 0x1p-6));
    assertRejected(
        network, scaled(network, 4.5, inverse, proof(4, 1, 1)), Reason.NOT_POSITIVE_DEFINITE);
    for (List<Double> lengths :
        List.of(
            List.of(1.0),
            List.of(1.0, 1.0, 1.0),
            List.of(1.0, 0.0),
            List.of(1.0, -0.0),
            List.of(1.0, -1.0),
            List.of(1.0, Double.NaN),
            List.of(1.0, Double.POSITIVE_INFINITY))) {
      InputScale wrong = new InputScale.Units(lengths);
      assertRejected(network, scaled(network, 500, wrong, proof(4, 1, 1)), Reason.MALFORMED);
    }
  }

  /** A layer that reads the input beside the scale is not measured, so no bound follows. */
  @Test
  void theFirstLayerAloneReadsTheInput() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.scale(0, 1);
    net.dense(0, new double[][] {{3, 0}, {0, 4}});
    net.sum(1, 2);
    net.bound = 1000;
    Subject network = net.subject();
    assertRejected(network, scaled(network, 500, FIRST, BARE), Reason.MALFORMED);
    NetworkUnderTest kinked = new NetworkUnderTest();
    kinked.input(2);
    kinked.activation(0, "relu");
    Subject other = kinked.subject();
    assertRejected(other, scaled(other, 500, FIRST, BARE), Reason.MALFORMED);
    NetworkUnderTest identity = new NetworkUnderTest();
    identity.input(2);
    Subject empty = identity.subject();
    assertRejected(empty, scaled(empty, 500, FIRST, BARE), Reason.MALFORMED);
    NetworkUnderTest scaling = new NetworkUnderTest();
    scaling.input(2);
    scaling.scale(0, 5);
    Subject itself = scaling.subject();
    assertAccepted(itself, scaled(itself, 1, FIRST, BARE));
    assertRejected(itself, scaled(itself, 0.99, FIRST, BARE), Reason.NOT_POSITIVE_DEFINITE);
  }

  /** The first layer of a network that is called is none of the caller. */
  @Test
  void theFirstLayerIsTheNetworksOwn() {
    NetworkUnderTest inner = new NetworkUnderTest();
    inner.input(2);
    inner.dense(0, new double[][] {{64, 0}, {0, 1}});
    inner.dense(1, new double[][] {{3, 0}, {0, 4}});
    inner.bound = 1000;
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.call(0, "demo.Inner", inner.subject());
    outer.calls = Grounds.Calls.INLINED;
    outer.bound = 1000;
    Subject network = outer.subject();
    assertThat(CertificateChecker.check(network)).isEqualTo(new Verdict.Accepted());
    Certificate about = network.certificate();
    Claim scaled = new Claim.Scaled(new Claim.Lipschitz(Norms.EUCLIDEAN, 5, 5), FIRST);
    Certificate forged = claim(network, scaled, about.units(), about.grounds());
    assertRejected(network, forged, Reason.MALFORMED);
  }

  @Test
  void aScaledBoundHasItsOwnText() throws Exception {
    Subject network = network().subject();
    Certificate honest = honest(network);
    String text = CertificateText.write(honest);
    assertThat(text).contains("\"network\": \"test.Network/scaled\"", "\"per\": \"first layer\"");
    Certificate read = CertificateText.read(text);
    assertThat(read).isEqualTo(honest);
    assertThat(read.claim().global()).isEmpty();
    assertThat(read.claim().kind()).isEqualTo(ClaimKind.SCALED);
    assertThatThrownBy(read::lipschitz).hasMessageContaining("of no bound");
    Certificate units =
        scaled(network, 4.5, new InputScale.Units(List.of(1.0, 2.0)), proof(4, 1, 1));
    assertThat(CertificateText.read(CertificateText.write(units))).isEqualTo(units);
    for (String altered :
        List.of(
            text.replace("/scaled", ""),
            text.replace("/scaled", "/pairs"),
            text.replace("/scaled", "/range"),
            text.replace("  \"per\": \"first layer\",\n", ""),
            text.replace("\"first layer\"", "\"layer\""),
            text.replace("\"first layer\"", "0"))) {
      assertThat(altered).isNotEqualTo(text);
      assertThatThrownBy(() -> CertificateText.read(altered)).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void everyMemberCounts() {
    Subject network = network().subject();
    Certificate honest = honest(network);
    assertRejected(network, honest.named("test.Other"), Reason.MALFORMED);
    List<Unit> units = new ArrayList<>(honest.units());
    units.set(1, Unit.affine(0, List.of(1.0, 1.0), List.of(1.0, -1.0), 2));
    assertRejected(network, honest.of(units), Reason.MALFORMED);
    assertRejected(network, scaled(network, -1, FIRST, proof(2, 1, 1)), Reason.MALFORMED);
    assertRejected(network, scaled(network, 1001, FIRST, proof(2, 1, 1)), Reason.MALFORMED);
    assertRejected(
        network, scaled(network, Double.NaN, FIRST, proof(2, 1, 1)), Reason.NOT_A_NUMBER);
    // The numbers of the network's own units are not those of the units behind the scale.
    assertRejected(network, scaled(network, 4.5, FIRST, proof(3, 1, 1)), Reason.MALFORMED);
    Grounds enclosure = new Grounds.Enclosure(honest.tensors());
    assertRejected(network, honest.on(enclosure), Reason.MALFORMED);
    assertThat(CertificateChecker.check(network().subject(network.certificate())))
        .isInstanceOf(Verdict.Rejected.class);
  }

  /** The theorem is about the plain differences of inputs. */
  @Test
  void theTheoremKnowsNoScale() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.construction = true;
    net.input(2);
    net.add(Unit.dense(0, 2, 2, "h.weight", Optional.of("h.bias")));
    net.activation(1, "relu");
    net.add(Unit.dense(2, 2, 2, "y.weight", Optional.of("y.bias")));
    Subject network = net.subject();
    assertThat(CertificateChecker.check(network)).isEqualTo(new Verdict.Accepted());
    Certificate about = network.certificate();
    for (InputScale scale : List.of(FIRST, new InputScale.Units(List.of(1e6, 1e6)))) {
      Claim scaled = new Claim.Scaled(about.lipschitz(), scale);
      Certificate forged = claim(network, scaled, about.units(), about.grounds());
      Subject subject =
          new Subject(forged, CertificateText.digest(forged), network.weights(), network.callees());
      assertThat(CertificateChecker.check(subject))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED));
    }
  }

  /** No two inputs are farther apart behind the network than an accepted scaled bound says. */
  @Test
  void noTwoInputsExceedAScaledBound() {
    Random random = new Random(5);
    int accepted = 0;
    for (int round = 0; round < 300; round++) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(3);
      boolean layer = random.nextBoolean();
      List<Double> lengths = draw(random, 3);
      int at = layer ? net.add(Unit.affine(0, draw(random, 3), draw(random, 3), 3)) : 0;
      double[][] w = new double[3][3];
      for (double[] row : w) {
        for (int k = 0; k < 3; k++) {
          row[k] = random.nextGaussian();
        }
      }
      net.activation(net.dense(at, w), "relu");
      net.bound = 1e6;
      Subject network = net.subject();
      InputScale scale = layer ? FIRST : new InputScale.Units(lengths);
      double bound = Math.exp(2 * random.nextGaussian());
      Certificate claim = scaled(network, bound, scale, proof(layer ? 2 : 3, 1, 1, 1));
      Subject subject = FurtherClaims.about(network, claim);
      if (CertificateChecker.check(subject) instanceof Verdict.Accepted) {
        accepted++;
        RadiusClaim radius = RadiusClaim.of(network, List.of(subject));
        UnitEvaluator evaluator = UnitEvaluator.of(network);
        for (int i = 0; i < 50; i++) {
          double[] x = random.doubles(3, -3, 3).toArray();
          double[] other = random.doubles(3, -3, 3).toArray();
          double[] y = evaluator.apply(x);
          double[] moved = evaluator.apply(other);
          double sum = 0;
          for (int k = 0; k < 3; k++) {
            sum += (y[k] - moved[k]) * (y[k] - moved[k]);
          }
          double most = bound * radius.distance(x, other) * (1 + 1e-9);
          assertThat(Math.sqrt(sum)).isLessThanOrEqualTo(most);
        }
      }
    }
    assertThat(accepted).isBetween(50, 250);
  }

  private static List<Double> draw(Random random, int size) {
    return random.doubles(size, 0.1, 5).boxed().toList();
  }

  /** The distance is never below the exact one, whatever underflows. */
  @Test
  void distancesAreRoundedUp() {
    Random random = new Random(9);
    Subject network = network().subject();
    for (int round = 0; round < 2000; round++) {
      double[] x = {draw(random), draw(random)};
      double[] other = {random.nextInt(4) == 0 ? x[0] : draw(random), draw(random)};
      List<Double> lengths =
          List.of(
              Math.scalb(1 + random.nextDouble(), random.nextInt(200) - 100),
              Math.scalb(1 + random.nextDouble(), random.nextInt(200) - 100));
      boolean layer = random.nextBoolean();
      boolean linf = random.nextBoolean();
      InputScale scale = layer ? FIRST : new InputScale.Units(lengths);
      Claim claim =
          new Claim.Scaled(
              new Claim.Lipschitz(new Norms(linf ? Norm.LINF : Norm.L2, Norm.L2), 1), scale);
      Certificate about = network.certificate();
      Certificate certificate = claim(network, claim, about.units(), about.grounds());
      double found =
          RadiusClaim.of(network, List.of(FurtherClaims.about(network, certificate)))
              .distance(x, other);
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal most = BigDecimal.ZERO;
      for (int i = 0; i < 2; i++) {
        BigDecimal move = new BigDecimal(x[i]).subtract(new BigDecimal(other[i])).abs();
        // Units are compared times both lengths, so that nothing is divided.
        BigDecimal factor =
            layer ? new BigDecimal(i == 0 ? 64.0 : 0x1p-6) : new BigDecimal(lengths.get(1 - i));
        BigDecimal term = move.multiply(factor);
        sum = sum.add(term.multiply(term));
        most = most.max(term);
      }
      BigDecimal times =
          layer
              ? BigDecimal.ONE
              : new BigDecimal(lengths.get(0)).multiply(new BigDecimal(lengths.get(1)));
      if (Double.isFinite(found)) {
        BigDecimal distance = new BigDecimal(found).multiply(times);
        assertThat(linf ? distance : distance.multiply(distance))
            .isGreaterThanOrEqualTo(linf ? most : sum);
      }
    }
    RadiusClaim plain = RadiusClaim.of(network, List.of());
    assertThat(plain.distance(new double[] {1, 2}, new double[] {1, 2})).isZero();
    assertThat(plain.distance()).isEqualTo("l2 distance");
    assertThatThrownBy(() -> plain.distance(new double[1], new double[2]))
        .hasMessage("inputs of 1 and 2 elements, of a network that reads 2");
  }

  private static double draw(Random random) {
    return Math.scalb(random.nextGaussian(), random.nextInt(1200) - 700);
  }
}
