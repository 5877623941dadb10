package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that no input satisfies, written by hand, and one fault in each. */
@Timeout(60)
final class QueryAuditTest {

  private static final long WORK = 1_000_000_000;

  /** {@code y_0 = relu(x_0)}, {@code y_1 = -relu(x_1)}. */
  private static final String UNITS =
      """
          {"operation": "input", "size": 2},
          {"operation": "activation", "operand": 0, "name": "relu", "parameters": [], "size": 2},
          {"operation": "affine", "operand": 1, "scale": ["0x1.0p0", "-0x1.0p0"], "shift": ["0x0.0p0", "0x0.0p0"], "size": 2}
      """
          .stripTrailing();

  private static final String FLAT =
      """
      (vnnlib-version <1.0>)
      (declare-const X_0 Real)
      (declare-const X_1 Real)
      (declare-const Y_0 Real)
      (declare-const Y_1 Real)
      """;

  private static final String TYPED =
      """
      (vnnlib-version <2.0>)
      (declare-network f
        (declare-input x real [1,2])
        (declare-output y real [2])
      )
      """;

  /** Each input is in [-1, 1]. */
  private static final String BOX =
      """
      (assert (>= X_0 -1))
      (assert (<= X_0 1))
      (assert (>= X_1 -1))
      (assert (<= X_1 1))
      """;

  private static final String NEVER = "(assert (or (< Y_0 0) (> Y_1 0)))\n";

  private static final String CLAIM = claim(FLAT + BOX + NEVER, "leaf");

  private static String claim(String query, String... boxes) {
    return """
    {
      "format": "lipc-certificate-1",
      "network": "test.Network/query",
      "kind": "numeric",
      "type": "f64",
      "query": [
    %s
      ],
      "method": "by hand",
      "units": [
    %s
      ],
      "tensors": [],
      "procedure": "enclosure",
      "boxes": [
    %s
      ]
    }
    """
        .formatted(list(query.lines().toList()), UNITS, list(List.of(boxes)));
  }

  private static String list(List<String> texts) {
    return texts.stream().map(text -> "    \"" + text + '"').collect(Collectors.joining(",\n"));
  }

  private static String verdict(String text) {
    return Witness.audit(List.of(text), List.of(new byte[0]), WORK).getLast();
  }

  /** The verdict about the claim with these assertions about inputs that are in [-1, 1]. */
  private static String asserting(String assertions, String... boxes) {
    return verdict(claim(FLAT + BOX + assertions, boxes.length == 0 ? leaf() : boxes));
  }

  private static String[] leaf() {
    return new String[] {"leaf"};
  }

  private static String changed(String text, String from, String to) {
    assertThat(text).contains(from);
    return text.replace(from, to);
  }

  private static void assertRejected(String text, String reason) {
    assertThat(verdict(text)).startsWith("REJECTED").contains(reason);
  }

  /** The report about a certificate and the text of a query, which {@code --query} names. */
  @SuppressWarnings("unchecked")
  private static List<String> asked(String certificate, String query) {
    try {
      return (List<String>)
          Class.forName("Audit")
              .getMethod("audit", List.class, List.class, List.class, long.class)
              .invoke(null, List.of(certificate), List.of(new byte[0]), List.of(query), WORK);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the audit failed", e);
    }
  }

  @Test
  void theReportSaysWhatIsClaimed() {
    List<String> report = Witness.audit(List.of(CLAIM), List.of(new byte[0]), WORK);
    assertThat(report.getLast())
        .isEqualTo("ACCEPTED: no input makes the query true, for test.Network over the reals");
    assertThat(report.getFirst()).contains(" claims: no input makes the query true");
    assertThat(report)
        .contains("    (assert (or (< Y_0 0) (> Y_1 0)))", "    (declare-const X_0 Real)")
        .contains("  no input makes the query true, on each of 1 parts of the box");
  }

  @Test
  void linesAreAtLeastOne() {
    assertRejected(claim(FLAT + BOX + NEVER, "lines"), "lines that are not written so");
  }

  /** What lipc refuses is no text of a query here either. */
  @Test
  void readersHaveTheSameLimits() {
    assertRejected(changed(CLAIM, "(< Y_0 0)", "(< Y_0 -2e308)"), "a number beyond doubles");
    String scalar = TYPED.replace("y real [2]", "y real []").replace("x real [1,2]", "x real []");
    String box = "(assert (and (>= x -1) (<= x 1)))\n";
    assertRejected(claim(scalar + box + "(assert (< y[] 0))\n", "leaf"), "no number");
    String deep = TYPED.replace("[1,2]", "[" + "1,".repeat(32) + "2]");
    assertRejected(
        claim(deep + BOX + NEVER, "leaf"), "a tensor without elements, or with too many");
  }

  /** A query in many lines is counted. */
  @Test
  void longQueriesAreNotRepeated() {
    String many = "(assert (< Y_0 0))\n".repeat(40);
    List<String> report =
        Witness.audit(List.of(claim(FLAT + BOX + many, "leaf")), List.of(new byte[0]), WORK);
    assertThat(report.getLast()).startsWith("ACCEPTED");
    assertThat(report).contains("  the query has 49 lines").noneMatch(line -> line.contains("(<"));
  }

  /**
   * {@code 3 (x + (1 - x))} is in [0, 6] by ranges and in [3, 3] by lines, so relu has one slope
   * there. lipc rounds the end of the range to below 0, and then asks for lines.
   */
  @Test
  void whatMayHaveTwoSlopesForLipcIsBoundedBackward() {
    String text =
        """
        {
          "format": "lipc-certificate-1",
          "network": "test.Network/query",
          "kind": "numeric",
          "type": "f64",
          "query": [
            "(vnnlib-version <1.0>)",
            "(declare-const X_0 Real)",
            "(declare-const Y_0 Real)",
            "(assert (>= X_0 0))",
            "(assert (<= X_0 1))",
            "(assert (>= Y_0 4))"
          ],
          "method": "by hand",
          "units": [
            {"operation": "input", "size": 1},
            {"operation": "affine", "operand": 0, "scale": ["-0x1.0p0"], "shift": ["0x1.0p0"], "size": 1},
            {"operation": "sum", "operands": [0, 1], "size": 1},
            {"operation": "scale", "operand": 2, "factor": "0x1.8p1", "size": 1},
            {"operation": "activation", "operand": 3, "name": "relu", "parameters": [], "size": 1},
            {"operation": "select", "operand": 4, "indices": [0, 0, 0, 0]},
            {"operation": "max_pool", "operand": 5, "input": [1, 2, 2], "kernel": [2, 2], "stride": [1, 1]}
          ],
          "tensors": [],
          "procedure": "enclosure",
          "boxes": [
            "leaf"
          ]
        }
        """;
    assertThat(verdict(text)).startsWith("ACCEPTED");
    assertThat(verdict(changed(text, "Y_0 4", "Y_0 3"))).doesNotStartWith("ACCEPTED");
  }

