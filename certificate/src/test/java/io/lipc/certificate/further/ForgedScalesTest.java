package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.audit.Witness;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Scales that are forged: units that are not those of their tensor, pairs of one scale taken for
 * those of another, and scaled claims in the place of plain ones.
 */
final class ForgedScalesTest {

  private static final InputScale FIRST = new InputScale.FirstLayer();
  private static final List<Double> LENGTHS = List.of(0x1p-6, 64.0);
  private static final InputScale NAMED = new InputScale.Units(LENGTHS, Optional.of("x.unit"));

  /** {@code relu(3 z_0, 4 z_1)} with {@code z = (64 x_0 + 1, x_1 / 64 - 1)}. */
  private static Subject network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.add(Unit.affine(0, List.of(64.0, 0x1p-6), List.of(1.0, -1.0), 2));
    net.dense(1, new double[][] {{3, 0}, {0, 4}});
    net.activation(2, "relu");
    net.bound = 1000;
    return net.subject();
  }

  /** The proof of units in which relu is number {@code at}. */
  private static Grounds ground(Subject network, int at, double... multipliers) {
    Proof proof =
        new Proof(
            List.of(),
            List.of(),
            List.of(
                new Proof.Multiplier(
                    at, Constraint.SLOPE, Arrays.stream(multipliers).boxed().toList())),
            new PositivityWitness.ExactElimination());
    return new Grounds.GivenWeights(
        network.certificate().tensors(), Grounds.Calls.BOUNDED, List.of(proof));
  }

  private static Certificate claim(Subject network, Claim claim, List<Unit> units, Grounds on) {
    Certificate about = network.certificate();
    return new Certificate(about.network(), about.type(), claim, "by hand", units, on);
  }

  private static Certificate scaled(Subject network, InputScale scale) {
    return claim(
        network,
        new Claim.Scaled(new Claim.Lipschitz(Norms.EUCLIDEAN, 4.5, 1000), scale),
        network.certificate().units(),
        ground(network, scale.equals(FIRST) ? 2 : 4, 1, 1));
  }

  /** The one pair is 5-Lipschitz in either scale: each factor below 1/5 is proved. */
  private static Certificate pairs(Subject network, Optional<InputScale> scale, double factor) {
    int at = scale.isEmpty() ? 3 : scale.get().equals(FIRST) ? 2 : 4;
    double all = scale.isEmpty() ? 0x1p-12 : 1;
    return claim(
        network,
        new Claim.Pairs(Norm.L2, scale),
        PairUnits.of(network.certificate().units(), List.of(factor)),
        ground(network, at, 0.11 * all, 0.0625 * all));
  }

  private static Tensor units(ElementType type, double... values) throws FormatException {
    return Tensor.of("x.unit", type, List.of(values.length), values);
  }

  private static void assertRejected(Subject network, Certificate forged, Reason reason) {
    assertThatThrownBy(() -> FurtherClaims.checked(network, forged))
        .isInstanceOf(Rejection.class)
        .hasMessageStartingWith(reason.words());
  }

  /** Other numbers, in another order, of another length, or none at all are those of no claim. */
  @Test
  void unitsAreThoseOfTheirTensor() throws Exception {
    Subject network = network();
    for (Certificate honest :
        List.of(scaled(network, NAMED), pairs(network, Optional.of(NAMED), 0.19))) {
      for (ElementType type : ElementType.values()) {
        Weights file = Weights.of(List.of(units(type, 0x1p-6, 64)));
        Subject subject = FurtherClaims.named(network, honest, file);
        assertThat(CertificateChecker.check(subject)).isEqualTo(new Verdict.Accepted());
        assertThat(FurtherClaims.checked(network.beside(file), honest).certificate())
            .isEqualTo(honest);
      }
      assertRejected(network, honest, Reason.MISSING_TENSOR);
      for (double[] other :
          List.of(
              new double[] {64, 0x1p-6},
              new double[] {0x1p-6, Math.nextUp(64.0)},
              new double[] {0x1p-6},
              new double[] {},
              new double[] {0x1p-6, 64, 1})) {
        Weights file = Weights.of(List.of(units(ElementType.F64, other)));
        assertRejected(network.beside(file), honest, Reason.FOREIGN_DIGEST);
        assertThatThrownBy(() -> FurtherClaims.named(network, honest, file))
            .isInstanceOf(Rejection.class)
            .hasMessageContaining("the units x.unit");
      }
    }
  }

  /** Units without a name are compared with nothing, also beside a tensor of that name. */
  @Test
  void unitsWithoutANameNeedNoTensor() throws Exception {
    Subject network = network();
    InputScale units = new InputScale.Units(LENGTHS);
    Certificate honest = scaled(network, units);
    Weights file = Weights.of(List.of(units(ElementType.F64, 1, 1)));
    assertThat(FurtherClaims.checked(network, honest).weights()).isEqualTo(network.weights());
    assertThat(FurtherClaims.named(network, honest, file).weights()).isEqualTo(network.weights());
  }

  /** A tensor of the network may be called so: then it is that one, not another of the file. */
  @Test
  void theNetworksOwnTensorsComeFirst() throws Exception {
    Subject network = network();
    String own = network.certificate().tensors().getFirst().name();
    Tensor other = Tensor.of(own, ElementType.F64, List.of(2), new double[] {0x1p-6, 64});
    Certificate forged = scaled(network, new InputScale.Units(LENGTHS, Optional.of(own)));
    assertRejected(network.beside(Weights.of(List.of(other))), forged, Reason.FOREIGN_DIGEST);
  }

  /** Inlining gives tensors other names, and the units are still those of the file. */
  @Test
  void unitsOfACallerAreItsOwn() throws Exception {
    NetworkUnderTest inner = new NetworkUnderTest();
    inner.input(2);
    inner.dense(0, new double[][] {{3, 0}, {0, 4}});
    inner.bound = 1000;
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.call(0, "demo.Inner", inner.subject());
    outer.calls = Grounds.Calls.INLINED;
    outer.bound = 1000;
    Subject network = outer.subject();
    Certificate about = network.certificate();
    InputScale named = new InputScale.Units(List.of(0.5, 0.25), Optional.of("x.unit"));
    Certificate honest =
        claim(
            network,
            new Claim.Scaled(new Claim.Lipschitz(Norms.EUCLIDEAN, 1.5, 2), named),
            about.units(),
            about.grounds());
    Weights file = Weights.of(List.of(units(ElementType.F32, 0.5, 0.25)));
    assertThat(FurtherClaims.checked(network.beside(file), honest).certificate()).isEqualTo(honest);
    Weights other = Weights.of(List.of(units(ElementType.F32, 0.5, 0.5)));
    assertRejected(network.beside(other), honest, Reason.FOREIGN_DIGEST);
    // The callee's units are no units of the caller.
    Certificate alone = honest.of(inner.subject().certificate().units());
    assertRejected(network.beside(file), alone, Reason.MALFORMED);
  }

  @Test
  void lengthsThatAreNoneAreRefusedWhoeverClaimsThem() throws Exception {
    Subject network = network();
    for (double wrong :
        new double[] {0, -0.0, -64, Double.NaN, Double.POSITIVE_INFINITY, -Double.MIN_VALUE}) {
      InputScale scale = new InputScale.Units(List.of(0x1p-6, wrong));
      assertRejected(network, scaled(network, scale), Reason.MALFORMED);
      assertRejected(network, pairs(network, Optional.of(scale), 0.01), Reason.MALFORMED);
    }
    for (List<Double> wrong : List.of(List.<Double>of(), List.of(64.0), List.of(1.0, 1.0, 1.0))) {
      InputScale scale = new InputScale.Units(wrong);
      assertRejected(network, scaled(network, scale), Reason.MALFORMED);
      assertRejected(network, pairs(network, Optional.of(scale), 0.01), Reason.MALFORMED);
    }
    // So short a unit is one: a claim about it is far from true here, or says nothing new.
    InputScale subnormal = new InputScale.Units(List.of(Double.MIN_VALUE, Double.MIN_VALUE));
    Certificate claim = scaled(network, subnormal);
    RadiusClaim radii = RadiusClaim.of(network, List.of(FurtherClaims.about(network, claim)));
    assertThat(radii.distance(new double[] {0, 0}, new double[] {1, 0})).isInfinite();
    assertThat(radii.distance(new double[] {0, 0}, new double[] {0, 0})).isZero();
    InputScale long0 = new InputScale.Units(List.of(Double.MAX_VALUE, 1.0));
    assertRejected(network, scaled(network, long0), Reason.NOT_POSITIVE_DEFINITE);
  }

  /** Pairs in the scale of the scaled bound make radii larger; no others do. */
  @Test
  void radiiRestOnPairsOfTheirOwnScale() {
    Subject network = network();
    for (InputScale scale : List.of(FIRST, new InputScale.Units(LENGTHS))) {
      Subject bound = FurtherClaims.checked(network, scaled(network, scale));
      Subject pairs = FurtherClaims.checked(network, pairs(network, Optional.of(scale), 0.19));
      for (List<Subject> claims : List.of(List.of(bound, pairs), List.of(pairs, bound))) {
        RadiusClaim radii = RadiusClaim.of(network, claims);
        assertThat(radii.pairs().orElseThrow().of(1, 0)).isBetween(5.263, 5.264);
        assertThat(radii.bound().bound()).isEqualTo(4.5);
        assertThat(radii.boundsElements()).isFalse();
        assertThat(PairBounds.among(network, claims)).isEmpty();
        assertThat(PairBounds.inAnyScale(network, claims).orElseThrow().measured()).contains(scale);
      }
      // Without the scaled bound, radii are plain distances, which these pairs say nothing of.
      RadiusClaim plain = RadiusClaim.of(network, List.of(pairs));
      assertThat(plain.pairs()).isEmpty();
      assertThat(plain.boundsElements()).isTrue();
    }
    Subject bound = FurtherClaims.checked(network, scaled(network, FIRST));
    InputScale units = new InputScale.Units(LENGTHS);
    for (Certificate other :
        List.of(
            pairs(network, Optional.of(units), 0.19),
            pairs(network, Optional.empty(), 0.19 * 0x1p-6))) {
      Subject pairs = FurtherClaims.checked(network, other);
      RadiusClaim radii = RadiusClaim.of(network, List.of(bound, pairs));
      assertThat(radii.pairs()).isEmpty();
      assertThat(radii.bound().bound()).isEqualTo(4.5);
    }
  }

  /** A pair's own bound counts only where it is below what the scaled bound says of any pair. */
  @Test
  void noPairIsAboveTheScaledBound() {
    Subject network = network();
    Subject bound = FurtherClaims.checked(network, scaled(network, FIRST));
    Subject weak = FurtherClaims.checked(network, pairs(network, Optional.of(FIRST), 0.01));
    RadiusClaim radii = RadiusClaim.of(network, List.of(bound, weak));
    assertThat(radii.pairs().orElseThrow().of(0, 1))
        .isEqualTo(PairBounds.ofAnyPair(radii.bound()))
        .isBetween(6.363, 6.364);
  }

  /** In units of 1000 the difference of two outputs is sqrt(2) * 1000, whatever is so without. */
  @Test
  void theNetworksOwnBoundIsNoneOfPairsInAScale() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.scale(0, 1);
    Subject network = net.subject();
    Proof bare =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    Certificate pairs =
        claim(
            network,
            new Claim.Pairs(Norm.L2, Optional.of(new InputScale.Units(List.of(1000.0, 1000.0)))),
            PairUnits.of(network.certificate().units(), List.of(0x1p-11)),
            new Grounds.GivenWeights(List.of(), Grounds.Calls.BOUNDED, List.of(bare)));
    Subject checked = FurtherClaims.checked(network, pairs);
    assertThat(PairBounds.claimed(network, checked.certificate()).of(0, 1))
        .isEqualTo(Math.nextUp(2048.0));
  }

  /** Norms of inputs are part of the distance: from linf is no distance of a bound from l2. */
  @Test
  void pairsOfAnotherNormAreNotUsed() {
    Subject network = network();
    Certificate about = pairs(network, Optional.of(FIRST), 0.19);
    Certificate other =
        claim(
            network,
            new Claim.Pairs(Norm.LINF, Optional.of(FIRST)),
            about.units(),
            about.grounds());
    Subject bound = FurtherClaims.checked(network, scaled(network, FIRST));
    Subject pairs = FurtherClaims.about(network, other);
    assertThat(RadiusClaim.of(network, List.of(bound, pairs)).pairs()).isEmpty();
    assertRejected(network, other, Reason.MALFORMED);
  }

  @Test
  void pairsInAScaleAreProvedOfIt() {
    Subject network = network();
    assertRejected(network, pairs(network, Optional.of(FIRST), 0.21), Reason.NOT_POSITIVE_DEFINITE);
    InputScale swapped = new InputScale.Units(List.of(64.0, 0x1p-6));
    assertRejected(
        network, pairs(network, Optional.of(swapped), 0.19), Reason.NOT_POSITIVE_DEFINITE);
    // Plain differences are measured by other numbers: the proof in the scale is none of them.
    Certificate honest = pairs(network, Optional.of(FIRST), 0.19);
    Certificate plain =
        claim(network, new Claim.Pairs(Norm.L2), honest.units(), ground(network, 3, 0.11, 0.0625));
    assertRejected(network, plain, Reason.NOT_POSITIVE_DEFINITE);
    assertRejected(
        network,
        claim(network, new Claim.Pairs(Norm.L2), honest.units(), honest.grounds()),
        Reason.MALFORMED);
  }

  /** A network that is no more than its input has no first layer, whatever its pairs add. */
  @Test
  void theUnitsOfPairsAreNoFirstLayer() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.bound = 1;
    Subject network = net.subject();
    assertRejected(network, pairs(network, Optional.of(FIRST), 0.5), Reason.MALFORMED);
  }

  /**
   * Nobody takes a scaled claim for a plain one: no caller, no radius, no certificate beside it.
   */
  @Test
  void aScaledClaimIsNoPlainOne() {
    Subject network = network();
    for (Certificate forged :
        List.of(scaled(network, FIRST), pairs(network, Optional.of(FIRST), 0.19))) {
      Subject subject = FurtherClaims.about(network, forged);
      NetworkUnderTest caller = new NetworkUnderTest();
      caller.input(2);
      caller.callAsNamed(0, "test.Network", subject);
      caller.gain(1, 1);
      caller.bound = 1e6;
      assertThat(CertificateChecker.check(caller.subject()))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Reason.CALLEE_NOT_ACCEPTED));
      assertThat(forged.claim().global()).isEmpty();
      assertThatThrownBy(() -> RadiusClaim.of(subject, List.of())).hasMessageContaining("no bound");
      assertThatThrownBy(() -> FurtherClaims.about(subject, pairs(network, Optional.empty(), 0.5)))
          .isInstanceOf(Rejection.class);
    }
  }

  @Test
  void everyScaleHasOneText() throws Exception {
    Subject network = network();
    List<Certificate> all =
        List.of(
            scaled(network, NAMED),
            pairs(network, Optional.of(FIRST), 0.19),
            pairs(network, Optional.of(NAMED), 0.19),
            pairs(network, Optional.of(new InputScale.Units(LENGTHS)), 0.19));
    for (Certificate one : all) {
      assertThat(CertificateText.read(CertificateText.write(one))).isEqualTo(one);
    }
    Weights file =
        network.beside(Weights.of(List.of(units(ElementType.F64, 0x1p-6, 64)))).weights();
    byte[] weights = Safetensors.write(file);
    for (Certificate one : all) {
      assertThat(audited(CertificateText.write(one), weights)).startsWith("ACCEPTED");
    }
    String named = CertificateText.write(all.getFirst());
    String tensor = "  \"per tensor\": \"x.unit\",\n";
    String pairs = CertificateText.write(all.get(1));
    String per = "  \"per\": \"first layer\",\n";
    for (String[] altered :
        List.of(
            new String[] {named, tensor, tensor + tensor},
            new String[] {named, tensor, "  \"per tensor\": 0,\n"},
            new String[] {named, "\"per tensor\"", "\"per Tensor\""},
            new String[] {named, "\"0x1.0p-6\",", "\"0x1p-6\","},
            new String[] {named, "\"0x1.0p-6\",", "\"0x2.0p-7\","},
            new String[] {named, "\"0x1.0p-6\",", "\"-0x0.0p0\", "},
            new String[] {pairs, per, per + tensor},
            new String[] {pairs, per, tensor},
            new String[] {pairs, per, tensor + per},
            new String[] {pairs, per, per + per},
            new String[] {pairs, "\"first layer\"", "\"first  layer\""},
            new String[] {pairs, "\"first layer\"", "null"})) {
      String text = altered[0].replace(altered[1], altered[2]);
      assertThat(text).isNotEqualTo(altered[0]);
      assertThatThrownBy(() -> CertificateText.read(text)).isInstanceOf(FormatException.class);
      assertThat(audited(text, weights)).startsWith("REJECTED");
    }
  }

  /** The verdict of the second reader on a text. */
  private static String audited(String text, byte[] weights) {
    return Witness.audit(List.of(text), List.of(weights), Long.MAX_VALUE).getLast();
  }

  /**
   * No difference of outputs exceeds an accepted bound of its pair, in the distance of the scale.
   */
  @Test
  void noTwoInputsExceedABoundOfPairs() {
    Random random = new Random(11);
    int accepted = 0;
    for (int round = 0; round < 200; round++) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(2);
      net.add(Unit.affine(0, draw(random), draw(random), 2));
      double[][] w = {
        {random.nextGaussian(), random.nextGaussian()},
        {random.nextGaussian(), random.nextGaussian()}
      };
      net.activation(net.dense(1, w), "relu");
      net.bound = 1e6;
      Subject network = net.subject();
      InputScale scale = random.nextBoolean() ? FIRST : new InputScale.Units(draw(random));
      double factor = Math.exp(random.nextGaussian() - 1.5);
      Certificate claim =
          claim(
              network,
              new Claim.Pairs(Norm.L2, Optional.of(scale)),
              PairUnits.of(network.certificate().units(), List.of(factor)),
              ground(network, scale.equals(FIRST) ? 2 : 4, 0.2, 0.2));
      Subject pairs = FurtherClaims.about(network, claim);
      if (CertificateChecker.check(pairs) instanceof Verdict.Accepted) {
        accepted++;
        Claim.Scaled any = new Claim.Scaled(new Claim.Lipschitz(Norms.EUCLIDEAN, 1e9), scale);
        Certificate bound =
            claim(network, any, network.certificate().units(), ground(network, 2, 1, 1));
        RadiusClaim radii =
            RadiusClaim.of(network, List.of(FurtherClaims.about(network, bound), pairs));
        double most = radii.pairs().orElseThrow().of(0, 1);
        UnitEvaluator evaluator = UnitEvaluator.of(network);
        for (int i = 0; i < 50; i++) {
          double[] x = random.doubles(2, -3, 3).toArray();
          double[] other = random.doubles(2, -3, 3).toArray();
          double[] y = evaluator.apply(x);
          double[] moved = evaluator.apply(other);
          double difference = Math.abs(y[0] - y[1] - moved[0] + moved[1]);
          assertThat(difference).isLessThanOrEqualTo(most * radii.distance(x, other) * (1 + 1e-9));
        }
      }
    }
    assertThat(accepted).isBetween(20, 180);
  }

  private static List<Double> draw(Random random) {
    return new ArrayList<>(random.doubles(2, 0.1, 5).boxed().toList());
  }
}
