package io.lipc.certificate.further;

import static io.lipc.certificate.further.LocalClaims.assertAccepted;
import static io.lipc.certificate.further.LocalClaims.assertRejected;
import static io.lipc.certificate.further.LocalClaims.box;
import static io.lipc.certificate.further.MonotoneTest.LEAF;
import static io.lipc.certificate.further.MonotoneTest.cut;
import static io.lipc.certificate.further.MonotoneTest.network;
import static io.lipc.certificate.further.MonotoneTest.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.local.Rows;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bounds of single inputs: the least that are true are accepted, and nothing can be changed. */
final class SlopesTest {

  private static final Unit.Box ALL = box(-4, 4, -4, 4);
  private static final List<Integer> BOTH = List.of(0, 1);

  private static Certificate claimed(
      Subject network, List<Double> slopes, List<Integer> outputs, Unit.Box box, BoxTree boxes) {
    return with(network, new Claim.Slopes(slopes, outputs, box), boxes);
  }

  private static Certificate claimed(
      Subject network, List<Double> slopes, List<Integer> outputs, Unit.Box box) {
    return claimed(network, slopes, outputs, box, LEAF);
  }

  /** These slopes are accepted, and none of them is accepted where it is a little smaller. */
  private static void assertLeast(
      Subject network, List<Double> slopes, List<Integer> outputs, Unit.Box box, BoxTree boxes) {
    assertAccepted(network, claimed(network, slopes, outputs, box, boxes));
    for (int i = 0; i < slopes.size(); i++) {
      List<Double> less = new ArrayList<>(slopes);
      less.set(i, Math.nextDown(slopes.get(i)));
      // A larger one for another input does not make up for it.
      for (int k = 0; k < slopes.size(); k++) {
        less.set(k, k == i ? less.get(k) : 1e6);
      }
      Reason reason = slopes.get(i) > 0 ? Reason.DERIVATIVES_NOT_PROVED : Reason.MALFORMED;
      assertRejected(network, claimed(network, less, outputs, box, boxes), reason);
    }
  }

  /** {@code y_0 = relu(x_0) - relu(x_1)}, {@code y_1 = 2 relu(x_0) + relu(x_1 - 1) / 2}. */
  @Test
  void theLeastAreAccepted() {
    Subject network = network(0.5).subject();
    assertThat(CertificateChecker.check(network)).isEqualTo(new Verdict.Accepted());
    // The first output falls as x_1 rises: magnitudes count.
    assertLeast(network, List.of(1.0, 1.0), List.of(0), ALL, LEAF);
    assertLeast(network, List.of(2.0, 0.5), List.of(1), ALL, LEAF);
    // Of two outputs the steeper one counts, for each input by itself.
    assertLeast(network, List.of(2.0, 1.0), BOTH, ALL, LEAF);
    assertLeast(network, List.of(2.0, 1.0), BOTH, ALL, new BoxTree.Vertices());
    // An input has the slope of no other one.
    assertRejected(
        network,
        claimed(network, List.of(0.5, 2.0), List.of(1), ALL),
        Reason.DERIVATIVES_NOT_PROVED);
    // Below 1 the second output does not depend on x_1.
    assertLeast(network, List.of(2.0, 0.0), List.of(1), box(-4, 4, -4, 0.5), LEAF);
    // An input that does not move has the distance 0.
    assertLeast(network, List.of(0.0, 1.0), List.of(0), box(1, 1, -4, 4), LEAF);
  }