  /** Outputs reach 0, and so a comparison that holds there is not refuted. */
  @Test
  void strictnessCounts() {
    assertThat(asserting("(assert (< Y_0 0))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (<= Y_0 0))")).startsWith("NOT DECIDED").contains("30 digits");
    assertThat(asserting("(assert (> Y_1 0))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (>= Y_1 0))")).startsWith("NOT DECIDED");
    assertThat(asserting("(assert (<= Y_0 -0.001))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (<= Y_0 0.001))")).startsWith("REJECTED: a part with inputs");
    assertThat(asserting("(assert (> Y_0 1))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (> Y_0 0.999))")).startsWith("REJECTED: a part with inputs");
    // What is asked about inputs alone is exact.
    assertThat(asserting("(assert (or (> X_0 1) (< X_1 -1)))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (or (>= X_0 1) (< X_1 -1)))")).startsWith("REJECTED");
  }

  @Test
  void equalAndUnequal() {
    assertThat(asserting("(assert (== Y_0 1.5))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (== Y_0 -0.5))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (== Y_0 0.5))")).startsWith("REJECTED");
    assertThat(asserting("(assert (or (== Y_0 0.5) (== Y_1 3)))")).startsWith("REJECTED");
    assertThat(asserting("(assert (!= Y_0 0))")).startsWith("REJECTED");
    String off = FLAT + changed(BOX, "(<= X_0 1)", "(<= X_0 0)");
    assertThat(verdict(claim(off + "(assert (!= Y_0 0))\n", "leaf"))).startsWith("ACCEPTED");
    assertThat(verdict(claim(off + "(assert (!= Y_0 1))\n", "leaf"))).startsWith("REJECTED");
    assertThat(verdict(claim(off + "(assert (== Y_0 0))\n", "leaf"))).startsWith("NOT DECIDED");
  }

  /** A conjunction needs one member, a disjunction all of them, at each depth. */
  @Test
  void connectives() {
    String never = "(< Y_0 0)";
    String some = "(> Y_0 0.5)";
    assertThat(asserting("(assert (or " + never + " " + some + "))")).startsWith("REJECTED");
    assertThat(asserting("(assert " + never + ")\n(assert " + some + ")")).startsWith("ACCEPTED");
    String both = "(and " + some + " " + never + ")";
    assertThat(asserting("(assert (or " + both + " " + never + "))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (or " + both + " " + some + "))")).startsWith("REJECTED");
    String any = "(or " + some + " " + never + ")";
    assertThat(asserting("(assert (or (and " + any + " " + never + ") " + never + "))"))
        .startsWith("ACCEPTED");
    assertThat(asserting("(assert (or (and " + any + " " + some + ") " + never + "))"))
        .startsWith("REJECTED");
  }

  /** The three faults that another reader had: NNV, issue 319. */
  @Test
  void boundsOfOneMemberOfAnOrAreNotThoseOfTheOthers() {
    String one = "(and (>= X_0 0) (<= X_0 1) (>= Y_0 5))";
    String other = "(and (>= X_0 -1) (<= X_0 2) (>= Y_0 1.5))";
    String second = "(assert (>= X_1 0))\n(assert (<= X_1 1))\n";
    String or = FLAT + second + "(assert (or " + one + " " + other + "))\n";
    assertThat(verdict(claim(or, "leaf"))).startsWith("REJECTED: a part with inputs");
    assertThat(verdict(claim(changed(or, "Y_0 1.5", "Y_0 2.001"), "leaf"))).startsWith("ACCEPTED");
    String turned = FLAT + second + "(assert (or " + other + " " + one + "))\n";
    assertThat(verdict(claim(turned, "leaf"))).startsWith("REJECTED: a part with inputs");
    String open = changed(or, "(<= X_0 2) ", "");
    assertRejected(claim(open, "leaf"), "input 0 has no lower or no upper end");
    // In the second part the first member is refuted by what it says of the input.
    String cut = changed(or, "Y_0 1.5", "Y_0 1.001");
    assertThat(verdict(claim(cut, "0 0x1.0p0", "leaf", "leaf"))).startsWith("REJECTED");
    String half = changed(changed(or, "(<= X_0 2)", "(<= X_0 1.5)"), "Y_0 1.5", "Y_0 1.501");
    assertThat(verdict(claim(changed(half, "Y_0 5", "Y_0 1.001"), "0 0x1.0p0", "leaf", "leaf")))
        .startsWith("REJECTED");
    assertThat(verdict(claim(changed(half, "Y_0 5", "Y_0 1.001"), "0 0x1.002p0", "leaf", "leaf")))
        .startsWith("ACCEPTED");
    // Strict bounds end where the others do.
    String strict = changed(FLAT + BOX, "(<= X_0 1)", "(< X_0 1)");
    assertThat(verdict(claim(strict + "(assert (>= Y_0 1.001))\n", "leaf"))).startsWith("ACCEPTED");
    assertThat(verdict(claim(strict + "(assert (>= Y_0 0.999))\n", "leaf"))).startsWith("REJECTED");
    // A member before the `or` counts.
    assertThat(asserting("(assert (< Y_0 0))\n(assert (or (> X_0 0) (> X_1 0)))"))
        .startsWith("ACCEPTED");
  }

  @Test
  void intervalsInTheWrongOrder() {
    String turned = changed(changed(FLAT + BOX, "X_0 -1", "X_0 2"), "X_0 1", "X_0 -2");
    assertThat(verdict(claim(turned + "(assert (>= Y_0 0))\n", "leaf"))).startsWith("ACCEPTED");
    assertThat(verdict(claim(turned, "leaf"))).startsWith("ACCEPTED");
    assertRejected(claim(turned, "0 0x0.0p0", "leaf", "leaf"), "not within its interval");
    // Both ends together are an interval, so no unit fixes the input.
    assertThat(verdict(claim(turned + NEVER, "4 1 0x0.0p0", "leaf", "leaf")))
        .startsWith("ACCEPTED");
    assertRejected(claim(turned + NEVER, "5 1 0x0.0p0", "leaf", "leaf"), "not there");
    // Between these two there is no double.
    String near = changed(FLAT + BOX, "X_0 -1", "X_0 0.50000000000000000002");
    near = changed(near, "X_0 1", "X_0 0.50000000000000000001");
    assertThat(verdict(claim(near + "(assert (>= Y_0 0.6))\n", "leaf"))).startsWith("ACCEPTED");
    assertThat(verdict(claim(near + "(assert (>= Y_0 0.5))\n", "leaf"))).startsWith("REJECTED");
    assertThat(verdict(claim(near + "(assert (<= X_0 0.3))\n", "leaf"))).startsWith("ACCEPTED");
    // Members of an `or` that no input satisfies have a hull, on which all of them are refuted.
    String or = "(assert (or (and (>= X_0 1) (<= X_0 0)) (and (>= X_0 3) (<= X_0 2))))\n";
    String second = FLAT + "(assert (>= X_1 0))\n(assert (<= X_1 0))\n";
    assertThat(verdict(claim(second + or, "leaf"))).startsWith("ACCEPTED");
    assertThat(verdict(claim(second + or, "0 0x1.8p0", "leaf", "leaf"))).startsWith("ACCEPTED");
    assertRejected(claim(second + or, "0 0x1.0p0", "leaf", "leaf"), "not within its interval");
  }

