package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bounds of single inputs, written by hand, and one fault in each. */
@Timeout(60)
final class SlopesAuditTest {

  private static final long WORK = 1_000_000_000;

  /**
   * {@code y_0 = 2 relu(x_0) - 3 relu(-x_0)}, {@code y_1 = -x_1 / 2}: slopes 3 on one part and 2 on
   * the other.
   */
  private static final String CLAIM =
      """
      {
        "format": "lipc-certificate-1",
        "network": "test.Network/slopes",
        "kind": "structural",
        "type": "f64",
        "slopes": [
          "0x1.8p1",
          "0x1.0p-1"
        ],
        "outputs": [
          0,
          1
        ],
        "method": "rows",
        "units": [
          {"operation": "input", "size": 2},
          {"operation": "select", "operand": 0, "indices": [0, 0, 1]},
          {"operation": "affine", "operand": 1, "scale": ["0x1.0p0", "-0x1.0p0", "0x1.0p0"], "shift": ["0x0.0p0", "0x0.0p0", "0x1.0p4"], "size": 3},
          {"operation": "activation", "operand": 2, "name": "relu", "parameters": [], "size": 3},
          {"operation": "affine", "operand": 3, "scale": ["0x1.0p1", "-0x1.8p1", "-0x1.0p-1"], "shift": ["0x0.0p0", "0x0.0p0", "0x0.0p0"], "size": 3},
          {"operation": "select", "operand": 4, "indices": [0, 2]},
          {"operation": "select", "operand": 4, "indices": [1]},
          {"operation": "scale", "operand": 0, "factor": "0x0.0p0", "size": 2},
          {"operation": "select", "operand": 7, "indices": [1]},
          {"operation": "concat", "operands": [6, 8], "size": 2},
          {"operation": "sum", "operands": [5, 9], "size": 2}
        ],
        "tensors": [],
        "lower": [
          "-0x1.0p2",
          "-0x1.0p3"
        ],
        "upper": [
          "0x1.0p2",
          "0x1.0p3"
        ],
        "gains": [],
        "segmentations": [],
        "multipliers": [],
        "procedure": "rows",
        "boxes": [
          "0 0x0.0p0",
          "leaf",
          "leaf"
        ]
      }
      """;

  /** The claim with these slopes. */
  static String claim(String first, String second) {
    return changed(
        "\"0x1.8p1\",\n    \"0x1.0p-1\"\n  ],\n  \"outputs\"",
        "\"" + first + "\",\n    \"" + second + "\"\n  ],\n  \"outputs\"");
  }

  private static String verdict(String text) {
    return Witness.audit(List.of(text), List.of(new byte[0]), WORK).getLast();
  }

  private static String changed(String from, String to) {
    assertThat(CLAIM).contains(from);
    return CLAIM.replace(from, to);
  }

  private static void assertRejected(String text, String reason) {
    assertThat(verdict(text)).startsWith("REJECTED").contains(reason);
  }

  @Test
  void theLeastSlopesAreAccepted() {
    assertThat(verdict(CLAIM))
        .startsWith("ACCEPTED")
        .contains("has no slope, of the outputs given, above those given on the box given");
    assertRejected(claim("0x1.7ffffffffffffp1", "0x1.0p-1"), "output 0 has a slope in [");
    assertRejected(claim("0x1.8p1", "0x1.fffffffffffffp-2"), "output 1 has a slope in [");
    // A slope is about its own input, and one of both signs by its magnitude.
    assertRejected(claim("0x1.0p-1", "0x1.8p1"), "by input 0");
    assertRejected(claim("0x1.8p1", "0x0.0p0"), "by input 1");
  }

  /** Each output that is listed counts, and no other one. */
  @Test
  void outputsAreThoseThatAreListed() {
    String second = changed("    0,\n    1\n", "    1\n");
    assertThat(verdict(second.replace("    \"0x1.8p1\",\n", "    \"0x0.0p0\",\n")))
        .startsWith("ACCEPTED");
    String first = changed("    0,\n    1\n", "    0\n");
    assertThat(verdict(first.replace("    \"0x1.0p-1\"\n", "    \"0x0.0p0\"\n")))
        .startsWith("ACCEPTED");
    assertRejected(changed("    0,\n    1\n", "    1,\n    0\n"), "slopes of others");
    assertRejected(changed("    0,\n    1\n", "    0,\n    0\n"), "slopes of others");
    assertRejected(changed("    0,\n    1\n", "    2\n"), "slopes of others");
    assertRejected(changed("    0,\n    1\n", "    -1\n"), "slopes of others");
    assertRejected(changed("[\n    0,\n    1\n  ]", "[]"), "slopes of others");
  }

