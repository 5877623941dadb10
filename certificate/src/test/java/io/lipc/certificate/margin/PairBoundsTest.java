package io.lipc.certificate.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pairs of outputs by hand: f(x) = W x, whose differences have the norms of differences of rows.
 */
final class PairBoundsTest {

  private static final double[][] ROWS = {{3, 0}, {0, 4}, {0, 3}};

  /** |(3, -4)|, |(3, -3)|, |(0, 1)|. */
  private static final List<Double> EXACT = List.of(5.0, Math.sqrt(18), 1.0);

  private static Subject network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(0, ROWS);
    net.bound = 5;
    net.declared = 5.5;
    return net.subject();
  }

  private static List<Double> scales() {
    return EXACT.stream().map(norm -> Math.nextDown(1 / norm)).toList();
  }

  private static Certificate pairs(Subject network, List<Double> scales) {
    Certificate about = network.certificate();
    Proof proof =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return new Certificate(
        about.network(),
        about.type(),
        new Claim.Pairs(about.lipschitz().norms().input()),
        "by hand",
        PairUnits.of(about.units(), scales),
        new Grounds.GivenWeights(
            about.tensors(), Grounds.Calls.BOUNDED, Collections.nCopies(scales.size(), proof)));
  }

  private static PairBounds checked(Subject network, Certificate pairs) {
    return PairBounds.claimed(network, FurtherClaims.checked(network, pairs).certificate());
  }

  /**
   * Whoever asks for pairs in any distance gets those for plain differences, if there are others.
   */
  @Test
  void plainPairsAreFoundWithoutAScaledBound() {
    Subject network = network();
    Subject pairs = FurtherClaims.checked(network, pairs(network, scales()));
    assertThat(PairBounds.inAnyScale(network, List.of(pairs)).orElseThrow().measured()).isEmpty();
    assertThat(PairBounds.inAnyScale(network, List.of())).isEmpty();
  }

  @Test
  void aCertificateOfAnotherClaimHasNoPairs() {
    Subject network = network();
    Certificate own = network.certificate();
    Certificate range =
        new Certificate(
            own.network(), own.type(), new Claim.Range(0, 1), "none", own.units(), own.grounds());
    assertThatThrownBy(() -> PairBounds.claimed(network, range))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("the claim");
    assertThat(FurtherClaims.about(network, range, Weights.of(List.of())).certificate())
        .isEqualTo(range);
  }

  private static void assertRejected(UnaryOperator<Certificate> forged, String why) {
    Subject network = network();
    Certificate certificate = forged.apply(pairs(network, scales()));
    assertThatThrownBy(() -> checked(network, certificate))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining(why);
  }

  /** The certificate with other units; nothing else about it is another. */
  private static UnaryOperator<Certificate> units(UnaryOperator<List<Unit>> change) {
    return pairs -> pairs.of(change.apply(new ArrayList<>(pairs.units())));
  }

  private static UnaryOperator<Certificate> replaced(int at, Unit other) {
    return units(
        list -> {
          list.set(at, other);
          return list;
        });
  }

  private static UnaryOperator<Certificate> with(String network, ElementType type, Claim claim) {
    return pairs ->
        new Certificate(network, type, claim, pairs.method(), pairs.units(), pairs.grounds());
  }

  /** What readers of the format build as well. */
  @Test
  void theUnitsOfPairs() {
    List<Unit> network = List.of(new Unit.Input(3, Optional.empty()));
    assertThat(PairUnits.of(network, List.of(0.5, 0.25, 2.0)))
        .containsExactly(
            network.getFirst(),
            Unit.select(0, List.of(0, 0, 1)),
            Unit.select(0, List.of(1, 2, 2)),
            Unit.scale(2, -1, 3),
            Unit.sum(List.of(1, 3), 3),
            Unit.affine(4, List.of(0.5, 0.25, 2.0), List.of(0.0, 0.0, 0.0), 3));
  }

  /**
   * A bound from linf is proved from linf. f(x) = (x_0 + x_1, 0): the difference moves by 2 where x
   * moves by 1 in linf, by sqrt(2) where it moves by 1 in l2.
   */
  @ParameterizedTest
  @EnumSource
  void pairsAreBoundedInTheNormOfTheInputs(Norm input) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(0, new double[][] {{1, 1}, {0, 0}});
    net.norms = new Norms(input, Norm.LINF);
    net.bound = 2;
    if (input == Norm.LINF) {
      net.witness = new PositivityWitness.ElementwiseProduct();
    } else {
      net.nextElement();
    }
    Subject network = net.subject();
    assertThat(CertificateChecker.check(network)).isInstanceOf(Verdict.Accepted.class);
    double steepest = input == Norm.LINF ? 2 : Math.sqrt(2);
    for (Norm asked : Norm.values()) {
      boolean same = asked == input;
      for (double bound : new double[] {steepest * (1 + 1e-12), steepest * 0.9}) {
        PositivityWitness witness =
            asked == Norm.LINF
                ? new PositivityWitness.ElementwiseProduct()
                : new PositivityWitness.ExactElimination();
        Certificate forged = pairs(network, List.of(1 / bound));
        Proof proof = new Proof(List.of(), List.of(), List.of(), witness);
        Certificate pairs =
            new Certificate(
                forged.network(),
                forged.type(),
                new Claim.Pairs(asked),
                "by hand",
                forged.units(),
                new Grounds.GivenWeights(forged.tensors(), Grounds.Calls.BOUNDED, List.of(proof)));
        if (same && bound > steepest) {
          assertThat(checked(network, pairs).of(0, 1))
              .isGreaterThanOrEqualTo(steepest)
              .isCloseTo(steepest, within(1e-11));
        } else {
          assertThatThrownBy(() -> checked(network, pairs))
              .as("%s, %s for %s", asked, bound, input)
              .isInstanceOf(Rejection.class)
              .hasMessageContaining(same ? "" : "the claim of pairs: \"Pairs[");
        }
      }
    }
  }

  /** Each factor, and so each bound, is another. */
  @Test
  void eachPairHasItsOwnBound() {
    for (int outputs = 2; outputs <= 6; outputs++) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(1);
      net.dense(0, new double[outputs][1]);
      net.bound = 1;
      Subject network = net.subject();
      List<Double> scales = new ArrayList<>();
      for (int pair = 0; pair < PairUnits.count(outputs); pair++) {
        scales.add(8.0 + pair);
      }
      PairBounds bounds = checked(network, pairs(network, scales));
      int pair = 0;
      for (int i = 0; i < outputs; i++) {
        for (int j = i + 1; j < outputs; j++) {
          assertThat(PairUnits.number(j, i, outputs)).isEqualTo(pair);
          assertThat(bounds.of(j, i)).isEqualTo(Math.nextUp(1 / scales.get(pair++)));
        }
      }
    }
  }

  @Test
  void boundsAreThoseOfTheDifferences() {
    Subject network = network();
    assertThat(CertificateChecker.check(network)).isInstanceOf(Verdict.Accepted.class);
    PairBounds bounds = checked(network, pairs(network, scales()));
    int at = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = i + 1; j < 3; j++) {
        assertThat(bounds.of(i, j))
            .isGreaterThanOrEqualTo(EXACT.get(at))
            .isCloseTo(EXACT.get(at++), within(1e-14))
            .isEqualTo(bounds.of(j, i));
      }
    }
    assertThat(bounds.outputs()).isEqualTo(3);
  }

  /** Two outputs differ by no more than both move. */
  @Test
  void noPairHasMoreThanTheNetworkAllows() {
    Subject network = network();
    List<Double> loose = List.of(0x1p-10, 0x1p-10, 0x1p-10);
    PairBounds bounds = checked(network, pairs(network, loose));
    double most = 5 * Math.sqrt(2);
    assertThat(bounds.of(0, 2)).isGreaterThanOrEqualTo(most).isCloseTo(most, within(1e-14));
    assertThat(PairBounds.ofAnyPair(new Claim.Lipschitz(new Norms(Norm.L2, Norm.LINF), 3)))
        .isEqualTo(6);
    // The product of the least double and sqrt(2) is rounded to the least double.
    assertThat(PairBounds.ofAnyPair(new Claim.Lipschitz(Norms.EUCLIDEAN, Double.MIN_VALUE)))
        .isEqualTo(2 * Double.MIN_VALUE);
  }

  @Test
  void aFactorThatIsTooLargeIsNotProved() {
    for (int pair = 0; pair < 3; pair++) {
      List<Double> scales = new ArrayList<>(scales());
      scales.set(pair, Math.nextUp(1 / EXACT.get(pair)) * (1 + 1e-12));
      Subject network = network();
      assertThatThrownBy(() -> checked(network, pairs(network, scales)))
          .isInstanceOf(Rejection.class)
          .hasMessageContaining("not positive");
    }
  }

  @Test
  void everyMemberCounts() {
    Claim claim = new Claim.Pairs(Norm.L2);
    assertRejected(with("demo.Other", ElementType.F64, claim), "the network of pairs");
    String name = network().certificate().network();
    assertRejected(with(name, ElementType.F32, claim), "the type of pairs");
    assertRejected(with(name, ElementType.F64, new Claim.Pairs(Norm.LINF)), "the claim of pairs");
    Claim bound = new Claim.Lipschitz(new Norms(Norm.L2, Norm.LINF), 1);
    assertRejected(with(name, ElementType.F64, bound), "a bound of the network itself");
    assertThatThrownBy(() -> PairBounds.claimed(network(), pairs(network(), scales()).claiming(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(name + " has a certificate of pairs, of no bound");
  }

  @Test
  void itIsAboutThePairsOfThisNetwork() {
    // Another input, other first outputs, other second ones, no sign, a shift, another order.
    assertRejected(
        units(
            list -> {
              list.set(
                  0,
                  new Unit.Input(
                      2, Optional.of(new Unit.Box(List.of(0.0, 0.0), List.of(1.0, 1.0)))));
              return list;
            }),
        "the units of pairs");
    assertRejected(replaced(2, Unit.select(1, List.of(0, 0, 2))), "the units of pairs");
    assertRejected(replaced(3, Unit.select(1, List.of(0, 2, 2))), "the units of pairs");
    assertRejected(replaced(4, Unit.scale(3, 1, 3)), "the units of pairs");
    assertRejected(
        replaced(6, Unit.affine(5, scales(), List.of(0.0, 0.0, 1.0), 3)), "the units of pairs");
    assertRejected(
        replaced(6, Unit.affine(5, scales(), List.of(0.0, 0.0, -0.0), 3)), "the units of pairs");
    assertRejected(units(list -> list.subList(0, 6)), "no factors of pairs");
    assertRejected(units(list -> list.subList(0, 2)), "no factors of pairs");
    assertRejected(units(list -> list.subList(0, 1)), "no factors of pairs");
  }

  @Test
  void factorsArePositive() {
    for (double factor : new double[] {0, -0.25, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRejected(
          units(
              list -> {
                List<Double> scales = new ArrayList<>(scales());
                scales.set(1, factor);
                list.set(6, Unit.affine(5, scales, List.of(0.0, 0.0, 0.0), 3));
                return list;
              }),
          "a factor of a pair is not positive");
    }
  }

  /** Those of a network that stands still may be as large as they like, and 1 / s overflows. */
  @Test
  void boundsAreFinite() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(0, new double[3][2]);
    net.bound = 0x1p1023 * 1.5;
    net.declared = net.bound;
    Subject network = net.subject();
    Certificate large = pairs(network, List.of(Double.MIN_VALUE, 1.0, 1.0));
    assertThatThrownBy(() -> PairBounds.claimed(network, large))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("a pair whose bound is infinite");
    Certificate finite = pairs(network, List.of(0x1p-1021, 1.0, 1.0));
    assertThat(checked(network, finite).of(0, 1)).isEqualTo(Math.nextUp(0x1p1021));
  }

  @Test
  void thereIsOneFactorForEachPair() {
    assertRejected(
        replaced(6, Unit.affine(5, List.of(0.1, 0.1), List.of(0.0, 0.0), 2)), "2 pairs of 3");
  }

  @Test
  void weightsOfAnotherNetworkProveNothing() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(0, new double[][] {{1, 0}, {0, 1}, {0, 1}});
    net.bound = 2;
    Certificate other = pairs(net.subject(), scales());
    assertThatThrownBy(() -> checked(network(), other))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("the tensors of pairs");
    List<TensorRecord> own = network().certificate().tensors();
    Certificate renamed =
        other.on(new Grounds.GivenWeights(own, Grounds.Calls.BOUNDED, other.proofs()));
    assertThat(checked(network(), renamed).of(0, 1)).isEqualTo(Math.nextUp(5.0));
  }

  /** By its bound 5, so that each difference is 5 sqrt(2)-Lipschitz; a false callee proves none. */
  @Test
  void whatIsCalledIsCheckedAsWell() {
    for (double bound : new double[] {5, 4}) {
      NetworkUnderTest inner = new NetworkUnderTest();
      inner.input(2);
      inner.dense(0, ROWS);
      inner.bound = bound;
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(2);
      net.call(0, "demo.Inner", inner.subject());
      net.bound = 5;
      Subject network = net.subject();
      Proof.Multiplier gain =
          new Proof.Multiplier(1, Proof.Constraint.GAIN, List.of(0x1p-5 * 1.25));
      Proof proof =
          new Proof(List.of(), List.of(), List.of(gain), new PositivityWitness.ExactElimination());
      Certificate pairs =
          pairs(network, List.of(0.125, 0.125, 0.125)).with(Collections.nCopies(3, proof));
      PairBounds claimed = PairBounds.claimed(network, pairs);
      assertThat(claimed.of(1, 2)).isCloseTo(5 * Math.sqrt(2), within(1e-12));
      assertThat(CertificateChecker.check(claimed.subject()) instanceof Verdict.Accepted)
          .isEqualTo(bound == 5);
    }
  }

  @Test
  void numbersOfOutputsAreLimited() {
    List<Unit> one = List.of(new Unit.Input(1, Optional.empty()));
    assertThatThrownBy(() -> PairUnits.of(one, List.of())).isInstanceOf(Rejection.class);
    List<Unit> many = List.of(new Unit.Input(65, Optional.empty()));
    assertThatThrownBy(() -> PairUnits.of(many, Collections.nCopies(65 * 32, 1.0)))
        .isInstanceOf(Rejection.class);
    List<Unit> most = List.of(new Unit.Input(64, Optional.empty()));
    assertThat(PairUnits.of(most, Collections.nCopies(2016, 1.0))).hasSize(6);
  }

  @Test
  void anOutputIsNoPairWithItself() {
    PairBounds bounds = checked(network(), pairs(network(), scales()));
    assertThatThrownBy(() -> bounds.of(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bounds.of(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bounds.of(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Radii rest on them where there are any. */
  @Test
  void radiiRestOnPairs() {
    Subject network = network();
    Subject claimed = FurtherClaims.about(network, pairs(network, scales()));
    RadiusClaim radius = RadiusClaim.of(network, List.of(claimed));
    assertThat(radius.pairs().orElseThrow().of(0, 1)).isEqualTo(EXACT.getFirst(), within(1e-9));
    assertThat(RadiusClaim.of(network, List.of()).pairs()).isEmpty();
  }
}