  /** An end that is no double is rounded outward, and one that is stays. */
  @Test
  void endsAreRoundedOutward() {
    String tenth = changed(FLAT + BOX, "(<= X_0 1)", "(<= X_0 0.1)");
    assertThat(verdict(claim(tenth + "(assert (> X_0 0.1))\n", "leaf"))).startsWith("REJECTED");
    String above = "(assert (> X_0 0.1000000000000000055511151231257827021181583404541015625))\n";
    assertThat(verdict(claim(tenth + above, "leaf"))).startsWith("ACCEPTED");
    assertThat(verdict(claim(tenth + changed(above, "5625))", "5624))"), "leaf")))
        .startsWith("REJECTED");
    String third = changed(FLAT + BOX, "(<= X_0 1)", "(<= (* 3 X_0) 1)");
    assertThat(verdict(claim(third + "(assert (> (* 3 X_0) 1.0000000000000003))\n", "leaf")))
        .startsWith("ACCEPTED");
    assertThat(verdict(claim(third + "(assert (> (* 3 X_0) 1))\n", "leaf"))).startsWith("REJECTED");
    assertThat(verdict(claim(third + "(assert (> (* -6 X_0) 6))\n", "leaf")))
        .startsWith("ACCEPTED");
    assertThat(verdict(claim(third + "(assert (>= (* -6 X_0) 6))\n", "leaf")))
        .startsWith("REJECTED");
    String huge = changed(FLAT + BOX, "(<= X_0 1)", "(<= (* 0.001 X_0) 1e306)");
    assertRejected(claim(huge + NEVER, "leaf"), "input 0 has an end beyond doubles");
    String tiny = changed(FLAT + BOX, "X_0 1)", "X_0 1e-401)");
    assertThat(verdict(claim(tiny + "(assert (> Y_0 0.1))\n", "leaf"))).startsWith("ACCEPTED");
    assertThat(verdict(claim(tiny + "(assert (> Y_0 0))\n", "leaf"))).doesNotStartWith("ACCEPTED");
  }

  /** Forms that are multiples of each other are one row, the others are rows in their order. */
  @Test
  void rowsAreNamedOnce() {
    String forms =
        """
        (assert (or (< Y_0 0) (> (* -0.5 Y_0) 0)))
        (assert (or (< (+ Y_0 (* -3 Y_1)) 0) (< (+ (* 0.25 Y_0) (* -0.75 Y_1)) 0)))
        """;
    // Units 0 to 2, the input beside the output, the rows.
    for (String there : List.of("2 1", "3 0", "3 3", "4 0", "4 1")) {
      assertThat(asserting(forms, there + " -0x1.0p-9", "leaf", "leaf"))
          .as(there)
          .startsWith("ACCEPTED");
    }
    for (String other : List.of("2 2", "3 4", "4 2", "5 0")) {
      assertThat(asserting(forms, other + " -0x1.0p-9", "leaf", "leaf"))
          .as(other)
          .startsWith("REJECTED: a cut of an element that is not there");
    }
    // Without rows there are no further units.
    String inputs = "(assert (or (> X_0 1) (> X_1 1)))";
    assertThat(asserting(inputs, "3 0 0x0.0p0", "leaf", "leaf"))
        .startsWith("REJECTED: a cut of an element that is not there");
    assertThat(asserting(inputs, "2 0 0x1.0p-1", "leaf", "leaf")).startsWith("ACCEPTED");
  }

  /** An input that does not move is fixed by a unit, which all others come behind. */
  @Test
  void aSideThatDoesNotMove() {
    String fixed = FLAT + changed(changed(BOX, "X_0 -1", "X_0 0.5"), "X_0 1", "X_0 0.5");
    String row = "(assert (!= (+ X_0 Y_0) 1))\n";
    assertThat(verdict(claim(fixed + row, "leaf"))).startsWith("ACCEPTED");
    assertThat(verdict(claim(fixed + changed(row, "X_0", "X_1"), "leaf"))).startsWith("REJECTED");
    assertRejected(claim(fixed + row, "6 0 0x1.0p0", "leaf", "leaf"), "not there");
    String cut = fixed + "(assert (< (+ X_0 Y_0) 1))\n";
    assertThat(verdict(claim(cut, "5 0 0x1.0p-1", "leaf", "leaf"))).startsWith("ACCEPTED");
    String equal = FLAT + BOX + "(assert (== X_0 0.5))\n";
    assertThat(verdict(claim(equal + row, "leaf"))).startsWith("ACCEPTED");
    assertRejected(claim(equal + row, "0 0x0.0p0", "leaf", "leaf"), "within its interval");
  }

  /** {@code relu(x) - x} is not negative, which parts show, and lines too. */
  @Test
  void inputsBesideOutputs() {
    String below = "(assert (< (+ (* -1 X_0) Y_0) 0))";
    assertThat(asserting(below, "0 0x0.0p0", "leaf", "leaf")).startsWith("ACCEPTED");
    assertThat(asserting(changed(below, "-1 X_0", "-1 X_1"), "0 0x0.0p0", "leaf", "leaf"))
        .startsWith("REJECTED");
    assertThat(asserting(changed(below, " 0))", " 0.01))"), "0 0x0.0p0", "leaf", "leaf"))
        .startsWith("REJECTED");
    assertThat(asserting("(assert (> (+ X_0 X_1) 2))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (> (+ X_0 X_1) 1.999))")).startsWith("REJECTED");
  }

  /** Members of the conjunction hold of each part: what they leave of a row may be nothing. */
  @Test
  void whatIsAssertedIsAssumed() {
    assertThat(asserting("(assert (>= Y_0 0.75))\n(assert (<= (* 2 Y_0) 1))"))
        .startsWith("ACCEPTED");
    assertThat(asserting("(assert (>= Y_0 0.75))\n(assert (<= (* -2 Y_0) 1))"))
        .startsWith("REJECTED");
    assertThat(asserting("(assert (or (>= Y_0 0.75) (>= Y_0 0.8)))\n(assert (<= Y_0 0.5))"))
        .startsWith("ACCEPTED");
    assertThat(asserting("(assert (or (>= Y_0 0.75) (<= Y_1 0)))\n(assert (<= Y_0 0.5))"))
        .startsWith("REJECTED");
    // Neither member of an `or` is assumed: a sum shows nothing where both are possible.
    String both = "(assert (or (>= (+ X_0 X_1) 1.5) (<= (+ X_0 X_1) -1.5)))";
    assertThat(asserting(both, "empty 4 0 0x1.0p0")).startsWith("REJECTED: a part that may have");
    assertThat(asserting(both + "\n(assert (== (+ X_0 X_1) 0))")).startsWith("ACCEPTED");
  }

