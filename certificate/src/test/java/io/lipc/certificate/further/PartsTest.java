package io.lipc.certificate.further;

import static io.lipc.certificate.further.LocalClaims.assertAccepted;
import static io.lipc.certificate.further.LocalClaims.assertRejected;
import static io.lipc.certificate.further.MonotoneTest.LEAF;
import static io.lipc.certificate.further.MonotoneTest.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.audit.Witness;
import io.lipc.certificate.BoxTree;
import io.lipc.certificate.BoxTree.Cut;
import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.BoxTree.Term;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Claim.Trend;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Parts of a box that are cut at values of units, and those whose vertices are looked at. */
final class PartsTest {

  private static final BoxTree VERTICES = new BoxTree.Vertices();
  private static final Norms LINF = new Norms(Norm.LINF, Norm.LINF);

  private static Certificate bounded(Subject network, Norms norms, double bound, BoxTree boxes) {
    Claim.Lipschitz claim = new Claim.Lipschitz(norms, bound, 1000);
    return with(
        network, new Claim.Local(claim, network.certificate().input().box().orElseThrow()), boxes);
  }

  /** Neither checker accepts it. */
  private static void assertRefused(Subject network, Certificate forged, Reason reason) {
    assertRejected(network, forged, reason);
    assertThat(Witness.verdict(FurtherClaims.about(network, forged))).startsWith("REJECTED");
  }

  private static void assertProved(Subject network, Certificate claim) {
    assertAccepted(network, claim);
    assertThat(Witness.verdict(FurtherClaims.about(network, claim))).startsWith("ACCEPTED");
  }

  private static Element z(int number) {
    return new Element(1, number);
  }