  /** A network of one input, with these slopes below 0 and above. */
  private static Subject bent(double left, double right) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 1);
    net.dense(0, new double[][] {{1}, {-1}});
    net.activation(1, "relu");
    net.dense(2, new double[][] {{right, -left}});
    net.bound = 1000;
    net.slope(2, 10, 10);
    return net.subject();
  }

  /** The steepest part counts, wherever it stands; parts are not added. */
  @Test
  void theSteepestPartCounts() {
    BoxTree halves = cut(0, LEAF, LEAF);
    for (Subject network : List.of(bent(1, 2), bent(2, 1), bent(-1, 2), bent(-2, 1))) {
      assertLeast(network, List.of(2.0), List.of(0), box(-4, 4), halves);
      assertLeast(network, List.of(2.0), List.of(0), box(-4, 4), cut(1, halves, LEAF));
      assertLeast(network, List.of(2.0), List.of(0), box(-4, 4), cut(-1, LEAF, halves));
    }
    // Both relus may be on in one box: their slopes are added there.
    Subject steep = bent(1, 2);
    assertRejected(
        steep, claimed(steep, List.of(2.0), List.of(0), box(-4, 4)), Reason.DERIVATIVES_NOT_PROVED);
    assertAccepted(steep, claimed(steep, List.of(3.0), List.of(0), box(-4, 4)));
  }

  /** A softmax is 1 and a centred element is 0, whatever is read; a direction is not known. */
  @Test
  void ofOneElementSomeGroupsDoNotMove() {
    Unit.Box box = box(1, 4);
    for (BoxTree boxes : List.of(LEAF, new BoxTree.Vertices(), cut(2, LEAF, LEAF))) {
      assertLeast(alone("softmax", 1), List.of(0.0), List.of(0), box, boxes);
      assertLeast(alone("layer_norm", 1, 0), List.of(0.0), List.of(0), box, boxes);
      assertLeast(alone("l2_normalize", 0.5), List.of(2.0), List.of(0), box, boxes);
    }
  }

  private static Subject alone(String name, double... constants) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(1, 4, 1);
    net.activation(0, name, constants);
    return net.subject();
  }

  /** Slopes that vary are counted; a softmax of one element has none. */
  @Test
  void cornersCountSlopesThatVary() {
    for (int relus : new int[] {10, 11}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(-4, 4, 1);
      int[] parts = new int[30];
      for (int k = 0; k < parts.length; k++) {
        parts[k] = k < relus ? net.activation(0, "relu") : net.activation(0, "softmax", 1);
      }
      net.sum(parts);
      BoxTree corners = new BoxTree.Vertices();
      Certificate claim =
          claimed(net.subject(), List.of((double) relus), List.of(0), box(-4, 4), corners);
      if (relus == 10) {
        assertAccepted(net.subject(), claim);
      } else {
        assertRejected(net.subject(), claim, Reason.MALFORMED);
      }
    }
  }

  @Test
  void cutsAreWithinTheirIntervals() {
    Subject network = bent(1, 2);
    for (double at : new double[] {-4, 4, 5, -Double.MAX_VALUE}) {
      assertRejected(
          network,
          claimed(network, List.of(9.0), List.of(0), box(-4, 4), cut(at, LEAF, LEAF)),
          Reason.MALFORMED);
    }
  }

  @Test
  void aClaimHasItsOwnText() throws Exception {
    Subject network = network(0.5).subject();
    Certificate honest = claimed(network, List.of(2.0, 1.5), BOTH, box(-4, 4, 0.25, 1));
    String text = CertificateText.write(honest);
    assertThat(text)
        .contains("\"network\": \"test.Network/slopes\"", "\"slopes\": [", "\"outputs\": [")
        .doesNotContain("\"bound\"", "\"declared\"", "norm");
    assertThat(CertificateText.read(text)).isEqualTo(honest);
    assertThat(CertificateText.read(text).claim().kind()).isEqualTo(ClaimKind.SLOPES);
    String outputs = "\"outputs\": [\n    0,\n    1\n  ]";
    for (String altered :
        List.of(
            text.replace("/slopes", ""),
            text.replace("/slopes", "/local"),
            text.replace("/slopes", "/monotone"),
            text.replace("/slopes", "/slope"),
            text.replace("\"slopes\": [", "\"trends\": ["),
            text.replace("0x1.8p0", "1.5"),
            text.replace(outputs, "\"outputs\": []"),
            text.replace(outputs, "\"outputs\": [\n    1,\n    0\n  ]"),
            text.replace(outputs, "\"outputs\": [\n    0,\n    0\n  ]"),
            text.replace(outputs, "\"outputs\": [\n    -1,\n    1\n  ]"),
            text.replace(outputs + ",\n", ""),
            text.replace("\"slopes\": [", "\"bound\": \"0x1.0p1\",\n  \"slopes\": ["),
            text.replace("  \"lower\"", "  \"input norm\": \"linf\",\n  \"lower\""),
            text.replace("0x1.0p-2", "0x1.0p3"))) {
      assertThat(altered).isNotEqualTo(text);
      assertThatThrownBy(() -> CertificateText.read(altered)).isInstanceOf(FormatException.class);
    }
    assertThatThrownBy(() -> new Claim.Slopes(List.of(1.0), List.of(), ALL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyMemberCounts() {
    Subject network = network(0.5).subject();
    List<Double> slopes = List.of(2.0, 1.0);
    Certificate honest = claimed(network, slopes, BOTH, ALL);
    assertAccepted(network, honest);
    assertRejected(network, honest.named("test.Other"), Reason.MALFORMED);
    for (List<Double> others : List.of(List.of(9.0), List.of(9.0, 9.0, 9.0), List.<Double>of())) {
      assertRejected(network, claimed(network, others, BOTH, ALL), Reason.WRONG_SHAPE);
    }
    for (List<Integer> others : List.of(List.of(2), List.of(0, 1, Integer.MAX_VALUE))) {
      assertRejected(network, claimed(network, List.of(9.0, 9.0), others, ALL), Reason.WRONG_SHAPE);
    }
    assertRejected(network, claimed(network, slopes, BOTH, box(-4, 4)), Reason.WRONG_SHAPE);
    assertRejected(
        network, claimed(network, slopes, BOTH, box(-4, Math.nextUp(4.0), 0, 1)), Reason.MALFORMED);
    for (double negative : new double[] {-5e-324, -1, -Double.MAX_VALUE}) {
      assertRejected(
          network, claimed(network, List.of(2.0, negative), BOTH, ALL), Reason.MALFORMED);
    }
    assertRejected(network, honest.on(new Grounds.Enclosure(honest.tensors())), Reason.MALFORMED);
    assertRejected(network, honest.on(new Grounds.LdltConstruction()), Reason.MALFORMED);
    PositivityWitness rows = new PositivityWitness.Rows(LEAF);
    for (Proof proof :
        List.of(
            new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination()),
            new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ElementwiseProduct()),
            new Proof(
                List.of(),
                List.of(),
                List.of(new Proof.Multiplier(2, Proof.Constraint.SLOPE, List.of(1.0, 1.0, 1.0))),
                rows))) {
      Grounds grounds =
          new Grounds.GivenWeights(honest.tensors(), Grounds.Calls.BOUNDED, List.of(proof));
      assertRejected(network, honest.on(grounds), Reason.MALFORMED);
    }
    Proof bare = new Proof(List.of(), List.of(), List.of(), rows);
    Grounds twice =
        new Grounds.GivenWeights(honest.tensors(), Grounds.Calls.BOUNDED, List.of(bare, bare));
    assertRejected(network, honest.on(twice), Reason.MALFORMED);
  }

  @Test
  void slopesAreNumbers() {
    Subject network = network(0.5).subject();
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Certificate forged = claimed(network, List.of(2.0, none), BOTH, ALL);
      assertRejected(network, forged, Reason.NOT_A_NUMBER);
    }
  }

  @Test
  void aClaimStandsForNoOther() {
    Subject network = network(0.5).subject();
    Subject claim = FurtherClaims.checked(network, claimed(network, List.of(2.0, 1.0), BOTH, ALL));
    assertThat(claim.certificate().claim().global()).isEmpty();
    assertThatThrownBy(() -> claim.certificate().lipschitz()).hasMessageContaining("of no bound");
    assertThatThrownBy(() -> claim.certificate().inequality())
        .hasMessageContaining("rests on no inequality");
    assertThat(RadiusClaim.of(network, List.of(claim)).bound())
        .isEqualTo(network.certificate().lipschitz());
    assertThat(ClaimKind.SLOPES.standsAlone()).isFalse();
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.input(2);
    caller.callAsNamed(0, "test.Network", claim);
    caller.gain(1, 1);
    assertThat(CertificateChecker.check(caller.subject()))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.CALLEE_NOT_ACCEPTED));
  }

  private static Certificate inlined(Certificate claim) {
    return claim.on(
        new Grounds.GivenWeights(claim.tensors(), Grounds.Calls.INLINED, claim.proofs()));
  }

  /** By the bound of a called network each output moves by that; by its units, by what is true. */
  @Test
  void calleesAreInlinedOrKnownByTheirBounds() {
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.call(0, "demo.Inner", network(0.5).subject());
    outer.gain(1, 1);
    outer.bound = 2000;
    Subject network = outer.subject();
    assertLeast(network, List.of(1000.0, 1000.0), BOTH, ALL, LEAF);
    Certificate tight = claimed(network, List.of(2.0, 1.0), BOTH, ALL);
    assertRejected(network, tight, Reason.DERIVATIVES_NOT_PROVED);
    assertAccepted(network, inlined(tight));
    assertRejected(
        network,
        inlined(claimed(network, List.of(Math.nextDown(2.0), 1.0), BOTH, ALL)),
        Reason.DERIVATIVES_NOT_PROVED);
  }

  @Test
  void calleesMayHaveFreeWeights() {
    NetworkUnderTest free = new NetworkUnderTest();
    free.construction = true;
    free.input(2);
    free.add(Unit.dense(0, 2, 3, "h.weight", Optional.of("h.bias")));
    free.activation(1, "relu");
    free.add(Unit.dense(2, 3, 2, "y.weight", Optional.of("y.bias")));
    free.bound = 3;
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.add(Unit.scale(0, 2, 2));
    outer.call(0, "demo.Inner", free.subject());
    outer.add(Unit.sum(List.of(1, 2), 2));
    outer.gain(2, 4);
    outer.bound = 5000;
    Subject network = outer.subject();
    assertLeast(network, List.of(5.0, 5.0), BOTH, ALL, LEAF);
    assertRejected(
        network, inlined(claimed(network, List.of(9.0, 9.0), BOTH, ALL)), Reason.MISSING_TENSOR);
  }

  /** A slope is that of the reach of the same derivatives. */
  @Test
  void slopesAreTheLargestOfTheReach() {
    Subject network = network(0.5).subject();
    Subject read =
        CertificateChecker.read(
            FurtherClaims.about(network, claimed(network, List.of(9.0, 9.0), BOTH, ALL)));
    assertThat(Rows.slopes(read, List.of(0), LEAF, _ -> {})).containsExactly(1.0, 1.0);
    assertThat(Rows.slopes(read, List.of(1), LEAF, _ -> {})).containsExactly(2.0, 0.5);
    assertThat(Rows.slopes(read, BOTH, LEAF, _ -> {})).containsExactly(2.0, 1.0);
  }

  /** Softmax and longer groups have no derivatives that are known. */
  @Test
  void sortedGroupsHaveNoDerivatives() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 4);
    net.activation(0, "group_sort", 4);
    net.bound = 1000;
    Subject network = net.subject();
    Unit.Box box = box(1, 2, 0, 0.5, 1, 2, 0, 0.5);
    assertRejected(
        network, claimed(network, List.of(9.0, 9.0, 9.0, 9.0), List.of(0), box), Reason.MALFORMED);
  }
}