  /**
   * The network is {@code y = relu(x)}: the whole formula is an {@code or}, of which one member
   * holds.
   */
  @Test
  void anOrIsNotAssumed() {
    String text =
        """
        (vnnlib-version <1.0>)
        (declare-const X_0 Real)
        (declare-const Y_0 Real)
        (assert (or (== X_0 0.5) (== X_0 -0.5)))
        """;
    String or =
        claim(text, "leaf")
            .replace("\"size\": 2", "\"size\": 1")
            .replace("[\"0x1.0p0\", \"-0x1.0p0\"]", "[\"0x1.0p0\"]")
            .replace("[\"0x0.0p0\", \"0x0.0p0\"]", "[\"0x0.0p0\"]");
    assertRejected(or, "a part with inputs");
    assertThat(verdict(changed(or, "(or (== X_0 0.5)", "(and (== X_0 0.5)")))
        .contains("written so");
    String both =
        changed(
            or,
            "(or (== X_0 0.5) (== X_0 -0.5)))",
            "(== X_0 0.5))\",\n    \"(assert (== X_0 -0.5))");
    assertThat(verdict(both)).startsWith("ACCEPTED");
  }

  /** {@code x_0 + x_1 >= 1.5}, {@code x_0 - x_1 >= 1}: the sum of both says {@code x_0 >= 1.25}. */
  @Test
  void partsThatAreEmpty() {
    String sums = "(assert (>= (+ X_0 X_1) 1.5))\n(assert (>= (+ X_0 (* -1 X_1)) 1))";
    assertThat(asserting(sums)).startsWith("REJECTED: a part with inputs");
    assertThat(asserting(sums, "empty 4 0 0x1.0p0 4 1 0x1.0p0")).startsWith("ACCEPTED");
    assertThat(asserting(sums, "empty 3 2 0x1.0p0 4 0 0x1.0p0 4 1 0x1.0p0"))
        .startsWith("REJECTED: a part that may have an input");
    for (String other :
        List.of(
            "empty 4 0 -0x1.0p0 4 1 -0x1.0p0",
            "empty 4 0 0x1.0p0 4 1 -0x1.0p0",
            "empty 4 0 0x1.0p0 4 1 0x1.0p-3",
            "empty 4 1 0x1.0p0")) {
      assertThat(asserting(sums, other)).as(other).startsWith("REJECTED: a part that may have");
    }
    for (String other :
        List.of("empty 4 2 0x1.0p0", "empty 5 0 0x1.0p0", "empty 0 0 0x1.0p0", "empty")) {
      assertThat(asserting(sums, other)).as(other).startsWith("REJECTED: a sum ");
    }
    String fewer = changed(sums, " 1.5))", " 0.5))");
    assertThat(asserting(fewer, "empty 4 0 0x1.0p0 4 1 0x1.0p0")).startsWith("REJECTED");
  }

  /**
   * {@code x_0 - y_0} is 0, as lines know; a cut that leaves it no 0 has a part without an input.
   */
  @Test
  void whatCutsLeaveOfARowMayBeNothing() {
    String positive = FLAT + changed(BOX, "X_0 -1", "X_0 0");
    String or = "(assert (or (> (+ X_1 Y_1) 0) (> (+ X_0 (* -1 Y_0)) 2)))\n";
    String[] cuts = {"4 1 0x1.0p-1", "1 0x0.0p0", "leaf", "leaf", "leaf"};
    assertThat(verdict(claim(positive + or, cuts))).startsWith("ACCEPTED");
    cuts[0] = "4 1 0x0.0p0";
    assertRejected(claim(positive + or, cuts), "a part with inputs");
    assertRejected(claim(positive + or, "leaf"), "a part with inputs");
  }

  @Test
  void boxes() {
    String never = "(assert (or (< Y_0 0) (> Y_1 0)))";
    assertThat(asserting(never, "0 0x0.0p0", "leaf", "1 0 0x1.0p-1", "leaf", "leaf"))
        .startsWith("ACCEPTED");
    assertThat(asserting(never, "vertices")).startsWith("REJECTED: vertices of values");
    assertThat(asserting(never, "0 0x0.0p0", "leaf")).startsWith("REJECTED: too few boxes");
    assertThat(asserting(never, "leaf", "leaf")).startsWith("REJECTED: boxes behind the last one");
    for (String cut : List.of("0 0x1.0p0", "0 -0x1.0p0", "0 0x1.0p1", "1 -0x1.4p0")) {
      assertThat(asserting(never, cut, "leaf", "leaf"))
          .as(cut)
          .startsWith("REJECTED: a cut that is not within its interval");
    }
    // What the query leaves of a row is its interval.
    String row = "(assert (<= Y_0 -1))";
    assertThat(asserting(row, "4 0 -0x1.0p1", "leaf", "leaf")).startsWith("ACCEPTED");
    assertThat(asserting(row, "4 0 -0x1.0p0", "leaf", "leaf"))
        .startsWith("REJECTED: a cut that is not within its interval");
    String boxes = ",\n  \"boxes\": [\n    \"leaf\"\n  ]";
    assertRejected(changed(CLAIM, boxes, ""), "not the members");
    assertRejected(changed(CLAIM, boxes, ",\n  \"boxes\": []"), "too few boxes");
  }

  @ParameterizedTest
  @CsvSource({
    "/query, ''",
    "/query, /range",
    "/query, /local",
    "numeric, structural",
    "lipc-certificate-1, lipc-certificate-2",
    "f64, f16",
    "enclosure, rows",
    "enclosure, exact elimination",
    "'\"query\": [', '\"quest\": ['",
    "'\"method\": \"by hand\"', '\"method\": 1'",
    "'\"procedure\"', '\"lower\": [], \"procedure\"'",
    "'\"size\": 2}', '\"size\": 3}'",
  })
  void membersAreThoseOfTheClaim(String from, String to) {
    assertRejected(changed(CLAIM, from, to), "");
  }

