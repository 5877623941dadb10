package io.lipc.certificate.further;

import static io.lipc.certificate.further.LocalClaims.FROM_LINF;
import static io.lipc.certificate.further.LocalClaims.QUIET;
import static io.lipc.certificate.further.LocalClaims.assertAccepted;
import static io.lipc.certificate.further.LocalClaims.assertRejected;
import static io.lipc.certificate.further.LocalClaims.box;
import static io.lipc.certificate.further.LocalClaims.honest;
import static io.lipc.certificate.further.LocalClaims.local;
import static io.lipc.certificate.further.LocalClaims.network;
import static io.lipc.certificate.further.LocalClaims.proof;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.LocalUnits;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Local bounds: what is true is accepted, and nothing of it can be changed. */
final class LocalTest {

  @Test
  void whatIsAlwaysOnOrOffIsLinear() {
    Subject network = network().subject();
    assertThat(CertificateChecker.check(network)).isEqualTo(new Verdict.Accepted());
    assertAccepted(network, honest(network));
    assertRejected(network, local(network, 1.41, QUIET, proof(2)), Reason.NOT_POSITIVE_DEFINITE);
    // One double decides, where the square of the bound passes 2.
    double least = Math.sqrt(2) * Math.sqrt(2) > 2 ? Math.sqrt(2) : Math.nextUp(Math.sqrt(2));
    assertAccepted(network, local(network, Math.nextUp(least), QUIET, proof(2)));
    assertRejected(
        network,
        local(network, Math.nextDown(Math.nextDown(least)), QUIET, proof(2)),
        Reason.NOT_POSITIVE_DEFINITE);
  }

  /**
   * No bound below 8 is true where the last one is on, and its multiplier counts where it is free.
   */
  @Test
  void anotherBoxHasOtherSlopes() {
    Subject network = network().subject();
    Unit.Box steep = box(2, 2.5, 0.5, 0.5);
    assertRejected(network, local(network, 7.9, steep, proof(3)), Reason.NOT_POSITIVE_DEFINITE);
    assertAccepted(network, local(network, 8.2, steep, proof(3)));
    Unit.Box free = box(0.5, 2, 1, 1);
    assertRejected(network, local(network, 1.42, free, proof(3)), Reason.NOT_POSITIVE_DEFINITE);
    assertAccepted(network, local(network, 8.2, free, proof(3, 0, 0, 1)));
    assertRejected(
        network, local(network, 7.9, free, proof(3, 0, 0, 1)), Reason.NOT_POSITIVE_DEFINITE);
    // The multipliers of what is linear multiply nothing, but have to be there.
    assertRejected(network, local(network, 8.2, free, proof(3, 0, 1)), Reason.MALFORMED);
    assertRejected(network, local(network, 1.42, QUIET, proof(List.of())), Reason.MALFORMED);
    assertAccepted(network, local(network, 1.42, QUIET, proof(2, 1, 1, 1)));
  }

