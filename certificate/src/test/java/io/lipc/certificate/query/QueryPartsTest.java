package io.lipc.certificate.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.audit.Witness;
import io.lipc.certificate.BoxTree;
import io.lipc.certificate.BoxTree.Cut;
import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.BoxTree.Term;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.FormatException;
import io.lipc.queries.Query;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that no input satisfies, and false claims of that, before both checkers. */
final class QueryPartsTest {

  private static final BoxTree LEAF = new BoxTree.Leaf();
  private static final String[] BOX = {"(and (>= X_0 -1) (<= X_0 1) (>= X_1 -1) (<= X_1 2))"};

  /** {@code y_0 = relu(x_0 + x_1) - relu(x_0 + x_1 - 1)}, in [0, 1], and {@code y_1 = x_0}. */
  private static Subject network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(0, new double[][] {{1, 1}, {1, 1}, {1, 0}}, new double[] {0, -1, 2});
    net.activation(1, "relu");
    net.dense(2, new double[][] {{1, -1, 0}, {0, 0, 1}}, new double[] {0, -2});
    net.slope(2, 1, 1, 1);
    return net.subject();
  }

  private static Query query(String... assertions) {
    String[] all = new String[assertions.length + 1];
    all[0] = BOX[0];
    System.arraycopy(assertions, 0, all, 1, assertions.length);
    return Queries.of(2, 2, all);
  }

  private static void assertProved(Subject claim) {
    assertThat(CertificateChecker.check(claim)).isInstanceOf(Verdict.Accepted.class);
    assertThat(Witness.verdict(claim)).startsWith("ACCEPTED");
  }

  /** Neither checker accepts it. */
  private static void assertRefused(Subject claim, Reason reason) {
    assertThat(CertificateChecker.check(claim))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).as(rejected.detail()).isEqualTo(reason));
    // The audit does not decide what an output meets exactly.
    assertThat(Witness.verdict(claim)).containsPattern("^(REJECTED|NOT DECIDED)");
  }

  private static Element sum(int number) {
    return new Element(1, number);
  }

  /** The form of the query's only comparison of outputs: unit 5, behind the concatenation. */
  private static final Element FORM = new Element(5, 0);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(> Y_0 3.01)",
        "(<= Y_1 -1.01)",
        "(and (<= Y_1 0) (>= X_0 0.1))",
        "(or (> Y_0 4) (and (<= Y_0 -5) (<= Y_1 0)) (> X_1 2))",
        "(>= (- Y_1 X_0) 0.01)",
        "(!= (- Y_1 Y_1) 0)",
        "(== Y_0 7)"
      })
  void oneLeaf(String assertion) {
    assertProved(Queries.claimed(network(), query(assertion), LEAF));
  }

  @Test
  void aBoxBeyondDoubles() {
    Query wide = query("(<= (* 1e-300 X_0) 1e300)", "(>= (* 1e-300 X_0) -1e300)", "(> X_0 5)");
    assertProved(Queries.claimed(network(), wide, LEAF));
    Query beyond =
        Queries.of(
            2, 2, "(and (<= (* 1e-300 X_0) 1e300) (>= X_0 5) (>= X_1 -1) (<= X_1 2))", "(> X_1 5)");
    assertRefused(Queries.claimed(network(), beyond, LEAF), Reason.MALFORMED);
  }

  /** A part that ends at its first unit costs something too: all that is cut is copied. */
  @Test
  void partsAreCounted() {
    Subject claim = Queries.claimed(network(), query("(> X_0 5)"), LEAF);
    Subject read = CertificateChecker.read(claim);
    Query asked = query("(> X_0 5)");
    BoxTree tree = LEAF;
    for (int i = 0; i < 100; i++) {
      tree = new BoxTree.Cut(Element.ofInput(1), 0x1p-10 * i, tree, LEAF);
    }
    AtomicLong spent = new AtomicLong();
    QueryParts.check(read, asked, tree, spent::addAndGet);
    assertThat(spent).hasValueGreaterThan(200 * 4);
  }

  /** Each of these is true at an input. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(>= Y_0 1)",
        "(<= Y_0 0)",
        "(<= Y_1 -1)",
        "(or (> Y_0 4) (<= Y_1 -1) (> X_1 2))",
        "(and (>= Y_0 0.5) (<= Y_0 0.5))",
        "(>= (- Y_1 X_0) 0)",
        "(!= Y_0 7)",
        "(<= X_0 1)"
      })
  void whatAnInputSatisfiesIsNotProved(String assertion) {
    assertRefused(Queries.claimed(network(), query(assertion), LEAF), Reason.QUERY_NOT_PROVED);
  }

  /**
   * The units are the input, three layers, the concatenation and the forms. Where the second sum is
   * negative, {@code y_0} is the first one, which is the second one and 1: so the form less that is
   * 1.
   */
  @Test
  void cutsAtUnits() {
    BoxTree.Empty less = new BoxTree.Empty(List.of(new Term(sum(1), -1), new Term(FORM, 1)));
    Cut first = new Cut(sum(0), 0, LEAF, LEAF);
    Cut joint = new Cut(sum(0), 0, LEAF, new Cut(sum(1), 0, less, LEAF));
    assertRefused(
        Queries.claimed(network(), query("(> Y_0 1.01)"), first), Reason.QUERY_NOT_PROVED);
    assertProved(Queries.claimed(network(), query("(> Y_0 1.01)"), joint));
    assertRefused(
        Queries.claimed(network(), query("(>= Y_0 0.99)"), joint), Reason.QUERY_NOT_PROVED);
  }

  /** A form is cut by what is assumed of it, so a sum of values may have it. */
  @Test
  void sumsOfForms() {
    BoxTree.Empty form = new BoxTree.Empty(List.of(new Term(FORM, 1)));
    BoxTree.Empty opposite = new BoxTree.Empty(List.of(new Term(FORM, -1)));
    Query far = query("(> (- Y_0 Y_1) 3.5)");
    assertProved(Queries.claimed(network(), far, form));
    assertRefused(Queries.claimed(network(), far, opposite), Reason.QUERY_NOT_PROVED);
    assertRefused(
        Queries.claimed(network(), query("(> (- Y_0 Y_1) 0.5)"), form), Reason.QUERY_NOT_PROVED);
  }

  /**
   * Each of two comparisons by itself may be true: {@code y_0} is 3 at one corner only, where
   * {@code y_1} is 1, by its lines {@code y_0 <= 0.6 (x_0 + x_1) + 1.2}.
   */
  @Test
  void sumsOfTwoForms() {
    BoxTree.Empty both =
        new BoxTree.Empty(List.of(new Term(FORM, 5), new Term(new Element(5, 1), -3)));
    Query query = query("(> Y_0 2.5)", "(< Y_1 0)");
    assertProved(Queries.claimed(network(), query, both));
    assertRefused(Queries.claimed(network(), query, LEAF), Reason.QUERY_NOT_PROVED);
    assertRefused(
        Queries.claimed(network(), query("(> Y_0 2.3)", "(< Y_1 0)"), both),
        Reason.QUERY_NOT_PROVED);
  }

  /**
   * {@code y_0 = relu(x - x + 5)}: by ranges the argument is positive, so nothing bounds it
   * backward, in a leaf of whatever kind.
   */
  @Test
  void whatHasOneSlopeIsNotBoundedBackward() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(1);
    net.dense(0, new double[][] {{1}, {-1}});
    net.dense(1, new double[][] {{1, 1}}, new double[] {5});
    net.activation(2, "relu");
    net.slope(3, 1);
    Subject network = net.subject();
    Query query = Queries.of(1, 1, "(and (>= X_0 -1) (<= X_0 1) (>= Y_0 6))");
    assertProved(Queries.claimed(network, query, LEAF));
    BoxTree one = new BoxTree.Empty(List.of(new Term(new Element(1, 0), 1)));
    assertRefused(Queries.claimed(network, query, one), Reason.QUERY_NOT_PROVED);
    BoxTree form = new BoxTree.Empty(List.of(new Term(new Element(5, 0), 1)));
    assertProved(Queries.claimed(network, query, form));
  }

  /** Their matrix would be larger than the memory: 4,500 forms of 4,001 elements. */
  @Test
  void formsOfManyElements() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(4000);
    net.add(Unit.select(0, List.of(0)));
    StringBuilder formula = new StringBuilder("(and");
    for (int i = 0; i < 4000; i++) {
      formula.append(" (>= X_%d 0) (<= X_%d 1)".formatted(i, i));
    }
    String box = formula + ")";
    formula.append(" (or");
    for (int k = 2; k < 4502; k++) {
      formula.append(" (> (+ X_1 (* %d Y_0)) 5000)".formatted(k));
    }
    Subject network = net.subject();
    Subject many = Queries.claimed(network, Queries.of(4000, 1, formula + "))"), LEAF);
    assertRefused(many, Reason.TOO_LARGE);
    assertThat(CertificateChecker.check(many).toString()).contains("4500 forms of 4001 elements");
    assertProved(Queries.claimed(network, Queries.of(4000, 1, box, "(> Y_0 2)"), LEAF));
  }

  private static BoxTree lines(int unit, int number, double slope) {
    return new BoxTree.Lines(List.of(new Term(new Element(unit, number), slope)));
  }

  /**
   * {@code y_0 = relu(z_0) - relu(z_1)} with z_0 in [-2, 3] and {@code z_1 = z_0 - 1}: with the
   * slope s below the second relu, {@code y_0 <= 0.6 z_0 + 1.2 - s z_1}, at most 2.4 for 0.3 and
   * 1.8 for 0.6.
   */
  @ParameterizedTest
  @CsvSource({
    "2.9, 0.5, true",
    "2.41, 0.3, true",
    "2.39, 0.3, false",
    "1.81, 0.6, true",
    "1.79, 0.6, false",
    "2.99, 0, false",
    "2.9, 5, false",
    "2.9, -1, false"
  })
  void linesOfOtherSlopes(double bound, double slope, boolean isProved) {
    Query query = query("(> Y_0 %s)".formatted(bound));
    Subject claim = Queries.claimed(network(), query, lines(2, 1, slope));
    if (isProved) {
      assertRefused(Queries.claimed(network(), query, LEAF), Reason.QUERY_NOT_PROVED);
      assertProved(claim);
    } else {
      assertRefused(claim, Reason.QUERY_NOT_PROVED);
    }
  }

  /** Any slope is one of a line below; what says nothing does no harm. */
  @Test
  void linesBelowWhatIsStraightAnyway() {
    Query query = query("(> Y_0 3.01)");
    for (double slope : new double[] {0, 1, -7, 1e300, Double.MIN_VALUE, -0.0}) {
      assertProved(Queries.claimed(network(), query, lines(2, 2, slope)));
    }
  }

  @Test
  void linesElsewhere() {
    Query query = query("(> Y_0 3.01)");
    for (BoxTree elsewhere :
        List.of(lines(1, 0, 0.5), lines(2, 3, 0.5), lines(3, 0, 0.5), lines(9, 0, 0.5))) {
      assertRefused(Queries.claimed(network(), query, elsewhere), Reason.MALFORMED);
    }
    NetworkUnderTest smooth = new NetworkUnderTest();
    smooth.input(2);
    smooth.activation(0, "tanh");
    smooth.slope(1, 1, 1);
    Query small = Queries.of(2, 2, BOX[0], "(> Y_0 1.5)");
    assertProved(Queries.claimed(smooth.subject(), small, LEAF));
    assertRefused(Queries.claimed(smooth.subject(), small, lines(1, 0, 0.5)), Reason.MALFORMED);
    // Also where the region has no input.
    Query none = query("(>= X_0 1.5)");
    assertRefused(Queries.claimed(network(), none, lines(1, 0, 0.5)), Reason.MALFORMED);
    assertProved(Queries.claimed(network(), none, lines(2, 0, 0.5)));
  }

  /** Kinked functions beside relu, each with its own kinks. */
  @ParameterizedTest
  @CsvSource({"abs, 0.2", "leaky_relu, 0.5", "relu6, 0.1", "hard_tanh, 0.1"})
  void linesBelowOtherFunctions(String name, double slope) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(0, new double[][] {{1, 1}});
    int kinked =
        name.equals("leaky_relu") ? net.activation(1, name, 0.25) : net.activation(1, name);
    net.slope(kinked, 1);
    net.concat(0, kinked);
    net.dense(3, new double[][] {{1, 1, 4}});
    Subject network = net.subject();
    for (double bound = -9; bound < 9; bound += 0.37) {
      Query query = Queries.of(2, 1, BOX[0], "(< Y_0 %s)".formatted(bound));
      Subject claim = Queries.claimed(network, query, lines(kinked, 0, slope));
      boolean isAccepted = CertificateChecker.check(claim) instanceof Verdict.Accepted;
      assertThat(Witness.verdict(claim)).startsWith(isAccepted ? "ACCEPTED" : "REJECTED");
    }
  }

  /** Nothing is assumed of an alternative. */
  @Test
  void sumsOfAlternativesSayNothing() {
    BoxTree.Empty form = new BoxTree.Empty(List.of(new Term(FORM, 1)));
    assertRefused(
        Queries.claimed(network(), query("(or (> (- Y_0 Y_1) 3.5) (<= Y_1 -5))"), form),
        Reason.QUERY_NOT_PROVED);
  }

  /** {@code relu >= 0} has 0 for its least value. */
  @ParameterizedTest
  @CsvSource({"(< Y_0 0), true", "(<= Y_0 0), false", "(> Y_0 1), true", "(>= Y_0 1), false"})
  void strictComparisonsEndAtTheirBounds(String assertion, boolean isProved) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(0, new double[][] {{1, 0}});
    net.activation(1, "relu");
    net.slope(2, 1);
    Subject claim = Queries.claimed(net.subject(), Queries.of(2, 1, BOX[0], assertion), LEAF);
    if (isProved) {
      assertProved(claim);
    } else {
      assertRefused(claim, Reason.QUERY_NOT_PROVED);
    }
  }

  @Test
  void aBoxWithoutInputs() {
    assertProved(Queries.claimed(network(), query("(>= X_0 1.5)"), LEAF));
    assertProved(Queries.claimed(network(), query("(or (>= X_0 1.5) (<= X_1 -2))"), LEAF));
    assertRefused(
        Queries.claimed(network(), query("(or (>= X_0 1.5) (<= X_1 -1))"), LEAF),
        Reason.QUERY_NOT_PROVED);
  }

  /** A side that does not move puts one more unit behind the input. */
  @Test
  void sidesThatDoNotMove() {
    String[] side = {"(>= X_1 0.5)", "(<= X_1 0.5)"};
    Query still = query(side[0], side[1], "(> Y_0 1.51)");
    assertProved(Queries.claimed(network(), still, LEAF));
    assertProved(Queries.claimed(network(), still, new Cut(new Element(6, 0), 2, LEAF, LEAF)));
    assertRefused(
        Queries.claimed(network(), still, new Cut(new Element(7, 0), 2, LEAF, LEAF)),
        Reason.MALFORMED);
    assertRefused(
        Queries.claimed(network(), query(side[0], side[1], "(>= Y_0 1)"), LEAF),
        Reason.QUERY_NOT_PROVED);
  }

  /** The box of 0.1 is the two doubles around it. */
  @Test
  void endsThatAreNoDoubles() {
    Query still = query("(>= X_1 0.1)", "(<= X_1 0.1)", "(< (- Y_1 X_1) -1.2)");
    assertProved(Queries.claimed(network(), still, LEAF));
    Query reached = query("(>= X_1 0.1)", "(<= X_1 0.1)", "(<= (- Y_1 X_1) -1.1)");
    assertRefused(Queries.claimed(network(), reached, LEAF), Reason.QUERY_NOT_PROVED);
  }

  @Test
  void cutsAreWithin() {
    Query query = query("(> Y_0 3.01)");
    for (Cut outside :
        List.of(
            new Cut(Element.ofInput(0), 1, LEAF, LEAF),
            new Cut(Element.ofInput(2), 0, LEAF, LEAF),
            new Cut(FORM, 3.01, LEAF, LEAF),
            new Cut(FORM, 3, LEAF, LEAF),
            new Cut(new Element(5, 1), 0, LEAF, LEAF),
            new Cut(new Element(6, 0), 0, LEAF, LEAF))) {
      assertRefused(Queries.claimed(network(), query, outside), Reason.MALFORMED);
    }
    assertProved(Queries.claimed(network(), query, new Cut(FORM, 4, LEAF, LEAF)));
    assertRefused(Queries.claimed(network(), query, new BoxTree.Vertices()), Reason.MALFORMED);
  }

  @Test
  void queriesAboutSomethingElse() {
    String typed =
        """
        (vnnlib-version <2.0>)
        (declare-network N
          (declare-input X %s [1,%d])
          (declare-output Y real [%d])
        )
        (assert (and (>= X[0,0] -1) (<= X[0,0] 1) (>= X[0,1] -1) (<= X[0,1] 2)))
        (assert (> Y[0] 3.01))
        """;
    assertProved(Queries.claimed(network(), Queries.read(typed.formatted("real", 2, 2)), LEAF));
    assertRefused(
        Queries.claimed(network(), Queries.read(typed.formatted("real", 2, 3)), LEAF),
        Reason.WRONG_SHAPE);
    String floats = typed.replace("Y real", "Y float32");
    assertRefused(
        Queries.claimed(network(), Queries.read(floats.formatted("float32", 2, 2)), LEAF),
        Reason.MALFORMED);
    assertRefused(
        Queries.claimed(network(), Queries.of(2, 2, "(>= X_0 0)", "(> Y_0 9)"), LEAF),
        Reason.MALFORMED);
    String two =
        typed
            .formatted("real", 2, 2)
            .replace(
                "(assert (and",
                "(declare-network M (equal-to N) (declare-input U real [1,2]) (declare-output V real [2]))\n(assert (and (>= U[0,0] 0) (<= U[0,0] 1) (>= U[0,1] 0) (<= U[0,1] 1)");
    assertRefused(Queries.claimed(network(), Queries.read(two), LEAF), Reason.MALFORMED);
  }

  /** One input and one output: what else a query declares has no meaning here. */
  @Test
  void queriesAboutOtherTensors() {
    String typed =
        """
        (vnnlib-version <2.0>)
        (declare-network N
          (declare-input X real [2])
          %s(declare-output Y real [2])%s
        )
        (assert (and (>= X[0] -1) (<= X[0] 1) (>= X[1] -1) (<= X[1] 2)))
        %s(assert (> Y[0] 3.01))
        """;
    assertProved(Queries.claimed(network(), Queries.read(typed.formatted("", "", "")), LEAF));
    String hidden = typed.formatted("(declare-hidden H real [2] \"h\")\n  ", "", "");
    assertRefused(Queries.claimed(network(), Queries.read(hidden), LEAF), Reason.MALFORMED);
    String inputs =
        typed.formatted(
            "(declare-input U real [1])\n  ", "", "(assert (and (>= U[0] 0) (<= U[0] 1)))\n");
    assertRefused(Queries.claimed(network(), Queries.read(inputs), LEAF), Reason.MALFORMED);
    String outputs = typed.formatted("", "\n  (declare-output V real [1])", "");
    assertRefused(Queries.claimed(network(), Queries.read(outputs), LEAF), Reason.MALFORMED);
    String wide =
        typed
            .replace("X real [2]", "X real [3]")
            .formatted("", "", "(assert (and (>= X[2] 0) (<= X[2] 1)))\n");
    assertRefused(Queries.claimed(network(), Queries.read(wide), LEAF), Reason.WRONG_SHAPE);
  }

  @Test
  void otherGrounds() {
    Subject network = network();
    Query query = query("(> Y_0 3.01)");
    assertRefused(
        Queries.claimed(network, query, new Grounds.Enclosure(network.certificate().tensors())),
        Reason.MALFORMED);
    assertRefused(
        Queries.claimed(network, query, network.certificate().grounds()), Reason.MALFORMED);
  }

  /** Slopes are written in one way, and may be 0. */
  @Test
  void slopesHaveTheirText() throws FormatException {
    BoxTree two =
        new BoxTree.Lines(
            List.of(new Term(new Element(2, 0), 0), new Term(new Element(2, 1), 0.75)));
    Subject claim = Queries.claimed(network(), query("(> Y_0 3.01)"), two);
    String written = "lines 2 0 0x0.0p0 2 1 0x1.8p-1";
    String text = CertificateText.write(claim.certificate());
    assertThat(text).contains('"' + written + '"');
    assertThat(CertificateText.read(text)).isEqualTo(claim.certificate());
    for (String other :
        List.of(
            "lines",
            "lines ",
            "lines 2 0 0x0.0p0 ",
            "lines 2 0 0x0.0p0 2 0 0x0.0p0",
            "lines 2 1 0x0.0p0 2 0 0x0.0p0",
            "lines 0 0 0x0.0p0",
            "lines 2 0 0",
            "lines 2 0 0x1.8p9999",
            "lines 2 00 0x0.0p0",
            "linesx 2 0 0x0.0p0",
            "lines2 0 0x0.0p0")) {
      assertThatThrownBy(() -> CertificateText.read(text.replace(written, other)))
          .as(other)
          .isInstanceOf(FormatException.class);
    }
  }

  /** The text has the query, line by line, and no other reading. */
  @Test
  void texts() throws FormatException {
    Subject claim = Queries.claimed(network(), query("(> Y_0 3.01)"), LEAF);
    String text = CertificateText.write(claim.certificate());
    assertThat(CertificateText.read(text)).isEqualTo(claim.certificate());
    for (String[] change :
        new String[][] {
          {"(> Y_0 3.01)", "(>  Y_0 3.01)"},
          {"(> Y_0 3.01)", "(> Y_0 3.010)"},
          {"(> Y_0 3.01)", "(< 3.01 Y_0)"},
          {"(assert (> Y_0 3.01))", "(assert (and (> Y_0 3.01)))"},
          {"(assert (> Y_0 3.01))\"", "(assert (> Y_0 3.01)); so\""},
          {"(assert (> Y_0 3.01))\"", "(assert (> Y_0 3.01))\", \"\""},
          {"(vnnlib-version <1.0>)\",", "\",\n    \"(vnnlib-version <1.0>)\","},
          {"(> Y_0 3.01)", "(> Z_0 3.01)"},
          {"(> Y_0 3.01)", "(=> Y_0 3.01)"},
          {"  \"boxes\": [\n    \"leaf\"\n  ]", "  \"boxes\": []"},
          {"  \"method\"", "  \"lower\": 0x0p0,\n  \"method\""},
          {"/query", "/range"},
          {"/query", ""}
        }) {
      assertThat(text).contains(change[0]);
      assertThatThrownBy(() -> CertificateText.read(text.replace(change[0], change[1])))
          .as(change[1])
          .isInstanceOf(FormatException.class);
    }
  }
}