  /** Without the cut both parts of the first output are added. */
  @Test
  void partsAreNotAdded() {
    String boxes = ",\n  \"boxes\": [\n    \"0 0x0.0p0\",\n    \"leaf\",\n    \"leaf\"\n  ]";
    assertRejected(changed(boxes, ""), "output 0 has a slope in [");
    assertThat(verdict(claim("0x1.4p2", "0x1.0p-1").replace(boxes, ""))).startsWith("ACCEPTED");
    assertThat(verdict(changed("\"leaf\",\n    \"leaf\"", "\"vertices\",\n    \"vertices\"")))
        .startsWith("ACCEPTED");
    assertRejected(
        claim("0x1.0p1", "0x1.0p-1")
            .replace("\"leaf\",\n    \"leaf\"", "\"vertices\",\n    \"vertices\""),
        "output 0 has a slope in [");
  }

  /** Unit 2 has x_0 and its opposite, which the last part has above 1, and above -1/2. */
  private static String withSum(String sum) {
    return changed(
        "\"leaf\",\n    \"leaf\"",
        "\"leaf\",\n    \"2 0 0x1.0p0\",\n    \"leaf\",\n    \"2 1 -0x1.0p-1\",\n    \"leaf\",\n    \""
            + sum
            + "\"");
  }

  @Test
  void aPartWithoutAnInputHasNoSlope() {
    assertThat(verdict(withSum("leaf"))).startsWith("ACCEPTED");
    assertThat(verdict(withSum("empty 2 0 0x1.0p0 2 1 0x1.0p0"))).startsWith("ACCEPTED");
    assertThat(verdict(withSum("empty 2 0 0x1.0p0 2 1 0x1.0p0 4 2 0x1.0p-9")))
        .startsWith("ACCEPTED");
    for (String other :
        List.of(
            "empty 2 0 -0x1.0p0 2 1 -0x1.0p0",
            "empty 2 0 0x1.0p0 2 1 -0x1.0p0",
            "empty 2 0 0x1.0p0 2 1 0x1.8p1",
            "empty 2 0 0x1.0p0",
            "empty 2 2 0x1.0p0")) {
      assertRejected(withSum(other), "a part that may have an input");
    }
    for (String other :
        List.of(
            "empty",
            "empty ",
            "empty 2 0",
            "empty 2 0 0x1.0p0 2",
            "empty 2 0 0x1.0p0 ",
            "empty 0 0 0x1.0p0",
            "empty 2 3 0x1.0p0",
            "empty 11 0 0x1.0p0",
            "empty 2 0 0x0.0p0",
            "empty 02 0 0x1.0p0",
            "empty 2 +0 0x1.0p0",
            "empty 2 -1 0x1.0p0",
            "empty 2 1 0x1.0p0 2 0 0x1.0p0",
            "empty 2 0 0x1.0p0 2 0 0x1.0p0",
            "empty 4 0 0x1.0p0 2 1 0x1.0p0")) {
      assertRejected(withSum(other), "a sum ");
    }
  }

  @Test
  void membersAreThoseOfTheClaim() {
    assertRejected(changed("    \"0x1.8p1\",\n", ""), "slopes of others");
    assertRejected(
        changed("\"0x1.8p1\",\n", "\"0x1.8p1\",\n    \"0x1.8p1\",\n"), "slopes of others");
    assertRejected(changed("\"0x1.8p1\",\n", "\"-0x1.8p1\",\n"), "negative");
    assertRejected(changed("\"0x1.8p1\",\n", "\"Infinity\",\n"), "no real number");
    assertRejected(changed("\"0x1.8p1\",\n", "\"NaN\",\n"), "no real number");
    assertRejected(changed("/slopes", ""), "not the members");
    assertRejected(changed("/slopes", "/local"), "not the members");
    assertRejected(changed("/slopes", "/monotone"), "not the members");
    assertRejected(
        changed(
            "\"lower\"", "\"input norm\": \"linf\",\n  \"output norm\": \"linf\",\n  \"lower\""),
        "or norms");
    String other = changed("\"rows\",\n  \"boxes\"", "\"elementwise product\",\n  \"boxes\"");
    assertRejected(other, "no derivatives of such a claim");
    assertRejected(
        changed("\"upper\": [\n    \"0x1.0p2\",", "\"upper\": [\n    \"-0x1.0p3\","), "REJECTED");
  }
}