  /** {@code relu(x) - x} and {@code max(x) - x_0}: neither is constant where x has either order. */
  @Test
  void theInputMayBeReadAtOnce() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 1);
    net.activation(0, "relu");
    net.sum(1, net.scale(0, -1));
    net.bound = 1000;
    Subject network = net.subject();
    assertAccepted(network, local(network, 1.01, box(-1, 2), proof(1, 1)));
    assertRejected(
        network, local(network, 0.99, box(-1, 2), proof(1, 1)), Reason.NOT_POSITIVE_DEFINITE);
    NetworkUnderTest sort = new NetworkUnderTest();
    sort.input(-4, 4, 4);
    int most = sort.add(Unit.select(sort.activation(0, "group_sort", 4), List.of(0)));
    sort.sum(most, sort.scale(sort.add(Unit.select(0, List.of(0))), -1));
    sort.bound = 1000;
    Subject largest = sort.subject();
    Unit.Box ordered = box(1, 2, 0, 0.5, 1, 2, 0, 0.5);
    assertAccepted(largest, local(largest, 4, ordered, proof(1, 4)));
    assertRejected(
        largest, local(largest, 1.41, ordered, proof(1, 4)), Reason.NOT_POSITIVE_DEFINITE);
  }

  /** An input that does not move is a number: its column falls away. */
  @Test
  void whatIsFixedDoesNotMove() {
    Subject network = network().subject();
    assertAccepted(network, local(network, 1, box(0.5, 0.5, 0.5, 1), proof(3)));
    assertRejected(
        network,
        local(network, 0.99, box(0.5, 0.5, 0.5, 1), proof(3)),
        Reason.NOT_POSITIVE_DEFINITE);
    // Its number counts: at 3 the last relu is on, and adds nothing that moves.
    assertAccepted(network, local(network, 1, box(3, 3, 2, 3), proof(3)));
    assertAccepted(network, local(network, 0, box(0.5, 0.5, 1, 1), proof(3)));
  }

  @Test
  void theLargestElementMayMeasureInputs() {
    Subject network = network().subject();
    for (double bound : new double[] {2.01, 1.99}) {
      List<Proof> proofs =
          List.of(
              new Proof(
                  List.of(),
                  List.of(),
                  List.of(
                      new Proof.Multiplier(
                          0,
                          Constraint.RANGE,
                          List.of(bound * bound / 2.001, bound * bound / 2.001)),
                      new Proof.Multiplier(2, Constraint.SLOPE, List.of(0.0))),
                  new PositivityWitness.ExactElimination()));
      Certificate claim =
          local(network, new Claim.Lipschitz(FROM_LINF, bound, 1000), QUIET, proofs);
      if (bound > 2) {
        assertAccepted(network, claim);
      } else {
        assertRejected(network, claim, Reason.NOT_POSITIVE_DEFINITE);
      }
    }
  }

  @Test
  void theBoxIsPartOfTheDeclaredOne() {
    Subject network = network().subject();
    for (Unit.Box wrong :
        List.of(
            box(0.5, 0.75),
            box(0.5, 0.75, 0.5, 1, 0, 1),
            box(),
            box(0.5, 0.75, 0.5, Math.nextUp(4.0)),
            box(-5, -4.5, 0.5, 1))) {
      Certificate forged = local(network, 1000, wrong, proof(2, 1, 1, 1));
      Reason reason = wrong.lower().size() == 2 ? Reason.MALFORMED : Reason.WRONG_SHAPE;
      assertRejected(network, forged, reason);
    }
    for (double[] ends :
        new double[][] {
          {1, 0.5},
          {Double.NaN, 1},
          {0, Double.NaN},
          {Double.NEGATIVE_INFINITY, 0},
          {0, Double.POSITIVE_INFINITY}
        }) {
      assertThatThrownBy(() -> box(ends)).isInstanceOf(IllegalArgumentException.class);
    }
    NetworkUnderTest anywhere = new NetworkUnderTest();
    anywhere.input(1);
    anywhere.dense(0, new double[][] {{2}});
    anywhere.bound = 3;
    Subject free = anywhere.subject();
    List<Proof> bare = proof(List.of());
    assertAccepted(free, local(free, 2.5, box(-1e9, 1e9), bare));
    assertAccepted(free, local(free, 2.5, box(-Double.MAX_VALUE, Double.MAX_VALUE), bare));
  }

  /** {@code (2x, 3x)}: a proof about the first output says nothing of the second one. */
  @Test
  void eachOutputHasAProofOfItsOwn() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 1);
    net.dense(0, new double[][] {{2}, {3}});
    net.bound = 1000;
    Subject network = net.subject();
    Norms norms = new Norms(Norm.L2, Norm.LINF);
    List<Proof> first = proof(List.of());
    List<Proof> both = Collections.nCopies(2, first.getFirst());
    Claim.Lipschitz enough = new Claim.Lipschitz(norms, 3.1);
    assertAccepted(network, local(network, enough, box(-1, 1), both));
    Claim.Lipschitz tooLittle = new Claim.Lipschitz(norms, 2.1);
    assertRejected(network, local(network, tooLittle, box(-1, 1), first), Reason.MALFORMED);
    assertRejected(
        network, local(network, tooLittle, box(-1, 1), both), Reason.NOT_POSITIVE_DEFINITE);
    List<Proof> more = Collections.nCopies(3, first.getFirst());
    assertRejected(network, local(network, enough, box(-1, 1), more), Reason.MALFORMED);
  }

  @Test
  void aLocalBoundHasItsOwnText() throws Exception {
    Subject network = network().subject();
    Certificate honest = honest(network);
    String text = CertificateText.write(honest);
    assertThat(text).contains("\"network\": \"test.Network/local\"", "\"lower\": ", "\"upper\": ");
    Certificate read = CertificateText.read(text);
    assertThat(read).isEqualTo(honest);
    assertThat(read.claim().kind()).isEqualTo(ClaimKind.LOCAL);
    Certificate linf = local(network, new Claim.Lipschitz(FROM_LINF, 3), QUIET, proof(2));
    assertThat(CertificateText.read(CertificateText.write(linf))).isEqualTo(linf);
    String lower =
        text.substring(text.indexOf("\n  \"lower\": ["), text.indexOf("\n  \"upper\": ["));
    for (String altered :
        List.of(
            text.replace("/local", ""),
            text.replace("/local", "/pairs"),
            text.replace("/local", "/range"),
            text.replace("/local", "/scaled"),
            text.replace(lower, ""),
            text.replace(lower, lower.replace("0x1.0p-1", "0x1.0p3")),
            text.replace(lower, lower.replace("0x1.0p-1", "NaN")),
            text.replace(lower, lower.replace("0x1.0p-1", "Infinity")))) {
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
    units.set(0, new Unit.Input(2, Optional.of(box(-8, 8, -8, 8))));
    assertRejected(network, honest.of(units), Reason.MALFORMED);
    assertRejected(network, local(network, -1, QUIET, proof(2)), Reason.MALFORMED);
    assertRejected(network, local(network, 1001, QUIET, proof(2)), Reason.MALFORMED);
    assertRejected(network, local(network, Double.NaN, QUIET, proof(2)), Reason.NOT_A_NUMBER);
    assertRejected(network, honest.on(new Grounds.Enclosure(honest.tensors())), Reason.MALFORMED);
    assertRejected(network, honest.on(new Grounds.LdltConstruction()), Reason.MALFORMED);
    NetworkUnderTest other = network();
    other.tensor("w1", List.of(3, 2), new double[] {1, 1, 1, -3, 8, 1});
    assertRejected(other.subject(), honest, Reason.MALFORMED);
  }

  /** What holds on a box is no bound for all inputs, and nobody takes it for one. */
  @Test
  void aLocalBoundStandsForNoOther() {
    Subject network = network().subject();
    Subject claim = FurtherClaims.checked(network, honest(network));
    assertThat(claim.certificate().claim().global()).isEmpty();
    assertThatThrownBy(() -> claim.certificate().lipschitz()).hasMessageContaining("of no bound");
    assertThat(RadiusClaim.of(network, List.of(claim)).bound())
        .isEqualTo(network.certificate().lipschitz());
    assertThat(PairBounds.among(network, List.of(claim))).isEmpty();
    assertThat(ClaimKind.LOCAL.standsAlone()).isFalse();
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.input(2);
    caller.callAsNamed(0, "test.Network", claim);
    caller.gain(1, 1);
    caller.bound = 2000;
    assertThat(CertificateChecker.check(caller.subject()))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.CALLEE_NOT_ACCEPTED);
              assertThat(rejected.detail()).contains("no bound of test.Network for all inputs");
            });
  }

  /** A callee is known by its bound for all inputs, wherever the caller's box is; or inlined. */
  @Test
  void calleesAreKnownByTheirBounds() {
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.call(0, "demo.Inner", network().subject());
    outer.gain(1, 1);
    outer.bound = 2000;
    Subject network = outer.subject();
    Certificate about = network.certificate();
    Claim.Lipschitz far = new Claim.Lipschitz(Norms.EUCLIDEAN, 1500, 2000);
    Certificate bounded = local(network, far, QUIET, about.proofs());
    assertAccepted(network, bounded);
    assertRejected(
        network, local(network, 999, QUIET, about.proofs()), Reason.NOT_POSITIVE_DEFINITE);
    Certificate inlined = local(network, 1.42, QUIET, proof(2));
    assertAccepted(
        network, inlined.on(new Grounds.GivenWeights(List.of(), Grounds.Calls.INLINED, proof(2))));
  }

  /** Nothing passes a box through weights that are not there. */
  @Test
  void freeParametersHaveNoRanges() {
    NetworkUnderTest inner = new NetworkUnderTest();
    inner.input(2);
    inner.add(Unit.dense(0, 2, 2, "w", Optional.empty()));
    inner.construction = true;
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.kind = Certificate.Kind.STRUCTURAL;
    outer.input(2);
    int call = outer.call(0, "demo.Inner", inner.subject());
    outer.gain(call, 1);
    outer.activation(call, "relu");
    outer.slope(2, 1);
    outer.bound = 4;
    Subject network = outer.subject();
    Certificate claim = local(network, 4, box(-1, 1, -1, 1), network.certificate().proofs());
    Grounds composition =
        new Grounds.Composition(Grounds.Calls.BOUNDED, network.certificate().proofs());
    assertRejected(network, claim.on(composition), Reason.MISSING_TENSOR);
  }

  @Test
  void fixingLeavesTheFunction() {
    Subject network = network().subject();
    Unit.Box box = box(0.25, 0.25, -1, 2);
    Subject on = LocalUnits.of(network, box);
    UnitEvaluator evaluator = UnitEvaluator.of(network);
    UnitEvaluator fixed = UnitEvaluator.of(on);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      double[] x = {0.25, random.nextDouble() * 3 - 1};
      assertThat(fixed.apply(x)).containsExactly(evaluator.apply(x));
    }
  }
}