  /** A text that is not that of the query is not its text, whatever it means. */
  @ParameterizedTest
  @CsvSource({
    "'(< Y_0 0)', '(< Y_0 0.0)'",
    "'(< Y_0 0)', '(< Y_0 -0)'",
    "'(< Y_0 0)', '(<  Y_0 0)'",
    "'(< Y_0 0)', '(< (+ Y_0) 0)'",
    "'(< Y_0 0)', '(< (* 1 Y_0) 0)'",
    "'(< Y_0 0)', '(> 0 Y_0)'",
    "'(< Y_0 0)', '(or (< Y_0 0))'",
    "'(< Y_0 0)', '(or (< Y_0 0) (< Y_0 -1))'",
    "'Y_1 Real)', 'Y_1 real)'",
    "'Y_1 Real)', 'Y_1 Real) ; the last'",
    "'\"(vnnlib-version <1.0>)\",\n    ', ''",
    "'(assert (<= X_1 1))', '(assert (<= X_1 1)) '",
    "'(assert (<= X_1 1))', '(assert (and (<= X_1 1) (<= X_1 2)))'",
    "'\"(assert (<= X_1 1))\"', '\"(assert (<= X_1 1))\",\n    \"\"'",
    "'\"(assert (<= X_1 1))\"', '\"(assert\",\n    \"(<= X_1 1))\"'",
  })
  void theTextIsTheOnlyOne(String from, String to) {
    assertRejected(changed(CLAIM, from, to), "a query that is not written so");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(assert (not (< Y_0 0)))",
        "(assert (= Y_0 0))",
        "(assert (=> (< Y_0 0) (< Y_0 0)))",
        "(assert (and))",
        "(assert ())",
        "(assert (< Y_0))",
        "(assert (< Y_0 0 1))",
        "(assert (< 0 1))",
        "(assert (< Y_2 0))",
        "(assert (< Z_0 0))",
        "(assert (< Y_00 0))",
        "(assert (< Y_ 0))",
        "(assert (< Y_+0 0))",
        "(assert (< y_0 0))",
        "(assert (< Y_0 +1))",
        "(assert (< Y_0 01))",
        "(assert (< Y_0 1.))",
        "(assert (< Y_0 .1))",
        "(assert (< Y_0 1e))",
        "(assert (< Y_0 1e00001))",
        "(assert (< Y_0 1e999))",
        "(assert (< Y_0 1e-2000))",
        "(assert (< Y_0 -))",
        "(assert (< Y_0 NaN))",
        "(assert (< Y_0 Infinity))",
        "(assert (< Y_0 0x1.0p0))",
        "(assert (< Y_0 1/3))",
        "(assert (< (/ Y_0 3) 1))",
        "(assert (< (* Y_0 Y_0) 1))",
        "(assert (< (* (- X_0 X_0) Y_0) 1))",
        "(assert (< (+) 1))",
        "(assert (< Y_0 0)",
        "(assert (< Y_0 0)))",
        "assert (< Y_0 0)",
        "(declare-const X_0 Real)",
        "(declare-const X_3 Real)",
        "(declare-const Y_2 Int)",
        "(declare-fun Y_2 Real)",
        "(vnnlib-version <1.0>)",
        "(declare-network f)",
        "(check-sat)",
        "(assert (< Y_0 \u0660))",
        "(assert\u00a0(< Y_0 0))",
      })
  void textsThatAreNoQueries(String line) {
    assertThat(asserting(line)).startsWith("REJECTED: no query, or one that is not known here");
  }

  @Test
  void deepAndLongTexts() {
    String deep = "(- ".repeat(900) + "Y_0" + ")".repeat(900);
    assertThat(asked(CLAIM, FLAT + BOX + "(assert (< " + deep + " 0))").getLast())
        .contains("the query given is another one");
    for (String open : List.of("(and ", "(or ", "(and (or ", "(< ", "(< (+ ", "(+ ", "(")) {
      String text = FLAT + BOX + "(assert " + open.repeat(300_000);
      assertThat(asked(CLAIM, text).getLast()).as(open).startsWith("REJECTED: no query");
    }
    String alternating = "(and (< Y_0 0) (or (< Y_0 0) ".repeat(100) + "(< Y_1 -2) (< Y_0 0)";
    String claim = "(assert (or (< Y_0 0) " + alternating + ")".repeat(200) + "))";
    assertThat(asserting(claim)).startsWith("ACCEPTED");
    assertThat(asserting(changed(claim, "(< Y_1 -2)", "(< Y_1 0)"))).startsWith("ACCEPTED");
    String longWord = "(assert (< Y_0 0." + "1".repeat(3000) + "))";
    assertThat(asserting(longWord)).contains("a long word");
    String many = "(assert (< (+ " + "Y_0 ".repeat(300_000) + ") -1))";
    assertThat(asked(CLAIM, FLAT + BOX + many).getLast()).contains("is another one");
    String nested = "(+ Y_0 X_0 X_1 ".repeat(990) + "Y_1" + ")".repeat(990);
    assertThat(asked(CLAIM, FLAT + BOX + "(assert (< " + nested + " 0))").getLast())
        .contains("is another one");
    List<String> poor =
        Witness.audit(List.of(claim(FLAT + BOX + NEVER, "leaf")), List.of(new byte[0]), 100);
    assertThat(poor.getLast()).startsWith("NOT DECIDED: too large");
  }

  @Test
  void theNetworkIsOfTheseSizes() {
    String third =
        changed(
            CLAIM,
            "(declare-const X_1 Real)\",",
            "(declare-const X_1 Real)\",\n    \"(declare-const X_2 Real)\",");
    assertRejected(third, "a query about a network of other sizes: [3, 2]");
    assertRejected(
        changed(CLAIM, "\n    \"(declare-const Y_1 Real)\",", "").replace("Y_1", "Y_0"),
        "a query about a network of other sizes: [2, 1]");
    assertRejected(changed(CLAIM, "\n    \"(declare-const Y_0 Real)\",", ""), "not declared");
    assertRejected(changed(CLAIM, "const Y_", "const X_"), "declared twice");
  }

  private static final String TYPED_CLAIM = claim(typed("x[0,1]"), "leaf");

  private static String typed(String second) {
    return TYPED
        + BOX.replace("X_0", "x[0,0]").replace("X_1", second)
        + NEVER.replace("Y_0", "y[0]").replace("Y_1", "y[1]");
  }

  @Test
  void networksThatAreDeclared() {
    assertThat(verdict(TYPED_CLAIM)).startsWith("ACCEPTED");
    assertThat(verdict(changed(TYPED_CLAIM, "<2.0>", "<2.1>"))).startsWith("ACCEPTED");
    assertThat(verdict(changed(changed(TYPED_CLAIM, "[1,2]", "[2]"), "[0,", "[")))
        .startsWith("ACCEPTED");
    for (String[] change :
        List.of(
            new String[] {"real [1,2]", "float32 [1,2]"},
            new String[] {"real [2]", "float64 [2]"},
            new String[] {"real [1,2]", "real [2,1]"},
            new String[] {"real [1,2]", "real [1,3]"},
            new String[] {"real [1,2]", "real [1,0]"},
            new String[] {"real [1,2]", "real [1,-2]"},
            new String[] {"real [1,2]", "real [1,2,]"},
            new String[] {"real [1,2]", "real []"},
            new String[] {"real [1,2]", "real [1,2] initialized"},
            new String[] {"real [1,2]", "real [100000,100000]"},
            new String[] {"<2.0>", "<1.0>"},
            new String[] {"<2.0>", "<3.0>"},
            new String[] {"network f", "network y"},
            new String[] {"network f", "network _"},
            new String[] {"network f", "network f (equal-to f)"},
            new String[] {"declare-output y", "declare-hidden y"},
            new String[] {"declare-output y", "declare-output x"},
            new String[] {"x[0,0] -1", "x[0,2] -1"},
            new String[] {"x[0,0] -1", "x[0] -1"},
            new String[] {"x[0,0] -1", "x -1"},
            new String[] {"x[0,0] -1", "f -1"},
            new String[] {"x[0,0] -1", "x[0,0,0] -1"})) {
      assertRejected(changed(TYPED_CLAIM, change[0], change[1]), "");
    }
    assertRejected(changed(TYPED_CLAIM, "real [2]", "float32 [2]"), "one network of reals");
    assertRejected(
        changed(TYPED_CLAIM, "[1,2]", "[1,3]"), "a query about a network of other sizes: [3, 2]");
    String two =
        typed("x[0,1]")
            .replace(
                "(assert (>= x[0,0]",
                TYPED.lines().skip(1).collect(Collectors.joining("\n")).replace("f", "g")
                    + "\n(assert (>= x[0,0]");
    assertRejected(claim(two, "leaf"), "one network of reals");
  }

  /** Other words for the same query. */
  @ParameterizedTest
  @CsvSource({
    "'(vnnlib-version <1.0>)\n', ''",
    "'(vnnlib-version <1.0>)\n', '; no version\n'",
    "'(vnnlib-version <1.0>)\n', '(vnnlib-version\t<1.0>);)\r\n'",
    "Real, real",
    "'(assert (<= X_1 1))', '(assert(<= X_1 1.00))'",
    "'(assert (<= X_1 1))', '(assert (<= X_1 1e0))'",
    "'(assert (<= X_1 1))', '(assert (<= X_1 0.01E+2))'",
    "'(assert (<= X_1 1))', '(assert (<= X_1 10e-1))'",
    "'(assert (<= X_1 1))', '(assert (<= (- X_1 1) 0))'",
    "'(assert (<= X_1 1))', '(assert (<= (* 2 X_1 0.5) (+ 0.25 0.75)))'",
    "'(assert (<= X_1 1))', '(assert (<= (- (- X_1)) (- -1)))'",
    "'(assert (<= X_1 1))', '(assert (<= (- X_1 (- 2 3)) (- 3 1)))'",
    "'(assert (<= X_1 1))', '(assert (<= (+ X_1 Y_0) (+ 1 (* 1 Y_0))))'",
    "'(assert (<= X_1 1))', '(assert (or (<= X_1 1)))'",
    "'(assert (<= X_1 1))', '(assert (and (<= X_1 1)))'",
    "'(< Y_0 0)', '(or (< Y_0 0))'",
    "'(< Y_0 0)', '(and (or (and (< Y_0 0))))'",
    "'(or (< Y_0 0) (> Y_1 0))', '(or (or (< Y_0 0)) (and (> Y_1 0)))'",
    "'(or (< Y_0 0) (> Y_1 0))', '(or (or (< Y_0 0) (> Y_1 0)))'",
  })
  void theSameQueryInOtherWords(String from, String to) {
    List<String> report = asked(CLAIM, changed(FLAT + BOX + NEVER, from, to));
    assertThat(report.getLast()).startsWith("ACCEPTED");
    assertThat(report).contains("the query of the certificate is the one that is given");
  }

  @Test
  void assertionsThatAreOne() {
    String one =
        FLAT
            + "(assert (and (and (>= X_0 -1) (<= X_0 1)) (and (>= X_1 -1) (and (<= X_1 1)))\n"
            + "; the last one\n (or (< Y_0 0) (> Y_1 0))))";
    assertThat(asked(CLAIM, one).getLast()).startsWith("ACCEPTED");
    String mixed =
        """
        (declare-const X_1 Real) (declare-const Y_0 Real) (declare-const X_0 Real)
        (assert (>= X_0 -1)) (assert (<= X_0 1)) (assert (>= X_1 -1))
        (declare-const Y_1 Real)
        (assert (<= X_1 1)) (assert (or (< Y_0 0) (> Y_1 0)))
        """;
    assertThat(asked(CLAIM, mixed).getLast()).startsWith("ACCEPTED");
    assertThat(asked(TYPED_CLAIM, typed("x[0,1]").replace("real", "Real")).getLast())
        .startsWith("ACCEPTED");
  }

  /** Another query, though it may be weaker, or mean the same. */
  @ParameterizedTest
  @CsvSource({
    "'(< Y_0 0)', '(<= Y_0 0)'",
    "'(> Y_1 0)', '(>= Y_1 0)'",
    "'(> Y_1 0)', '(> Y_1 0.001)'",
    "'(> Y_1 0)', '(> Y_0 0)'",
    "'(> Y_1 0)', '(> 0 Y_1)'",
    "'(> Y_1 0)', '(> (* 2 Y_1) 0)'",
    "'(> Y_1 0)', '(> (+ X_1 Y_1) 0)'",
    "'(or (< Y_0 0) (> Y_1 0))', '(and (< Y_0 0) (> Y_1 0))'",
    "'(or (< Y_0 0) (> Y_1 0))', '(< Y_0 0)'",
    "'(or (< Y_0 0) (> Y_1 0))', '(or (> Y_1 0) (< Y_0 0))'",
    "'(or (< Y_0 0) (> Y_1 0))', '(or (< Y_0 0) (> Y_1 0) (> Y_1 0))'",
    "'(assert (<= X_0 1))\n', ''",
    "'(assert (<= X_0 1))', '(assert (<= X_0 1.0000000000000000000000001))'",
    "'(assert (<= X_0 1))', '(assert (< X_0 1))'",
    "'(assert (<= X_0 1))', '(assert (<= (- X_0) 1))'",
    "'(declare-const Y_1 Real)', '(declare-const Y_1 Real)(declare-const Y_2 Real)'",
  })
  void anotherQueryIsRejected(String from, String to) {
    assertThat(asked(CLAIM, changed(FLAT + BOX + NEVER, from, to)).getLast())
        .startsWith("REJECTED: the query given is another one: it has ");
  }

  @Test
  void namesAndShapesOfNetworksCount() {
    String text = typed("x[0,1]");
    assertThat(asked(TYPED_CLAIM, text).getLast()).startsWith("ACCEPTED");
    for (String other :
        List.of(
            text.replace("network f", "network g"),
            text.replace("x real", "z real").replace("x[", "z["),
            text.replace("[1,2]", "[1,2,1]")
                .replace("x[0,0]", "x[0,0,0]")
                .replace("x[0,1]", "x[0,1,0]"),
            text.replace("[1,2]", "[2]").replace("x[0,", "x["),
            text.replace("<2.0>", "<2.1>"),
            FLAT + BOX + NEVER)) {
      assertThat(asked(TYPED_CLAIM, other).getLast())
          .startsWith("REJECTED: the query given is another one: it has ");
    }
    assertThat(asked(TYPED_CLAIM, text.replace("real", "float32")).getLast())
        .startsWith("REJECTED: no query")
        .contains("one network of reals");
  }

  /** {@code y_0 = x_0}, {@code y_1 = -x_3}: elements are numbered row by row. */
  @Test
  void elementsOfMatrices() {
    String text =
        typed("x[0,1]").replace("[1,2]", "[2,2]").lines().limit(7).collect(Collectors.joining("\n"))
            + "\n"
            + BOX.replace("X_0", "x[0,1]").replace("X_1", "x[1,0]")
            + "(assert (>= x[1,1] -1))\n(assert (<= x[1,1] 1))\n"
            + "(assert (or (!= (+ (* -1 x[0,0]) y[0]) 0) (!= (+ x[1,1] y[1]) 0)))\n";
    assertThat(verdict(ofFour(text))).startsWith("ACCEPTED");
    assertThat(asked(ofFour(text), text).getLast()).startsWith("ACCEPTED");
    String other = text.replace("(+ x[1,1] y", "(+ x[1,0] y");
    assertThat(verdict(ofFour(other))).startsWith("REJECTED: a part with inputs");
    for (String alias : List.of("x[0,3]", "x[0,2]", "x[3]", "x[1]", "x", "x[1,1,0]", "x[2,-1]")) {
      assertThat(asked(ofFour(text), text.replace("x[1,1]", alias)).getLast())
          .as(alias)
          .startsWith("REJECTED: no query");
    }
  }

  private static String ofFour(String query) {
    String relu =
        "\"activation\", \"operand\": 0, \"name\": \"relu\", \"parameters\": [], \"size\": 2";
    String select = "\"select\", \"operand\": 0, \"indices\": [0, 3]";
    return changed(claim(query, "leaf"), relu, select)
        .replace("\"input\", \"size\": 2", "\"input\", \"size\": 4");
  }

  /** An editor shows a new line there, which a comment before it would hide. */
  @Test
  void aCarriageReturnEndsNoComment() {
    String text = FLAT + BOX + "; a comment\r(assert (> X_0 5))\n" + NEVER;
    assertThat(asked(CLAIM, text).getLast()).contains("a carriage return");
    assertThat(asked(CLAIM, text.replace("\r(", "\r\n(")).getLast()).contains("another one");
    assertThat(asked(CLAIM, text.replace("\r(", " (")).getLast()).startsWith("ACCEPTED");
    assertThat(asked(CLAIM, FLAT).getLast()).contains("asserts nothing");
    assertThat(asked(CLAIM, "").getLast()).contains("asserts nothing");
  }

  @Test
  void aQueryIsGivenToItsClaimAlone() {
    String range =
        CLAIM
            .replaceFirst(
                "(?s)\"query\": \\[.*?\\n  \\]",
                "\"lower\": \"-0x1.0p3\",\n  \"upper\": \"0x1.0p3\"")
            .replace("/query", "/range");
    range =
        changed(
            range,
            "\"size\": 2},\n    {\"operation\": \"act",
            "\"size\": 2, \"lower\": [\"0x0.0p0\", \"0x0.0p0\"], \"upper\": [\"0x1.0p0\", \"0x1.0p0\"]},\n    {\"operation\": \"act");
    assertThat(verdict(range)).startsWith("ACCEPTED");
    assertThat(asked(range, FLAT + BOX + NEVER).getLast())
        .startsWith("REJECTED: a query is given, and the certificate is about another claim");
  }

  /** {@code relu(x) / 2}, which has no weights. */
  private static final String CALLEE =
      """
      {
        "format": "lipc-certificate-1",
        "network": "test.Half",
        "kind": "structural",
        "type": "f64",
        "declared": "0x1.0p-1",
        "bound": "0x1.0p-1",
        "method": "by hand",
        "units": [
          {"operation": "input", "size": 2},
          {"operation": "activation", "operand": 0, "name": "relu", "parameters": [], "size": 2},
          {"operation": "scale", "operand": 1, "factor": "0x1.0p-1", "size": 2}
        ],
        "tensors": [],
        "gains": [],
        "segmentations": [],
        "multipliers": [
          {"unit": 1, "constraint": "slope", "values": ["0x1.0p-2"]}
        ],
        "procedure": "exact elimination"
      }
      """;

  /** {@code y = relu(W x) / 2}, by a call: with {@code W = [1, 1; 1, -1]} the sum is at most 1. */
  @Test
  void weightsAndCalls() throws Exception {
    ByteBuffer data = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    DoubleStream.of(1, 1, 1, -1).forEach(data::putDouble);
    byte[] header =
        "{\"w\": {\"dtype\": \"F64\", \"shape\": [2, 2], \"data_offsets\": [0, 32]}}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] weights = HostileWeights.file(header.length, header, data.array());
    MessageDigest tensor = MessageDigest.getInstance("SHA-256");
    tensor.update("F64 [2, 2]\n".getBytes(StandardCharsets.UTF_8));
    String record =
        "\"tensors\": [\n    {\"name\": \"w\", \"shape\": [2, 2], \"digest\": \"%s\"}\n  ]"
            .formatted(hex(tensor.digest(data.array())));
    byte[] callee =
        MessageDigest.getInstance("SHA-256").digest(CALLEE.getBytes(StandardCharsets.UTF_8));
    String units =
        """
            {"operation": "input", "size": 2},
            {"operation": "dense", "operand": 0, "inputs": 2, "size": 2, "weight": "w"},
            {"operation": "call", "operand": 1, "network": "test.Half", "certificate": "%s", "inputs": 2, "size": 2}
        """
            .stripTrailing()
            .formatted(hex(callee));
    String query = FLAT + BOX + "(assert (> (+ Y_0 Y_1) 1))\n";
    String cut = "1 1 0x0.0p0";
    String[] cuts = {"1 0 0x0.0p0", cut, "leaf", "leaf", cut, "leaf", "leaf"};
    String text = changed(changed(claim(query, cuts), UNITS, units), "\"tensors\": []", record);
    assertThat(verdict(text, weights)).startsWith("ACCEPTED");
    assertThat(verdict(changed(text, "Y_1) 1)", "Y_1) 0.999)"), weights))
        .startsWith("REJECTED: a part with inputs");
    // Units count behind inlined calls: 0 to 3, the input beside the output, the row.
    assertThat(verdict(changed(text, cut, "5 0 0x1.8p0"), weights)).startsWith("REJECTED: a part");
    assertThat(verdict(changed(text, cut, "6 0 0x1.8p0"), weights)).contains("not there");
    weights[weights.length - 1] ^= 1;
    assertThat(verdict(text, weights)).startsWith("REJECTED").contains("digest");
    assertRejected(text, "is not among the weights");
  }

  private static String hex(byte[] digest) {
    return "sha256:" + HexFormat.of().formatHex(digest);
  }

  private static String verdict(String text, byte[] weights) {
    return Witness.audit(List.of(text, CALLEE), List.of(weights, new byte[0]), WORK).getLast();
  }

  /** The option stands before, between or behind pairs of files. */
  @Test
  void theCommandLine(@TempDir Path folder) throws Exception {
    Path certificate = Files.writeString(folder.resolve("c.json"), CLAIM);
    Path same =
        Files.writeString(folder.resolve("same.vnnlib"), "; a comment\n" + FLAT + BOX + NEVER);
    Path other = Files.writeString(folder.resolve("other.vnnlib"), FLAT + BOX);
    Path binary = Files.write(folder.resolve("b.vnnlib"), new byte[] {'(', (byte) 0xFF});
    assertThat(run(certificate, "-")).isZero();
    assertThat(run(certificate, "-", "--query", same)).isZero();
    assertThat(run("--query", same, certificate, "-")).isZero();
    assertThat(run("--query", other, certificate, "-")).isEqualTo(1);
    assertThat(run(certificate, "-", "--query", same, "--query", other)).isEqualTo(1);
    assertThat(run(certificate, "-", "--query", binary)).isEqualTo(1);
    assertThat(run(certificate, "-", "--query", folder.resolve("absent"))).isEqualTo(2);
    assertThat(run(certificate, "-", "--query")).isEqualTo(2);
    assertThat(run("--query", same)).isEqualTo(2);
  }

  private static int run(Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    Class<?> audit = Class.forName("Audit");
    command.add(
        Path.of(audit.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    command.add("Audit");
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** A declared interval of the network is not left. */
  @Test
  void theBoxIsWithinTheDeclaredOne() {
    String input = "\"input\", \"size\": 2";
    String declared =
        input + ", \"lower\": [\"-0x1.0p0\", \"-0x1.0p0\"], \"upper\": [\"0x1.0p0\", \"%s\"]";
    assertThat(verdict(changed(CLAIM, input, declared.formatted("0x1.0p0"))))
        .startsWith("ACCEPTED");
    assertRejected(
        changed(CLAIM, input, declared.formatted("0x1.fffffffffffffp-1")), "beyond the declared");
  }

  @Test
  void factorsOfMoreBitsThanDoublesHave() {
    String form = "(assert (< (+ Y_0 (* %s Y_1)) -9007199254740992))";
    assertThat(asserting(form.formatted("9007199254740991"))).startsWith("ACCEPTED");
    assertThat(asserting(form.formatted("9007199254740993"))).contains("more than 53 bits");
    assertThat(
            asserting(
                "(assert (> (+ (* 1 Y_0) (* 0.00000000000000000001 Y_1)) 2))"
                    .replace("(* 1 Y_0)", "Y_0")))
        .contains("more than 53 bits");
    assertThat(
            asserting(
                "(assert (> (+ (* 30000000000000000000 Y_0) (* 60000000000000000000 Y_1)) 40000000000000000000))"))
        .startsWith("ACCEPTED");
    assertThat(
            asserting(
                "(assert (> (+ (* 30000000000000000000 Y_0) (* 60000000000000000000 Y_1)) 29000000000000000000))"))
        .startsWith("REJECTED: a part with inputs");
  }

  @Test
  void comparisonsInWhichAllElementsCancel() {
    assertThat(asserting("(assert (< (* 0 X_0) 0))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (<= (* 0 X_0) 0))")).startsWith("REJECTED");
    assertThat(asserting("(assert (== (* 0 X_0) 1))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (!= (* 0 X_0) 0))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (or (< (* 0 X_0) 0) (> X_0 1)))")).startsWith("ACCEPTED");
    assertThat(asserting("(assert (or (< (* 0 X_0) 1) (> X_0 1)))")).startsWith("REJECTED");
    String cancelled = FLAT + BOX + "(assert (< (- Y_0 Y_0) 0))";
    assertThat(asked(claim(FLAT + BOX + "(assert (< (* 0 X_0) 0))", "leaf"), cancelled).getLast())
        .startsWith("ACCEPTED");
  }

  /** No formula that one of some inputs satisfies is accepted; and many that none does are. */
  @Test
  void formulasOfChance() {
    Random random = new Random(7);
    int accepted = 0;
    for (int k = 0; k < 400; k++) {
      Drawn drawn = Drawn.any(random, 3);
      boolean satisfied = false;
      for (int i = 0; i < 17 * 17 && !satisfied; i++) {
        double[] x = {i / 17 / 8.0 - 1, i % 17 / 8.0 - 1};
        satisfied = drawn.holds(new double[] {x[0], x[1], Math.max(x[0], 0), -Math.max(x[1], 0)});
      }
      String cut = "1 0x0.0p0";
      String verdict =
          asserting(drawn.assertions(), "0 0x0.0p0", cut, "leaf", "leaf", cut, "leaf", "leaf");
      verdict = verdict.contains("not within") ? asserting(drawn.assertions()) : verdict;
      assertThat(verdict).as(drawn.assertions()).matches("(ACCEPTED|REJECTED: a part|NOT DEC).*");
      if (satisfied) {
        assertThat(verdict).as(drawn.assertions()).doesNotStartWith("ACCEPTED");
      }
      accepted += verdict.startsWith("ACCEPTED") ? 1 : 0;
    }
    assertThat(accepted).isBetween(40, 360);
  }

  /** A formula whose canonical text is known as it is drawn. */
  private record Drawn(String word, List<Drawn> members, int[] factors, int bound) {

    private static final List<String> NAMES = List.of("X_0", "X_1", "Y_0", "Y_1");
    private static final List<String> WORDS = List.of("<", "<=", ">", ">=", "==", "!=");

    static Drawn any(Random random, int depth) {
      boolean and = random.nextBoolean();
      return depth == 0 || random.nextInt(4) == 0
          ? atom(random)
          : connected(random, and ? "and" : "or", depth);
    }

    private static Drawn connected(Random random, String word, int depth) {
      List<Drawn> members = new ArrayList<>();
      while (members.size() < 2 || random.nextBoolean()) {
        Drawn member = any(random, depth - 1);
        members.add(member.word.equals(word) ? atom(random) : member);
      }
      return new Drawn(word, members, new int[0], 0);
    }

    private static Drawn atom(Random random) {
      int[] factors = new int[4];
      factors[random.nextInt(4)] = random.nextBoolean() ? 1 : -2;
      if (random.nextInt(3) == 0) {
        factors[random.nextInt(4)] = random.nextInt(-3, 4);
      }
      if (Arrays.stream(factors).allMatch(a -> a == 0)) {
        factors[2] = 1;
      }
      return new Drawn(WORDS.get(random.nextInt(6)), List.of(), factors, random.nextInt(-2, 3));
    }

    boolean holds(double[] values) {
      double sum = -bound;
      for (int i = 0; i < factors.length; i++) {
        sum += factors[i] * values[i];
      }
      return switch (word) {
        case "and" -> members.stream().allMatch(member -> member.holds(values));
        case "or" -> members.stream().anyMatch(member -> member.holds(values));
        case "<" -> sum < 0;
        case "<=" -> sum <= 0;
        case ">" -> sum > 0;
        case ">=" -> sum >= 0;
        case "==" -> sum == 0;
        default -> sum != 0;
      };
    }

    String assertions() {
      List<Drawn> all = word.equals("and") ? members : List.of(this);
      return all.stream()
          .map(member -> "(assert " + member.text() + ")")
          .collect(Collectors.joining("\n"));
    }

    private String text() {
      if (!members.isEmpty()) {
        return members.stream()
            .map(Drawn::text)
            .collect(Collectors.joining(" ", "(" + word + " ", ")"));
      }
      List<String> terms = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        if (factors[i] != 0) {
          String name = NAMES.get(i);
          terms.add(factors[i] == 1 ? name : "(* " + factors[i] + " " + name + ")");
        }
      }
      String sum = terms.size() == 1 ? terms.getFirst() : "(+ " + String.join(" ", terms) + ")";
      return "(" + word + " " + sum + " " + bound + ")";
    }
  }
}
