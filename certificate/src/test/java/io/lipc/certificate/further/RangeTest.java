package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.audit.Witness;
import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranges of outputs: what is true is accepted, and nothing of it can be changed. */
final class RangeTest {

  /** {@code (x_0 - 2 x_1, relu(x_0))} on [-1, 1] x [0, 1]: outputs are in [-3, 1] and [0, 1]. */
  private static NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.add(new Unit.Input(2, Optional.of(new Unit.Box(List.of(-1.0, 0.0), List.of(1.0, 1.0)))));
    net.dense(0, new double[][] {{1, -2}, {1, 0}});
    net.activation(1, "maxmin");
    net.bound = 8;
    net.declared = 8;
    return net;
  }

  private static Certificate range(Subject network, double lower, double upper) {
    Certificate about = network.certificate();
    return new Certificate(
        about.network(),
        about.type(),
        new Claim.Range(lower, upper),
        "enclosure",
        about.units(),
        new Grounds.Enclosure(about.tensors()));
  }

  private static void assertRejected(Subject network, Certificate forged, Reason reason) {
    assertThatThrownBy(() -> FurtherClaims.checked(network, forged))
        .isInstanceOf(Rejection.class)
        .hasMessageStartingWith(reason.words());
  }

  /** Derivatives, which say nothing of values. */
  private static Grounds byRows(Certificate about) {
    PositivityWitness rows = new PositivityWitness.Rows(new BoxTree.Leaf());
    Proof proof = new Proof(List.of(), List.of(), List.of(), rows);
    return new Grounds.GivenWeights(about.tensors(), Grounds.Calls.BOUNDED, List.of(proof));
  }

  private static Verdict check(Subject network, Certificate claim) {
    return CertificateChecker.check(
        new Subject(claim, CertificateText.digest(claim), network.weights(), network.callees()));
  }

  @Test
  void whatIsKnownOfTheOutputsIsAccepted() {
    Subject network = network().subject();
    double least = Math.nextDown(-3.0) - 1e-12;
    assertThat(check(network, range(network, least, 1 + 1e-12))).isEqualTo(new Verdict.Accepted());
    assertRejected(network, range(network, -2.99, 2), Reason.RANGE_NOT_PROVED);
    assertRejected(network, range(network, -4, 0.99), Reason.RANGE_NOT_PROVED);
  }

  /** An element is not far from itself, however wide its interval is. */
  @Test
  void aSoftmaxOfOneElementIsOne() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1000, 1000, 1);
    net.activation(0, "softmax", 1);
    Subject network = net.subject();
    assertThat(check(network, range(network, 0.99, 1.01))).isEqualTo(new Verdict.Accepted());
    assertRejected(network, range(network, 1.001, 1.01), Reason.RANGE_NOT_PROVED);
  }

  @Test
  void aRangeHasItsOwnText() throws Exception {
    Subject network = network().subject();
    String text = CertificateText.write(range(network, -4, 4));
    assertThat(text)
        .contains("\"network\": \"test.Network/range\"", "\"procedure\": \"enclosure\"")
        .doesNotContain("bound", "declared");
    Certificate read = CertificateText.read(text);
    assertThat(read).isEqualTo(range(network, -4, 4));
    assertThat(read.claim().global()).isEmpty();
    assertThat(read.claim().kind()).isEqualTo(ClaimKind.RANGE);
    assertThatThrownBy(read::lipschitz).hasMessageContaining("of no bound");
    assertThatThrownBy(read::inequality).hasMessage("range rests on no inequality");
    for (String altered :
        List.of(
            text.replace("/range", ""),
            text.replace("/range", "/pairs"),
            text.replace("\"enclosure\"\n", "\"exact elimination\"\n"),
            text.replace("  \"lower\"", "  \"bound\": \"0x1.0p0\",\n  \"lower\""),
            text.replace("\"numeric\"", "\"structural\""))) {
      assertThat(altered).isNotEqualTo(text);
      assertThatThrownBy(() -> CertificateText.read(altered)).isInstanceOf(FormatException.class);
    }
  }

  private static Certificate range(Subject network, double lower, double upper, BoxTree boxes) {
    Certificate whole = range(network, lower, upper);
    return whole.on(new Grounds.Enclosure(whole.tensors(), Optional.of(boxes)));
  }

  private static BoxTree cut(int unit, int number, double at, BoxTree below, BoxTree above) {
    return new BoxTree.Cut(new BoxTree.Element(unit, number), at, below, above);
  }

  private static void assertProved(Subject network, Certificate claim) {
    assertThat(FurtherClaims.checked(network, claim).certificate()).isEqualTo(claim);
    assertThat(Witness.verdict(FurtherClaims.about(network, claim))).startsWith("ACCEPTED");
  }

  private static void assertRefused(Subject network, Certificate claim, Reason reason) {
    assertRejected(network, claim, reason);
    assertThat(Witness.verdict(FurtherClaims.about(network, claim))).startsWith("REJECTED");
  }

  private static final BoxTree LEAF = new BoxTree.Leaf();

  /** {@code |x| - relu(x)}, which is {@code relu(-x)}, on [-1, 2]. */
  private static Subject sum() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 2, 1);
    net.dense(0, new double[][] {{1}});
    net.activation(1, "abs");
    net.activation(1, "relu");
    net.concat(2, 3);
    net.dense(4, new double[][] {{1, -1}});
    net.bound = 1000;
    net.slope(2, 10);
    net.slope(3, 10);
    return net.subject();
  }

  /** Ranges of the whole box know [-2, 2], lines know less, parts at the kink know all. */
  @Test
  void partsKnowMore() {
    Subject network = sum();
    assertProved(network, range(network, -2 - 1e-9, 2 + 1e-9));
    assertRejected(network, range(network, -1, 2), Reason.RANGE_NOT_PROVED);
    assertProved(network, range(network, -1 - 1e-9, 2 + 1e-9, LEAF));
    for (BoxTree boxes : List.of(cut(0, 0, 0, LEAF, LEAF), cut(1, 0, 0, LEAF, LEAF))) {
      assertProved(network, range(network, -1e-9, 1 + 1e-9, boxes));
      assertRefused(network, range(network, 1e-9, 2, boxes), Reason.RANGE_NOT_PROVED);
      assertRefused(network, range(network, -1, 1 - 1e-9, boxes), Reason.RANGE_NOT_PROVED);
    }
    for (BoxTree boxes : List.of(cut(0, 0, 1, LEAF, LEAF), cut(0, 0, -0.5, LEAF, LEAF), LEAF)) {
      assertRefused(network, range(network, -1e-9, 1 + 1e-9, boxes), Reason.RANGE_NOT_PROVED);
    }
  }

  /** A range with parts that are cut elsewhere, empty, or proved by other means. */
  @Test
  void partsOfOthersAreRefused() throws Exception {
    Subject network = sum();
    for (BoxTree boxes :
        List.of(
            new BoxTree.Vertices(),
            cut(0, 0, 0, new BoxTree.Vertices(), LEAF),
            cut(0, 1, 0, LEAF, LEAF),
            cut(0, 0, -1, LEAF, LEAF),
            cut(0, 0, 2, LEAF, LEAF),
            cut(6, 0, 0, LEAF, LEAF))) {
      assertRefused(network, range(network, -100, 100, boxes), Reason.MALFORMED);
    }
    BoxTree empty =
        new BoxTree.Empty(
            List.of(
                new BoxTree.Term(new BoxTree.Element(1, 0), 1),
                new BoxTree.Term(new BoxTree.Element(2, 0), -1)));
    // |z| is not below z; where it is not above 1, z is not above 1.
    BoxTree above = cut(2, 0, 1, cut(1, 0, 1.5, LEAF, empty), LEAF);
    assertProved(network, range(network, -3, 3, above));
    BoxTree below = cut(2, 0, 1, cut(1, 0, 0.5, LEAF, empty), LEAF);
    assertRefused(network, range(network, -3, 3, below), Reason.RANGE_NOT_PROVED);
    assertRefused(network, range(network, -3, 3, empty), Reason.RANGE_NOT_PROVED);
    String text = CertificateText.write(range(network, -3, 3, above));
    assertThat(CertificateText.read(text)).isEqualTo(range(network, -3, 3, above));
    assertThat(text)
        .contains("\"procedure\": \"enclosure\",\n  \"boxes\": [\n    \"2 0 0x1.0p0\",");
  }

  @Test
  void everyMemberCounts() {
    Subject network = network().subject();
    Certificate honest = range(network, -4, 4);
    assertThat(FurtherClaims.checked(network, honest).certificate()).isEqualTo(honest);
    assertRejected(network, honest.named("test.Other"), Reason.MALFORMED);
    List<Unit> units = new ArrayList<>(honest.units());
    units.set(0, new Unit.Input(2, Optional.empty()));
    assertRejected(network, honest.of(units), Reason.MALFORMED);
    assertRejected(network, honest.on(new Grounds.Enclosure(List.of())), Reason.MALFORMED);
    Certificate bound = network.certificate();
    assertRejected(network, honest.on(bound.grounds()), Reason.MALFORMED);
    assertThatThrownBy(() -> FurtherClaims.checked(network, honest.on(byRows(bound))))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("range on other grounds");
    assertThat(check(network, bound.on(honest.grounds())))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED));
    assertRejected(network, range(network, 4, -4), Reason.MALFORMED);
    assertRejected(network, range(network, Double.NaN, 4), Reason.NOT_A_NUMBER);
    assertRejected(network, range(network, -4, Double.POSITIVE_INFINITY), Reason.NOT_A_NUMBER);
    List<TensorRecord> other =
        List.of(new TensorRecord("w1", List.of(2, 2), CertificateText.digest(bound)));
    assertThat(check(network, honest.on(new Grounds.Enclosure(other))))
        .isInstanceOf(Verdict.Rejected.class);
  }

  /**
   * A network may claim a range alone: beside it there is no second one, and nothing of a bound.
   */
  @Test
  void besideARangeAloneThereIsNothingThatNeedsABound() {
    Subject bounded = network().subject();
    Certificate claim = range(bounded, -4, 4);
    Subject alone =
        new Subject(claim, CertificateText.digest(claim), bounded.weights(), bounded.callees());
    assertThat(CertificateChecker.check(alone)).isEqualTo(new Verdict.Accepted());
    assertRejected(alone, claim, Reason.MALFORMED);
    assertRejected(alone, range(bounded, -5, 5), Reason.MALFORMED);
    assertRejected(alone, bounded.certificate(), Reason.MALFORMED);
    Certificate pairs =
        new Certificate(
            claim.network(),
            claim.type(),
            new Claim.Pairs(Norm.L2),
            "by hand",
            PairUnits.of(claim.units(), List.of(1.0)),
            bounded.certificate().grounds());
    assertRejected(alone, pairs, Reason.MALFORMED);
  }

  @Test
  void withoutABoxNothingIsKnown() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(1);
    net.activation(0, "tanh");
    net.bound = 1;
    Subject network = net.subject();
    assertRejected(network, range(network, -1, 1), Reason.MALFORMED);
  }

  /** A range is no bound: whoever calls the network has none to use. */
  @Test
  void noNetworkIsCalledByItsRange() {
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.gain(outer.call(0, "demo.Inner", network().subject()), 1);
    outer.bound = 10;
    Subject honest = outer.subject();
    Subject inner = honest.callees().get("demo.Inner");
    Certificate claim = range(inner, -4, 4);
    Subject ranged =
        new Subject(claim, CertificateText.digest(claim), inner.weights(), inner.callees());
    Unit call = new Unit.Call(0, "demo.Inner", ranged.digest(), 2, 2);
    Certificate caller =
        honest.certificate().of(List.of(honest.certificate().units().get(0), call));
    assertThat(
            CertificateChecker.check(
                new Subject(
                    caller,
                    CertificateText.digest(caller),
                    honest.weights(),
                    Map.of("demo.Inner", ranged))))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.CALLEE_NOT_ACCEPTED));
  }

  /** Networks that are called are entered. */
  @Test
  void calledNetworksAreEntered() {
    NetworkUnderTest linear = network();
    linear.units.removeLast();
    Subject inner = linear.subject();
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.add(new Unit.Input(2, Optional.of(new Unit.Box(List.of(0.0, 0.0), List.of(1.0, 1.0)))));
    outer.gain(outer.call(0, "demo.Inner", inner), 1);
    outer.bound = 8;
    Subject network = outer.subject();
    assertThat(check(network, range(network, -2 - 1e-12, 1 + 1e-12)))
        .isEqualTo(new Verdict.Accepted());
    assertThat(check(network, range(network, -1.9, 1))).isInstanceOf(Verdict.Rejected.class);
  }

  /** Twice the vector is beyond all doubles: {@code f(x) = hard_tanh(-2 relu(x_0))}, nearly. */
  @Test
  void aReflectionAlongALargeVectorIsEnclosed() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F64;
    net.input(-1, 1, 2);
    net.scale(0, 1e-308);
    net.activation(1, "householder", -1e308, 0);
    net.scale(2, 1e-308);
    net.activation(3, "hard_tanh");
    net.add(Unit.select(4, List.of(0)));
    Subject network = net.subject();
    assertRejected(network, range(network, -1, -1), Reason.RANGE_NOT_PROVED);
    assertThat(check(network, range(network, -1, 1e-9))).isEqualTo(new Verdict.Accepted());
  }

  /** {@code min(-gelu_tanh(x), 1/2)}, at 1 about -0.84; on the way, x loses its bounds. */
  @Test
  void nothingIsProvedOfAValueThatOverflows() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F64;
    net.input(0, 1, 1);
    net.scale(0, 0x1p1023);
    int twice = net.sum(1, 1);
    int minus = net.scale(net.activation(net.sum(0, twice, net.scale(twice, -1)), "gelu_tanh"), -1);
    int half = net.add(Unit.affine(0, List.of(0.0), List.of(0.5), 1));
    net.add(Unit.select(net.activation(net.concat(minus, half), "maxmin"), List.of(1)));
    Subject network = net.subject();
    assertRejected(network, range(network, 0.25, 0.5), Reason.RANGE_NOT_PROVED);
  }

  /** Each window reads many elements, and few are given: the products are what takes time. */
  @Test
  void theElementsOfWindowsAreCounted() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 300 * 300);
    net.add(
        new Unit.MaxPool(0, new Grid(1, 300, 300), Window.plain(List.of(150, 150), List.of(1, 1))));
    Subject network = net.subject();
    assertRejected(network, range(network, -1, 1), Reason.TOO_LARGE);
  }

  @Test
  void noOutputLeavesWhatIsKnown() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.add(
          new Unit.Input(
              3, Optional.of(new Unit.Box(List.of(-1.0, -2.0, 0.0), List.of(1.0, -0.5, 0.25)))));
      int at = 0;
      for (String name : List.of("relu", "tanh", "gelu", "softplus", "maxmin")) {
        if (random.nextBoolean()) {
          double[][] w = new double[4][net.units.get(at).size()];
          for (double[] row : w) {
            for (int k = 0; k < row.length; k++) {
              row[k] = random.nextGaussian();
            }
          }
          at = net.activation(net.dense(at, w), name);
        }
      }
      net.bound = 1e6;
      net.declared = 1e6;
      Subject network = net.subject();
      List<Range> known = OutputRanges.of(network, _ -> {});
      UnitEvaluator evaluator = UnitEvaluator.of(network);
      for (int i = 0; i < 20; i++) {
        double[] x = {
          2 * random.nextDouble() - 1, -2 + 1.5 * random.nextDouble(), 0.25 * random.nextDouble()
        };
        double[] y = evaluator.apply(x);
        for (int k = 0; k < y.length; k++) {
          assertThat(y[k]).isBetween(known.get(k).lower() - 1e-9, known.get(k).upper() + 1e-9);
        }
      }
      double lower = known.stream().mapToDouble(Range::lower).min().orElseThrow();
      double upper = known.stream().mapToDouble(Range::upper).max().orElseThrow();
      assertThat(check(network, range(network, lower - 1e-9, upper + 1e-9)))
          .isEqualTo(new Verdict.Accepted());
      assertThat(check(network, range(network, lower + 1e-6, upper)))
          .isInstanceOf(Verdict.Rejected.class);
    }
  }

  @Test
  void aNetworkWithoutWeightsIsNoPlaceForOthers() {
    Subject network = network().subject();
    Subject without =
        new Subject(network.certificate(), network.digest(), Weights.of(List.of()), Map.of());
    assertThat(check(without, range(network, -4, 4))).isInstanceOf(Verdict.Rejected.class);
  }
}
