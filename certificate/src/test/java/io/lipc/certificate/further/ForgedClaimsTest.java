package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Claims that differ in one place from what their network is, and the smallest true ones. */
final class ForgedClaimsTest {

  /** A network without tensors, so that no digest stands against a forgery. */
  private static Subject clamped(double upper) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, upper, 2);
    net.activation(0, "hard_tanh");
    net.slope(1, 1, 1);
    net.declared = 2;
    return net.subject();
  }

  private static Certificate range(
      Certificate about, ElementType type, double lower, double upper) {
    return new Certificate(
        about.network(),
        type,
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

  private static Optional<Reason> reason(Subject network, Certificate claim) {
    Subject subject =
        new Subject(claim, CertificateText.digest(claim), network.weights(), network.callees());
    return CertificateChecker.check(subject) instanceof Verdict.Rejected rejected
        ? Optional.of(rejected.reason())
        : Optional.empty();
  }

  /** An end may be reached; one step less is too little. */
  @Test
  void bothEndsAreClosed() {
    Subject network = clamped(1);
    Certificate about = network.certificate();
    Certificate exact = range(about, about.type(), -1, 1);
    assertThat(FurtherClaims.checked(network, exact).certificate()).isEqualTo(exact);
    Certificate low = range(about, about.type(), -1, Math.nextDown(1.0));
    assertRejected(network, low, Reason.RANGE_NOT_PROVED);
    Certificate high = range(about, about.type(), Math.nextUp(-1.0), 1);
    assertRejected(network, high, Reason.RANGE_NOT_PROVED);
  }

  @Test
  void aRangeOfASmallerBoxIsOfAnotherNetwork() {
    Certificate narrow = clamped(0.5).certificate();
    assertThat(reason(clamped(0.5), range(narrow, narrow.type(), -1, 0.5))).isEmpty();
    assertRejected(clamped(1), range(narrow, narrow.type(), -1, 0.5), Reason.MALFORMED);
  }

  @Test
  void aRangeInAnotherFormatIsOfAnotherNetwork() {
    Subject network = clamped(1);
    Certificate other = range(network.certificate(), ElementType.F32, -1, 1);
    assertThat(reason(network, other)).isEmpty();
    assertRejected(network, other, Reason.MALFORMED);
  }

  /** A construction has no weights, so none of its networks can be entered. */
  @Test
  void aRangeThroughFreeParametersIsNotEvaluated() {
    NetworkUnderTest inner = new NetworkUnderTest();
    inner.input(1);
    inner.add(Unit.dense(0, 1, 1, "w", Optional.empty()));
    inner.construction = true;
    Subject callee = inner.subject();
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(-1, 1, 1);
    outer.gain(outer.call(0, "demo.Inner", callee), 1);
    Subject network = outer.subject();
    assertThat(CertificateChecker.check(network)).isEqualTo(new Verdict.Accepted());
    Certificate claim = range(network.certificate(), network.certificate().type(), -9, 9);
    assertThat(reason(network, claim)).contains(Reason.MISSING_TENSOR);
  }

  private static Certificate pairs(List<Unit> units) {
    Proof proof =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return new Certificate(
        "test.Network",
        ElementType.F64,
        new Claim.Pairs(Norm.L2),
        "by hand",
        units,
        new Grounds.GivenWeights(
            List.of(), Grounds.Calls.BOUNDED, Collections.nCopies(units.getLast().size(), proof)));
  }

  /** Straight to the checker: nobody compares them with a network. */
  @Test
  void unitsThatAreNoPairsAreRejected() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    Subject network = net.subject();
    List<Unit> units = PairUnits.of(List.of(net.units.getFirst()), List.of(0.5));
    assertThat(PairUnits.network(units)).containsExactly(net.units.getFirst());
    assertThat(reason(network, pairs(units))).isEmpty();
    List<Unit> sum = new ArrayList<>(units);
    sum.set(3, Unit.scale(2, -0.5, 1));
    assertThat(reason(network, pairs(sum))).contains(Reason.MALFORMED);
    assertThatThrownBy(() -> PairUnits.network(sum))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("the last units are not those of pairs");
    for (int count = 1; count <= 5; count++) {
      List<Unit> few = new ArrayList<>(Collections.nCopies(count - 1, net.units.getFirst()));
      few.add(units.getLast());
      assertThatThrownBy(() -> PairUnits.network(few))
          .isInstanceOf(Rejection.class)
          .hasMessageContaining("no network before its pairs");
    }
  }

  @Test
  void pairsAreFoundAmongOtherClaims() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 2);
    Subject network = net.subject();
    Certificate about = network.certificate();
    Subject range = FurtherClaims.checked(network, range(about, about.type(), -1, 1));
    Subject pairs =
        FurtherClaims.checked(network, pairs(PairUnits.of(about.units(), List.of(0.5))));
    assertThat(PairBounds.among(network, List.of())).isEmpty();
    assertThat(PairBounds.among(network, List.of(range))).isEmpty();
    for (List<Subject> claims : List.of(List.of(range, pairs), List.of(pairs, range))) {
      assertThat(PairBounds.among(network, claims).orElseThrow().of(0, 1)).isBetween(1.41, 1.42);
    }
  }

  @Test
  void resourcesAndWords() {
    assertThat(Stream.of(ClaimKind.values()).map(kind -> kind.resource("a.Net")))
        .containsExactly(
            "META-INF/lipc/a.Net.json",
            "META-INF/lipc/a.Net-scaled.json",
            "META-INF/lipc/a.Net-pairs.json",
            "META-INF/lipc/a.Net-range.json",
            "META-INF/lipc/a.Net-query.json",
            "META-INF/lipc/a.Net-local.json",
            "META-INF/lipc/a.Net-monotone.json",
            "META-INF/lipc/a.Net-slopes.json");
  }

  private static void assertUnread(String text, String why) {
    assertThatThrownBy(() -> CertificateText.read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(why);
  }

  @Test
  void namesOfClaims() {
    Certificate about = clamped(1).certificate();
    String text = CertificateText.write(range(about, about.type(), -1, 1));
    assertUnread(
        text.replace("Network/range", "Network/a range"),
        "\"test.Network/a range\": no claim is called so");
    assertUnread(text.replace("test.Network/range", "/range"), "\"\"");
    assertUnread(text.replace("test.Network/range", "/"), "no claim is called so");
    assertUnread(text.replace("\"numeric\"", "\"structural\""), "gains");
  }

  @Test
  void aNetworkWithoutAnInputHasNone() {
    Certificate none = clamped(1).certificate().of(List.of(Unit.scale(0, 1, 1)));
    assertThatThrownBy(none::input).isInstanceOf(NoSuchElementException.class);
  }

  private static List<Long> spent(NetworkUnderTest net) {
    List<Long> spent = new ArrayList<>();
    OutputRanges.of(net.subject(), spent::add);
    return spent;
  }

  /** The products of full rows and of windows, and 1024 for each element that is read or given. */
  @Test
  void theWorkOfEachKindOfUnit() throws Exception {
    NetworkUnderTest dense = new NetworkUnderTest();
    dense.input(-1, 1, 3);
    dense.activation(dense.dense(0, new double[][] {{1, 2, 3}, {4, 5, 6}}), "relu");
    dense.concat(1, 2);
    assertThat(spent(dense)).containsExactly(3 * 1024L, 2 * 3L, 4 * 1024L, 8 * 1024L);
    Window window = Window.plain(List.of(2, 3), List.of(1, 1));
    Grid image = new Grid(4, 3, 4);
    NetworkUnderTest pools = new NetworkUnderTest();
    pools.input(-1, 1, 48);
    pools.add(new Unit.MaxPool(0, image, window));
    assertThat(spent(pools)).containsExactly(48 * 1024L, (48 + 16) * 1024L + 16 * 6);
    NetworkUnderTest means = new NetworkUnderTest();
    means.input(-1, 1, 48);
    means.add(Unit.averagePool(0, new AveragePool(image, window, 0.125)));
    assertThat(spent(means)).containsExactly(48 * 1024L, (48 + 16) * 1024L + 16 * 6);
    NetworkUnderTest filters = new NetworkUnderTest();
    filters.input(-1, 1, 48);
    filters.tensors.put("k", Tensor.of("k", filters.type, List.of(6, 2, 2, 3), new double[72]));
    filters.add(Unit.convolution(0, new Convolution(image, 6, window, 2, "k", Optional.empty())));
    assertThat(spent(filters)).containsExactly(48 * 1024L, (48 + 24) * 1024L + 24 * 6 * 2);
    NetworkUnderTest softened = new NetworkUnderTest();
    softened.input(-1, 1, 48);
    softened.activation(0, "softmax", 1);
    assertThat(spent(softened)).containsExactly(48 * 1024L, (48 + 48) * 1024L + 64 * 48 * 48);
    NetworkUnderTest sorted = new NetworkUnderTest();
    sorted.input(-1, 1, 48);
    sorted.activation(0, "maxmin");
    assertThat(spent(sorted)).containsExactly(48 * 1024L, (48 + 48) * 1024L);
    NetworkUnderTest centred = new NetworkUnderTest();
    centred.input(-1, 1, 48);
    centred.add(new Unit.Linear(List.of(0), new Centering(), 48));
    assertThat(spent(centred)).containsExactly(48 * 1024L, (48 + 48) * 1024L + 48 * 48);
  }

  /** Texts whose ranges would take half a minute. */
  @Test
  void whatComparesOrAddsAllElementsIsTooLarge() {
    NetworkUnderTest softened = new NetworkUnderTest();
    softened.input(-1, 1, 20_000);
    softened.activation(0, "softmax", 1);
    assertTooLarge(softened);
    NetworkUnderTest centred = new NetworkUnderTest();
    centred.input(-1, 1, 40_000);
    centred.add(new Unit.Linear(List.of(0), new Centering(), 40_000));
    assertTooLarge(centred);
  }

  private static void assertTooLarge(NetworkUnderTest net) {
    Certificate about = net.subject().certificate();
    Certificate range =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Range(-1, 2),
            "enclosure",
            about.units(),
            new Grounds.Enclosure(List.of()));
    assertThat(CertificateChecker.check(net.subject(range)))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  /** The ranges of an input are those of the box, or of one point: no unit gives them. */
  @Test
  void anInputHasNoRangesOfItsOwn() {
    Subject network = clamped(1);
    OutputRanges ranges = new OutputRanges(_ -> {});
    Unit input = network.certificate().input();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ranges.unit(network, input, List.of()))
        .withMessage("an input reads nothing");
  }

  @Test
  void aPoolGivesTheLargest() {
    NetworkUnderTest net = new NetworkUnderTest();
    List<Double> lower = List.of(-1.0, 0.0, -5.0, 2.0);
    net.add(new Unit.Input(4, Optional.of(new Unit.Box(lower, List.of(9.0, 0.5, -4.0, 3.0)))));
    net.add(new Unit.MaxPool(0, new Grid(1, 2, 2), Window.plain(List.of(2, 2), List.of(2, 2))));
    assertThat(OutputRanges.of(net.subject(), _ -> {})).containsExactly(new Range(2, 9));
  }
}