  /**
   * With {@code z = (x_0 + x_1, x_0 - x_1)}, unit 1: the sum of {@code 2 relu(z_i) - |z_i|}, which
   * is {@code 2 x_0}. No cut of an input helps where a z_i is 0.
   */
  private static Subject sum() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 2);
    net.dense(0, new double[][] {{1, 1}, {1, -1}});
    net.activation(1, "relu");
    net.activation(1, "abs");
    net.concat(2, 3);
    net.dense(4, new double[][] {{2, 2, -1, -1}});
    net.bound = 1000;
    net.slope(2, 10, 10);
    net.slope(3, 10, 10);
    return net.subject();
  }

  private static final BoxTree SECOND = new Cut(z(1), 0, LEAF, LEAF);
  private static final BoxTree BOTH = new Cut(z(0), 0, SECOND, SECOND);

  /** The bound is that of the function, which ranges on the whole box are far above. */
  @Test
  void cutsAtKinksAreExact() {
    Subject network = sum();
    assertProved(network, bounded(network, LINF, 2 + 1e-9, BOTH));
    assertRefused(network, bounded(network, LINF, 2 - 1e-9, BOTH), Reason.DERIVATIVES_NOT_PROVED);
    assertRefused(network, bounded(network, LINF, 3, LEAF), Reason.DERIVATIVES_NOT_PROVED);
    // Either part of the first cut is cut at a wrong place, or not at all.
    for (BoxTree other : List.of(LEAF, new Cut(z(1), 1, LEAF, LEAF))) {
      for (BoxTree tree :
          List.of(new Cut(z(0), 0, SECOND, other), new Cut(z(0), 0, other, SECOND))) {
        assertRefused(network, bounded(network, LINF, 3, tree), Reason.DERIVATIVES_NOT_PROVED);
      }
    }
    Claim rises =
        new Claim.Monotone(
            List.of(new Trend(true, List.of(0), List.of(0))), LocalClaims.box(-4, 4, -4, 4));
    assertProved(network, with(network, rises, BOTH));
    Claim falls =
        new Claim.Monotone(
            List.of(new Trend(false, List.of(0), List.of(0))), LocalClaims.box(-4, 4, -4, 4));
    assertRefused(network, with(network, falls, BOTH), Reason.DERIVATIVES_NOT_PROVED);
  }

  /** Nothing is shown about what is not there, and cuts leave what can be cut. */
  @Test
  void cutsOfOthersAreRefused() {
    Subject network = sum();
    for (BoxTree boxes :
        List.of(
            new Cut(new Element(6, 0), 0, LEAF, LEAF),
            new Cut(new Element(999_999_999, 0), 0, LEAF, LEAF),
            new Cut(z(2), 0, LEAF, LEAF),
            new Cut(new Element(5, 1), 0, LEAF, LEAF),
            new Cut(z(0), 0, new Cut(z(0), 1, LEAF, LEAF), LEAF),
            new Cut(z(0), 0, LEAF, new Cut(z(0), -1, LEAF, LEAF)),
            new Cut(z(0), 0, LEAF, new Cut(z(0), 0, LEAF, LEAF)),
            new Cut(z(0), 0, new Cut(z(0), 0, LEAF, LEAF), LEAF))) {
      assertRefused(network, bounded(network, LINF, 1000, boxes), Reason.MALFORMED);
    }
  }

  /** Where no input leads there is nothing to prove; elsewhere there is. */
  @Test
  void partsWithoutInputsShowNothing() {
    Subject network = sum();
    for (BoxTree empty :
        List.of(
            new Cut(z(0), 9, BOTH, LEAF),
            new Cut(z(0), -9, LEAF, BOTH),
            new Cut(new Element(2, 0), -1, LEAF, BOTH),
            new Cut(new Element(5, 0), 0x1p60, BOTH, LEAF))) {
      assertProved(network, bounded(network, LINF, 2 + 1e-9, empty));
      assertRefused(
          network, bounded(network, LINF, 2 - 1e-9, empty), Reason.DERIVATIVES_NOT_PROVED);
    }
  }

  /** {@code (relu(x_0), relu(x_1))}: of length 1, where ranges know the root of 2. */
  private static Subject plane(int inputs) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, inputs);
    net.activation(0, "relu");
    net.bound = 1000;
    net.slope(1, new double[inputs]);
    return net.subject();
  }

  @Test
  void verticesHaveLengths() {
    Subject network = plane(2);
    assertProved(network, bounded(network, Norms.EUCLIDEAN, 1 + 1e-7, VERTICES));
    assertRefused(
        network,
        bounded(network, Norms.EUCLIDEAN, 1 - 1e-7, VERTICES),
        Reason.DERIVATIVES_NOT_PROVED);
    assertRefused(
        network, bounded(network, Norms.EUCLIDEAN, 1.4, LEAF), Reason.DERIVATIVES_NOT_PROVED);
    BoxTree cut = new Cut(Element.ofInput(0), 0, VERTICES, LEAF);
    assertRefused(
        network, bounded(network, Norms.EUCLIDEAN, 1.4, cut), Reason.DERIVATIVES_NOT_PROVED);
    assertProved(network, bounded(network, LINF, 1, VERTICES));
  }

  /** Each choice of ends takes time. */
  @Test
  void verticesAreFew() {
    Subject ten = plane(10);
    assertAccepted(ten, bounded(ten, Norms.EUCLIDEAN, 1 + 1e-7, VERTICES));
    Subject eleven = plane(11);
    assertRefused(eleven, bounded(eleven, LINF, 1000, VERTICES), Reason.MALFORMED);
    Subject sixty = plane(60);
    assertRefused(sixty, bounded(sixty, Norms.EUCLIDEAN, 1000, VERTICES), Reason.MALFORMED);
  }

  /**
   * The first two elements of {@code z = (x_0 + x_1, x_0 - x_1, x_0)} add up to twice the third.
   */
  private static Subject bound() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 2);
    net.dense(0, new double[][] {{1, 1}, {1, -1}, {1, 0}});
    net.activation(1, "relu");
    net.dense(2, new double[][] {{1, 1, 1}});
    net.bound = 1000;
    net.slope(2, 10, 10, 10);
    return net.subject();
  }

  private static BoxTree empty(Term... sum) {
    return new BoxTree.Empty(List.of(sum));
  }

  private static Term term(int number, double factor) {
    return new Term(z(number), factor);
  }

  /** The part where the first two are at least 1, and the third is at most a number. */
  private static BoxTree aboveOne(double third, BoxTree there) {
    BoxTree below = new Cut(z(2), third, there, LEAF);
    return new Cut(z(0), 1, LEAF, new Cut(z(1), 1, LEAF, below));
  }

  /** No range says that a part is empty, a sum does: 2 where the first and the last term are 0. */
  @Test
  void sumsShowPartsToBeEmpty() {
    Subject network = bound();
    BoxTree sum = empty(term(0, 1), term(1, 1), term(2, -2));
    assertProved(network, bounded(network, LINF, 5, aboveOne(0, sum)));
    assertProved(network, bounded(network, Norms.EUCLIDEAN, 5, aboveOne(1 - 0x1p-40, sum)));
    Certificate both = bounded(network, LINF, 2, aboveOne(0, sum));
    assertRefused(network, both, Reason.DERIVATIVES_NOT_PROVED);
    Claim rises =
        new Claim.Monotone(
            List.of(new Trend(true, List.of(0), List.of(0))), LocalClaims.box(-4, 4, -4, 4));
    assertProved(network, with(network, rises, aboveOne(0, sum)));
  }

  /** There is an input, or another sum does not show that there is none. */
  @Test
  void otherSumsShowNothing() {
    Subject network = bound();
    BoxTree sum = empty(term(0, 1), term(1, 1), term(2, -2));
    // The part is a point.
    assertRejected(
        network, bounded(network, LINF, 1000, aboveOne(1, sum)), Reason.DERIVATIVES_NOT_PROVED);
    for (BoxTree boxes :
        List.of(
            sum,
            aboveOne(1 + 0x1p-40, sum),
            aboveOne(0, empty(term(0, -1), term(1, -1), term(2, 2))),
            aboveOne(0, empty(term(0, 1), term(1, 1), term(2, 2))),
            aboveOne(0, empty(term(0, 1), term(1, 1))),
            aboveOne(0, empty(term(2, -2))),
            aboveOne(0, empty(term(0, 1), term(1, 0x1p-60), term(2, -1))),
            aboveOne(0, empty(term(0, 1), term(1, 1), term(2, -4.5))),
            aboveOne(0, empty(term(0, 0x1p1000), term(1, 0x1p1000), term(2, -0x1p900))),
            aboveOne(0, empty(term(0, Double.MAX_VALUE), term(2, -Double.MAX_VALUE))))) {
      assertRefused(network, bounded(network, LINF, 1000, boxes), Reason.DERIVATIVES_NOT_PROVED);
    }
  }

  @Test
  void sumsOfWhatIsNotThereAreRefused() {
    Subject network = bound();
    for (Element other :
        List.of(z(3), new Element(4, 0), new Element(3, 1), new Element(999_999_999, 0))) {
      BoxTree sum = empty(term(0, 1), term(1, 1), new Term(other, 1));
      assertRefused(network, bounded(network, LINF, 1000, aboveOne(0, sum)), Reason.MALFORMED);
    }
  }

  /** Sums may be as long as there are elements: a text of 15 kB is no reason to end otherwise. */
  @Test
  void longSumsAreRead() throws Exception {
    int size = 5000;
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, size);
    net.activation(0, "relu");
    net.bound = 1000;
    net.slope(1, new double[size]);
    Subject network = net.subject();
    List<Term> sum =
        IntStream.range(0, size).mapToObj(i -> new Term(new Element(1, i), 1)).toList();
    Certificate claim = bounded(network, LINF, 1000, new BoxTree.Empty(sum));
    assertThat(CertificateText.read(CertificateText.write(claim))).isEqualTo(claim);
    assertRejected(network, claim, Reason.TOO_LARGE);
  }

  /** A sum is written in one way. */
  @Test
  void sumsHaveTheirText() throws Exception {
    Subject network = bound();
    String written = "empty 1 0 0x1.0p0 1 1 0x1.0p0 1 2 -0x1.0p1";
    BoxTree sum = empty(term(0, 1), term(1, 1), term(2, -2));
    Certificate proved = bounded(network, LINF, 5, aboveOne(0, sum));
    String text = CertificateText.write(proved);
    assertThat(text).contains('"' + written + '"');
    assertThat(CertificateText.read(text)).isEqualTo(proved);
    for (String other :
        List.of(
            "empty",
            "empty ",
            "empty 1 0 0x1.0p0 ",
            "empty  1 0 0x1.0p0",
            "empty 1 0 0x1.0p0 1 1",
            "empty 0 0 0x1.0p0",
            "empty 1 0 0x0.0p0",
            "empty 1 0 -0x0.0p0",
            "empty 1 0 0x1.00p0",
            "empty 1 0 0x1.0p9999",
            "empty 1 00 0x1.0p0",
            "empty 01 0 0x1.0p0",
            "empty 1 0 0x1.0p0 1 0 0x1.0p0",
            "empty 1 1 0x1.0p0 1 0 0x1.0p0",
            "empty 2 0 0x1.0p0 1 1 0x1.0p0",
            "empty 1 0 1.0")) {
      String forged = text.replace(written, other);
      assertThatThrownBy(() -> CertificateText.read(forged))
          .as(other)
          .isInstanceOf(FormatException.class);
    }
    assertThatThrownBy(() -> empty()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> empty(term(1, 1), term(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> empty(new Term(Element.ofInput(0), 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A cut of an input has no other text than before. */
  @Test
  void partsHaveTheirText() throws Exception {
    Subject network = sum();
    Certificate proved = bounded(network, LINF, 5, new Cut(z(0), 0.5, VERTICES, LEAF));
    String text = CertificateText.write(proved);
    assertThat(text).contains("\"1 0 0x1.0p-1\",", "\"vertices\",", "\"leaf\"");
    assertThat(CertificateText.read(text)).isEqualTo(proved);
    Certificate whole = bounded(network, LINF, 5, VERTICES);
    assertThat(CertificateText.read(CertificateText.write(whole))).isEqualTo(whole);
    for (String cut : List.of("0 0 0x1.0p-1", "01 0 0x1.0p-1", "-1 0 0x1.0p-1", "1 0 0 0x1.0p-1")) {
      assertThatThrownBy(() -> CertificateText.read(text.replace("1 0 0x1.0p-1", cut)))
          .isInstanceOf(FormatException.class);
    }
    assertThatThrownBy(() -> CertificateText.read(text.replace("vertices", "vertex")))
        .isInstanceOf(FormatException.class);
  }
}
