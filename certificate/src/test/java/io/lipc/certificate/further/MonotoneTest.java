package io.lipc.certificate.further;

import static io.lipc.certificate.further.LocalClaims.assertAccepted;
import static io.lipc.certificate.further.LocalClaims.assertRejected;
import static io.lipc.certificate.further.LocalClaims.box;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Claim.Trend;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.LocalUnits;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
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
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Monotone outputs: what is true is accepted, and nothing can be changed. */
final class MonotoneTest {

  static final BoxTree LEAF = new BoxTree.Leaf();

  /** {@code y_0 = relu(x_0) - relu(x_1)}, {@code y_1 = 2 relu(x_0) + last relu(x_1 - 1)}. */
  static NetworkUnderTest network(double last) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 2);
    net.dense(0, new double[][] {{1, 0}, {0, 1}, {0, 1}}, new double[] {0, 0, -1});
    net.activation(1, "relu");
    net.dense(2, new double[][] {{1, -1, 0}, {2, 0, last}});
    net.bound = 1000;
    net.slope(2, 10, 10, 10);
    return net;
  }

  private static final Unit.Box ALL = box(-4, 4, -4, 4);
  private static final Trend RISING = new Trend(true, List.of(0), List.of(0, 1));
  private static final Trend FALLING = new Trend(false, List.of(1), List.of(0));

  private static Certificate with(Subject network, Claim claim, Proof proof) {
    Certificate about = network.certificate();
    return new Certificate(
        about.network(),
        about.type(),
        claim,
        "rows",
        about.units(),
        new Grounds.GivenWeights(about.tensors(), Grounds.Calls.BOUNDED, List.of(proof)));
  }

  static Certificate with(Subject network, Claim claim, BoxTree boxes) {
    return with(
        network,
        claim,
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.Rows(boxes)));
  }

  private static Certificate monotone(Subject network, Unit.Box box, Trend... trends) {
    return with(network, new Claim.Monotone(List.of(trends), box), LEAF);
  }

  @Test
  void whatRisesIsAccepted() {
    Subject network = network(0).subject();
    assertThat(CertificateChecker.check(network)).isEqualTo(new Verdict.Accepted());
    assertAccepted(network, monotone(network, ALL, RISING, FALLING));
    assertRejected(
        network,
        monotone(network, ALL, new Trend(false, List.of(0), List.of(0))),
        Reason.DERIVATIVES_NOT_PROVED);
    assertRejected(
        network,
        monotone(network, ALL, RISING, new Trend(true, List.of(1), List.of(0))),
        Reason.DERIVATIVES_NOT_PROVED);
    // A trend is asked of its own outputs alone: the other one rises with this input.
    Subject rising = network(1).subject();
    assertAccepted(rising, monotone(rising, ALL, RISING, FALLING));
    // A constant output rises and falls.
    assertAccepted(network, monotone(network, ALL, new Trend(true, List.of(1), List.of(1))));
    assertAccepted(network, monotone(network, ALL, new Trend(false, List.of(1), List.of(1))));
    // So does one of an input that does not move.
    assertAccepted(
        network, monotone(network, box(1, 1, -4, 4), new Trend(false, List.of(0), List.of(0, 1))));
  }

  /** The smallest weight that is wrong decides; and where it is not read, none does. */
  @Test
  void aSmallWeightIsFound() {
    Trend rising = new Trend(true, List.of(0, 1), List.of(1));
    for (double last : new double[] {0x1p-20, 5e-324, 0}) {
      Subject right = network(last).subject();
      assertAccepted(right, monotone(right, ALL, rising));
      Subject wrong = network(last == 0 ? -5e-324 : -last).subject();
      assertRejected(wrong, monotone(wrong, ALL, rising), Reason.DERIVATIVES_NOT_PROVED);
      // The third relu is off below 1.
      assertAccepted(wrong, monotone(wrong, box(-4, 4, -4, 0.5), rising));
    }
  }

  /** {@code relu(x) - relu(x - 1)} rises, which one box does not see. */
  static NetworkUnderTest step() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 1);
    net.dense(0, new double[][] {{1}, {1}}, new double[] {0, -1});
    net.activation(1, "relu");
    net.dense(2, new double[][] {{1, -1}});
    net.bound = 1000;
    net.slope(2, 10, 10);
    return net;
  }

  static BoxTree cut(double at, BoxTree below, BoxTree above) {
    return new BoxTree.Cut(BoxTree.Element.ofInput(0), at, below, above);
  }

  @Test
  void partsOfTheBoxSeeMore() {
    Subject network = step().subject();
    Claim rises = new Claim.Monotone(List.of(new Trend(true, List.of(0), List.of(0))), box(-4, 4));
    assertRejected(network, with(network, rises, LEAF), Reason.DERIVATIVES_NOT_PROVED);
    BoxTree cut = cut(1, cut(0, LEAF, LEAF), LEAF);
    Certificate proved = with(network, rises, cut);
    assertAccepted(network, proved);
    assertAccepted(network, with(network, rises, cut(0.5, LEAF, LEAF)));
    assertRejected(
        network, with(network, rises, cut(-0.5, LEAF, LEAF)), Reason.DERIVATIVES_NOT_PROVED);
    Claim falls = new Claim.Monotone(List.of(new Trend(false, List.of(0), List.of(0))), box(-4, 4));
    assertRejected(network, with(network, falls, cut), Reason.DERIVATIVES_NOT_PROVED);
  }

  /** A leaf by itself is no proof, and leaves cannot but cover the box. */
  @Test
  void cutsAreWithinTheirIntervals() {
    Subject network = step().subject();
    Claim rises = new Claim.Monotone(List.of(new Trend(true, List.of(0), List.of(0))), box(-4, 4));
    for (double at : new double[] {-4, 4, 5, -Double.MAX_VALUE, -0x1p-1074 - 4}) {
      assertRejected(network, with(network, rises, cut(at, LEAF, LEAF)), Reason.MALFORMED);
    }
    assertRejected(
        network, with(network, rises, cut(0, LEAF, cut(0, LEAF, LEAF))), Reason.MALFORMED);
    assertRejected(
        network, with(network, rises, cut(0, cut(0, LEAF, LEAF), LEAF)), Reason.MALFORMED);
    BoxTree ofAnother = new BoxTree.Cut(BoxTree.Element.ofInput(1), 0, LEAF, LEAF);
    assertRejected(network, with(network, rises, ofAnother), Reason.MALFORMED);
  }

  @Test
  void treesHaveTheirText() throws Exception {
    Subject network = step().subject();
    Claim rises = new Claim.Monotone(List.of(new Trend(true, List.of(0), List.of(0))), box(-4, 4));
    Certificate proved = with(network, rises, cut(1, cut(0, LEAF, LEAF), LEAF));
    String text = CertificateText.write(proved);
    assertThat(text).contains("\"procedure\": \"rows\"", "\"0 0x1.0p0\",", "\"leaf\"");
    assertThat(CertificateText.read(text)).isEqualTo(proved);
    Certificate whole = with(network, rises, LEAF);
    assertThat(CertificateText.write(whole)).doesNotContain("boxes");
    assertThat(CertificateText.read(CertificateText.write(whole))).isEqualTo(whole);
    for (String altered :
        List.of(
            text.replace("    \"leaf\",\n", ""),
            text.replaceFirst("\"leaf\"", "\"leaf\",\n    \"leaf\""),
            text.replace("\"0 0x1.0p0\"", "\"0 1.0\""),
            text.replace("\"0 0x1.0p0\"", "\"0 NaN\""),
            text.replace("\"0 0x1.0p0\"", "\"-1 0x1.0p0\""),
            text.replace("\"0 0x1.0p0\"", "\"00 0x1.0p0\""),
            text.replace("\"0 0x1.0p0\"", "\"0  0x1.0p0\""),
            text.replace("\"0 0x1.0p0\"", "\"0\""),
            text.replace("\"leaf\"", "\"lead\""),
            CertificateText.write(whole)
                .replace("\"rows\"", "\"rows\",\n  \"boxes\": [\n    \"leaf\"\n  ]"),
            CertificateText.write(whole).replace("\"rows\"", "\"rows\",\n  \"boxes\": []"))) {
      assertThat(altered).isNotEqualTo(text);
      assertThatThrownBy(() -> CertificateText.read(altered)).isInstanceOf(FormatException.class);
    }
  }

  /** A text may be as deep and as long as it likes: it is refused before it takes a stack. */
  @Test
  void treesAreBounded() throws Exception {
    for (int depth : new int[] {200, 201, 100_000}) {
      String cut = depth % 2 == 0 ? "3 0 0x1.0p0" : "0 0x1.0p0";
      List<String> words = new ArrayList<>(Collections.nCopies(depth, cut));
      words.addAll(Collections.nCopies(depth + 1, depth % 2 == 0 ? "vertices" : "leaf"));
      if (depth > BoxTree.MAX_DEPTH) {
        assertThatThrownBy(() -> BoxTree.of(words))
            .isInstanceOf(FormatException.class)
            .hasMessageContaining("more than 200 times");
      } else {
        assertThat(BoxTree.of(words).words()).isEqualTo(words);
        assertThat(BoxTree.of(words).leaves()).isEqualTo(depth + 1);
      }
    }
    // The other part is cut again and again: as deep.
    for (int depth : new int[] {200, 201}) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < depth; i++) {
        words.addAll(List.of("0 0x1.0p0", "leaf"));
      }
      words.add("leaf");
      if (depth > BoxTree.MAX_DEPTH) {
        assertThatThrownBy(() -> BoxTree.of(words)).hasMessageContaining("more than 200 times");
      } else {
        assertThat(BoxTree.of(words).words()).isEqualTo(words);
      }
    }
    assertThatThrownBy(() -> BoxTree.of(List.of("0 0x1.0p0", "leaf")))
        .isInstanceOf(FormatException.class)
        .hasMessage("too few boxes");
    assertThatThrownBy(() -> BoxTree.of(List.of("leaf", "leaf")))
        .isInstanceOf(FormatException.class)
        .hasMessage("boxes after the last one");
    List<String> many = Collections.nCopies(2 * BoxTree.MAX_LEAVES, "leaf");
    assertThatThrownBy(() -> BoxTree.of(many))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("1000000 boxes");
  }

  @Test
  void aClaimHasItsOwnText() throws Exception {
    Subject network = network(0).subject();
    Certificate honest = monotone(network, box(-4, 4, 0.5, 1), RISING, FALLING);
    String text = CertificateText.write(honest);
    assertThat(text)
        .contains("\"network\": \"test.Network/monotone\"", "\"trends\": ", "\"lower\": ");
    assertThat(CertificateText.read(text)).isEqualTo(honest);
    assertThat(CertificateText.read(text).claim().kind()).isEqualTo(ClaimKind.MONOTONE);
    for (String altered :
        List.of(
            text.replace("/monotone", ""),
            text.replace("/monotone", "/local"),
            text.replace("/monotone", "/range"),
            text.replace("\"increasing\"", "\"rising\""),
            text.replace("\"inputs\": [0]", "\"inputs\": []"),
            text.replace("\"inputs\": [0]", "\"inputs\": [-1]"),
            text.replace("\"outputs\": [0, 1]", "\"outputs\": [1, 0]"),
            text.replace("\"outputs\": [0, 1]", "\"outputs\": [0, 0]"),
            text.replace("0x1.0p-1", "0x1.0p3"),
            text.replace("0x1.0p-1", "NaN"))) {
      assertThat(altered).isNotEqualTo(text);
      assertThatThrownBy(() -> CertificateText.read(altered)).isInstanceOf(FormatException.class);
    }
    assertThatThrownBy(() -> new Claim.Monotone(List.of(), ALL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNoTrendIsNamed() {
    String text = CertificateText.write(monotone(network(0).subject(), ALL, RISING, FALLING));
    assertFault(
        text.replace("\"increasing\"", "\"rising\""), "`trend` of a trend cannot be rising");
    assertFault(
        text.replace("\"trend\": ", "\"since\": 1, \"trend\": "), "a trend has an unknown member ");
    assertFault(
        text.replace("\"upper\": [", "\"upper\": [\"-0x1.0p9\", "), "cannot be a box whose ");
  }

  private static void assertFault(String text, String message) {
    assertThatThrownBy(() -> CertificateText.read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyMemberCounts() {
    Subject network = network(0).subject();
    Certificate honest = monotone(network, ALL, RISING, FALLING);
    assertRejected(network, honest.named("test.Other"), Reason.MALFORMED);
    for (Trend beyond :
        List.of(
            new Trend(true, List.of(2), List.of(0)),
            new Trend(true, List.of(0), List.of(2)),
            new Trend(true, List.of(0, Integer.MAX_VALUE), List.of(0)))) {
      assertRejected(network, monotone(network, ALL, beyond), Reason.WRONG_SHAPE);
    }
    assertRejected(network, monotone(network, box(-4, 4), RISING), Reason.WRONG_SHAPE);
    assertRejected(
        network, monotone(network, box(-4, Math.nextUp(4.0), 0, 1), RISING), Reason.MALFORMED);
    Claim claim = honest.claim();
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
                rows),
            new Proof(List.of(new Proof.Gain(1, 10, rows)), List.of(), List.of(), rows))) {
      assertRejected(network, with(network, claim, proof), Reason.MALFORMED);
    }
    Proof bare = new Proof(List.of(), List.of(), List.of(), rows);
    assertRejected(
        network,
        honest.on(
            new Grounds.GivenWeights(honest.tensors(), Grounds.Calls.BOUNDED, List.of(bare, bare))),
        Reason.MALFORMED);
  }

  /** Derivatives on a box prove nothing of claims that have none. */
  @Test
  void otherClaimsDoNotRestOnThem() {
    NetworkUnderTest net = network(0);
    net.witness = new PositivityWitness.Rows(LEAF);
    Subject global = net.subject();
    assertThat(CertificateChecker.check(global))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED));
    net.multipliers.clear();
    assertThat(CertificateChecker.check(net.subject()))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.detail()).contains("rows without a box"));
  }

  @Test
  void aClaimStandsForNoOther() {
    Subject network = network(0).subject();
    Subject claim = FurtherClaims.checked(network, monotone(network, ALL, RISING));
    assertThat(claim.certificate().claim().global()).isEmpty();
    assertThatThrownBy(() -> claim.certificate().lipschitz()).hasMessageContaining("of no bound");
    assertThatThrownBy(() -> claim.certificate().inequality())
        .hasMessageContaining("rests on no inequality");
    assertThat(RadiusClaim.of(network, List.of(claim)).bound())
        .isEqualTo(network.certificate().lipschitz());
    assertThat(ClaimKind.MONOTONE.standsAlone()).isFalse();
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.input(2);
    caller.callAsNamed(0, "test.Network", claim);
    caller.gain(1, 1);
    assertThat(CertificateChecker.check(caller.subject()))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.CALLEE_NOT_ACCEPTED));
  }

  /** The bound of a called network says nothing of signs; its units do. */
  @Test
  void calleesAreInlined() {
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.call(0, "demo.Inner", network(0).subject());
    outer.gain(1, 1);
    outer.bound = 2000;
    Subject network = outer.subject();
    Certificate bounded = monotone(network, ALL, RISING, FALLING);
    assertRejected(network, bounded, Reason.DERIVATIVES_NOT_PROVED);
    assertAccepted(network, inlined(bounded));
  }

  private static Certificate inlined(Certificate claim) {
    return claim.on(
        new Grounds.GivenWeights(claim.tensors(), Grounds.Calls.INLINED, claim.proofs()));
  }

  /** {@code y = steep x_0 + inner(x_0, x_1)}, by a scale and a call of the whole input. */
  private static NetworkUnderTest added(double steep, Subject inner) {
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.add(Unit.select(0, List.of(0, 0)));
    outer.add(Unit.scale(1, steep, 2));
    outer.call(0, "demo.Inner", inner);
    outer.add(Unit.sum(List.of(2, 3), 2));
    outer.gain(3, 4);
    outer.bound = 5000;
    return outer;
  }

  /** One double decides; the last layer of the callee falls, so the proof is not by its units. */
  @Test
  void whatIsAddedOutweighsACall() {
    Trend rising = new Trend(true, List.of(0), List.of(0, 1));
    Subject enough = added(1000, network(-0.5).subject()).subject();
    assertAccepted(enough, monotone(enough, ALL, rising));
    assertAccepted(enough, monotone(enough, box(0, 1, 2, 2), rising));
    Subject falling = added(-1000, network(-0.5).subject()).subject();
    assertAccepted(falling, monotone(falling, ALL, new Trend(false, List.of(0), List.of(0, 1))));
    for (double less : new double[] {Math.nextDown(1000f), 0, -1000}) {
      Subject wrong = added(less, network(-0.5).subject()).subject();
      assertRejected(wrong, monotone(wrong, ALL, rising), Reason.DERIVATIVES_NOT_PROVED);
    }
    for (Trend other :
        List.of(
            new Trend(true, List.of(1), List.of(0)),
            new Trend(true, List.of(0, 1), List.of(0)),
            new Trend(false, List.of(0), List.of(0)))) {
      assertRejected(enough, monotone(enough, ALL, other), Reason.DERIVATIVES_NOT_PROVED);
    }
    // A callee that claims less than is true of it is not accepted.
    NetworkUnderTest small = network(-0.5);
    small.bound = 0.5;
    Subject forged = added(0.5, small.subject()).subject();
    assertRejected(forged, monotone(forged, ALL, rising), Reason.CALLEE_NOT_ACCEPTED);
  }

  /** Where calls stay, what the units of a part give is not known; its inputs are. */
  @Test
  void besideCallsInputsAloneAreCut() {
    Trend rising = new Trend(true, List.of(0), List.of(0, 1));
    Subject network = added(1000, network(-0.5).subject()).subject();
    Claim claim = new Claim.Monotone(List.of(rising), ALL);
    BoxTree inputs = new BoxTree.Cut(BoxTree.Element.ofInput(0), 0, LEAF, LEAF);
    assertAccepted(network, with(network, claim, inputs));
    BoxTree units = new BoxTree.Cut(new BoxTree.Element(2, 0), 0, LEAF, LEAF);
    assertRejected(network, with(network, claim, units), Reason.MALFORMED);
  }

  /** A call of two inputs and two outputs has four slopes, each of which costs 16 products. */
  @Test
  void slopesOfCallsAreCounted() {
    Trend rising = new Trend(true, List.of(0), List.of(0, 1));
    List<Long> spent = new ArrayList<>();
    Subject outer = added(1000, network(-0.5).subject()).subject();
    Subject read =
        CertificateChecker.read(FurtherClaims.about(outer, monotone(outer, ALL, rising)));
    Rows.against(LocalUnits.of(read, ALL), List.of(rising), new BoxTree.Leaf(), spent::add);
    assertThat(spent).contains(16L * 2 * 2);
  }

  /** From linf to linf an element moves by no more than the bound either. */
  @Test
  void otherNormsOfACalleeAreAsGood() {
    NetworkUnderTest inner = network(-0.5);
    inner.norms = new Norms(Norm.LINF, Norm.LINF);
    inner.bound = 8;
    inner.witness = new PositivityWitness.ElementwiseProduct();
    inner.multipliers.clear();
    Trend rising = new Trend(true, List.of(0), List.of(0, 1));
    for (float steep : new float[] {8, Math.nextDown(8f)}) {
      NetworkUnderTest outer = added(steep, inner.subject());
      outer.bound = 100;
      Subject network = outer.subject();
      if (steep == 8) {
        assertAccepted(network, monotone(network, ALL, rising));
      } else {
        assertRejected(network, monotone(network, ALL, rising), Reason.DERIVATIVES_NOT_PROVED);
      }
    }
  }

  /** The weights of a callee may be any: then its units prove nothing, and its bound does. */
  @Test
  void calleesMayHaveFreeWeights() {
    NetworkUnderTest free = new NetworkUnderTest();
    free.construction = true;
    free.input(2);
    free.add(Unit.dense(0, 2, 3, "h.weight", Optional.of("h.bias")));
    free.activation(1, "relu");
    free.add(Unit.dense(2, 3, 2, "y.weight", Optional.of("y.bias")));
    free.bound = 3;
    Trend rising = new Trend(true, List.of(0), List.of(0, 1));
    Subject enough = added(3, free.subject()).subject();
    Certificate claim = monotone(enough, ALL, rising);
    assertAccepted(enough, claim);
    assertRejected(enough, inlined(claim), Reason.MISSING_TENSOR);
    Subject less = added(Math.nextDown(3f), free.subject()).subject();
    assertRejected(less, monotone(less, ALL, rising), Reason.DERIVATIVES_NOT_PROVED);
  }

  /** A network without weights of its own is entered, wherever it is called. */
  @Test
  void compositionsAreEntered() {
    Trend rising = new Trend(true, List.of(0), List.of(0, 1));
    for (float steep : new float[] {1000, Math.nextDown(1000f)}) {
      Subject sum = added(steep, network(-0.5).subject()).subject();
      NetworkUnderTest outer = new NetworkUnderTest();
      outer.input(2);
      outer.dense(0, new double[][] {{0.25, 0}, {0, 7}});
      outer.call(1, "demo.Sum", sum);
      outer.gain(2, 1);
      outer.bound = 1e6;
      Subject network = outer.subject();
      Certificate claim = monotone(network, ALL, rising);
      if (steep == 1000) {
        assertAccepted(network, claim);
      } else {
        assertRejected(network, claim, Reason.DERIVATIVES_NOT_PROVED);
      }
    }
  }

  /** {@code A x + C inner(B x)} has slopes {@code A_i -+ 1000 sum |C_k| sum_l |B_li|}. */
  @Test
  void slopesAroundACallAreThoseOfItsBound() {
    for (boolean enough : new boolean[] {true, false}) {
      float rise = 1000 * 4.5f * 3;
      float fall = -1000 * 4.5f * 0.75f;
      NetworkUnderTest outer = new NetworkUnderTest();
      outer.input(2);
      outer.dense(0, new double[][] {{2, 0.5}, {-1, 0.25}});
      outer.call(1, "demo.Inner", network(-0.5).subject());
      outer.dense(2, new double[][] {{-4, 0.5}});
      outer.dense(
          0,
          new double[][] {
            {enough ? rise : Math.nextDown(rise), enough ? fall : Math.nextUp(fall)}
          });
      outer.add(Unit.sum(List.of(3, 4), 1));
      outer.gain(2, 1);
      outer.bound = 1e6;
      Subject network = outer.subject();
      for (Trend trend :
          List.of(
              new Trend(true, List.of(0), List.of(0)), new Trend(false, List.of(1), List.of(0)))) {
        Certificate claim = monotone(network, ALL, trend);
        if (enough) {
          assertAccepted(network, claim);
        } else {
          assertRejected(network, claim, Reason.DERIVATIVES_NOT_PROVED);
        }
      }
    }
  }

  /** A longer group is not two pairs, though its neighbours are in order. */
  @Test
  void sortedGroupsHaveNoDerivatives() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 4);
    net.add(Unit.select(net.activation(0, "group_sort", 4), List.of(0)));
    net.bound = 1000;
    Subject network = net.subject();
    // The largest element rises with the third one as well.
    Unit.Box box = box(1, 2, 0, 0.5, 1, 2, 0, 0.5);
    assertRejected(
        network,
        monotone(network, box, new Trend(false, List.of(2), List.of(0))),
        Reason.MALFORMED);
  }
}
