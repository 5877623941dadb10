package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bounds on boxes, written by hand, and one fault in each. */
@Timeout(60)
final class LocalAuditTest {

  private static final long WORK = 1_000_000_000;
  private static final String GROUP_SORT = "\"group_sort\", \"parameters\": [\"0x1.0p1\"]";

  /** {@code 2 relu(x)} for x_0 in [0, 2], which is on, and x_1 in [-2, 0], which is off. */
  private static final String ON_BOX =
      """
      {
        "format": "lipc-certificate-1",
        "network": "test.Network/local",
        "kind": "structural",
        "type": "f64",
        "declared": "0x1.0p2",
        "bound": "0x1.0p1",
        "method": "by hand",
        "units": [
          {"operation": "input", "size": 2, "lower": ["-0x1.0p3", "-0x1.0p3"], "upper": ["0x1.0p3", "0x1.0p3"]},
          {"operation": "activation", "operand": 0, "name": "relu", "parameters": [], "size": 2},
          {"operation": "scale", "operand": 1, "factor": "0x1.0p1", "size": 2}
        ],
        "tensors": [],
        "lower": [
          "0x0.0p0",
          "-0x1.0p1"
        ],
        "upper": [
          "0x1.0p1",
          "0x0.0p0"
        ],
        "gains": [],
        "segmentations": [],
        "multipliers": [
          {"unit": 1, "constraint": "slope", "values": ["0x0.0p0"]}
        ],
        "procedure": "exact elimination"
      }
      """;

  private static String verdict(String text) {
    return Witness.audit(List.of(text), List.of(new byte[0]), WORK).getLast();
  }

  private static String changed(String text, String from, String to) {
    assertThat(text).contains(from);
    return text.replace(from, to);
  }

  private static void assertRejected(String text, String reason) {
    assertThat(verdict(text)).startsWith("REJECTED").contains(reason);
  }

  /**
   * {@code 2^400 elu(x)} with alpha = 2^1000 for x in [-747, -746], where exp is below all doubles:
   * the slope is about 2^324.
   */
  private static final String BELOW_DOUBLES =
      """
      {
        "format": "lipc-certificate-1",
        "network": "test.Network/local",
        "kind": "structural",
        "type": "f64",
        "declared": "0x1.0p-595",
        "bound": "0x1.0p-595",
        "method": "by hand",
        "units": [
          {"operation": "input", "size": 1},
          {"operation": "activation", "operand": 0, "name": "elu", "parameters": ["0x1.0p1000"], "size": 1},
          {"operation": "scale", "operand": 1, "factor": "0x1.0p400", "size": 1}
        ],
        "tensors": [],
        "lower": [
          "-0x1.758p9"
        ],
        "upper": [
          "-0x1.75p9"
        ],
        "gains": [],
        "segmentations": [],
        "multipliers": [
          {"unit": 1, "constraint": "slope", "values": ["0x1.0p800"]}
        ],
        "procedure": "exact elimination"
      }
      """;

  @Test
  void anUnderflowIsMultipliedToo() {
    assertRejected(BELOW_DOUBLES, "not positive");
  }

  /**
   * {@code celu(w x)} at about -1000, where the quotient by alpha is about -520: what a rounded
   * quotient loses, exp multiplies by 520. The slope is {@code w e^(w x / alpha)}, which at the
   * upper end is above the bound by a share of 1.7e-16.
   */
  private static final String QUOTIENT =
      """
      {
        "format": "lipc-certificate-1",
        "network": "test.Network/local",
        "kind": "numeric",
        "type": "f64",
        "declared": "0x1.0p0",
        "bound": "0x1.4ccdfb5ba9461p-754",
        "method": "rows",
        "units": [
          {"operation": "input", "size": 1},
          {"operation": "scale", "operand": 0, "factor": "0x1.1049beda8099ep0", "size": 1},
          {"operation": "activation", "operand": 1, "name": "celu", "parameters": ["0x1.ef99550a84287p0"], "size": 1}
        ],
        "tensors": [],
        "lower": [
          "-0x1.db72569c12fc5p9"
        ],
        "upper": [
          "-0x1.db72569418f53p9"
        ],
        "gains": [],
        "segmentations": [],
        "multipliers": [],
        "procedure": "rows"
      }
      """;

  @Test
  void aQuotientIsRoundedOutward() {
    assertThat(verdict(QUOTIENT)).startsWith("NOT DECIDED").contains("rounded functions");
    String bound = "\"bound\": \"0x1.4ccdfb5ba9461p-754";
    assertRejected(changed(QUOTIENT, bound, bound.replace("p-7", "p-8")), "above the bound");
    String above = QUOTIENT.replaceFirst("\"bound\": \"[^\"]*", "\"bound\": \"0x1.0p-700");
    assertThat(verdict(above)).startsWith("ACCEPTED");
  }

  /** Values beyond all doubles have ends here. */
  @Test
  void whatIsBeyondAllDoublesIsDecided() {
    String far =
        changed(
            changed(QUOTIENT, "\"celu\"", "\"elu\""),
            "\"0x1.0p0\",\n  \"bound",
            "\"0x1.0p1000\",\n  \"bound");
    far = far.replaceFirst("\"bound\": \"[^\"]*", "\"bound\": \"0x1.0p1000");
    far = far.replaceFirst("factor\": \"[^\"]*", "factor\": \"0x1.0p900");
    far =
        changed(far, "\"-0x1.db72569418f53p9\"\n  ],\n  \"gains", "\"0x1.0p900\"\n  ],\n  \"gains");
    assertThat(verdict(far)).startsWith("ACCEPTED");
    assertRejected(far.replaceFirst("\"bound\": \"[^\"]*", "\"bound\": \"0x1.0p900"), "above");
  }

  /**
   * Pairs that are sorted last: the first one multiplies by 100, or is the larger of -x_0, -x_1.
   */
  private static final String SORTED_LAST =
      """
      {
        "format": "lipc-certificate-1",
        "network": "test.Network/local",
        "kind": "numeric",
        "type": "f64",
        "declared": "0x1.0p1",
        "bound": "0x1.0p1",
        "method": "rows",
        "units": [
          {"operation": "input", "size": 4},
          {"operation": "affine", "operand": 0, "scale": ["0x1.9p6", "0x1.9p6", "0x1.0p-1", "0x1.0p-1"], "shift": ["0x0.0p0", "0x0.0p0", "0x0.0p0", "0x0.0p0"], "size": 4},
          {"operation": "activation", "operand": 1, "name": "maxmin", "parameters": [], "size": 4}
        ],
        "tensors": [],
        "input norm": "linf",
        "output norm": "linf",
        "lower": [
          "0x0.0p0",
          "0x0.0p0",
          "0x0.0p0",
          "0x0.0p0"
        ],
        "upper": [
          "0x1.0p0",
          "0x1.0p0",
          "0x1.0p0",
          "0x1.0p0"
        ],
        "gains": [],
        "segmentations": [],
        "multipliers": [],
        "procedure": "rows"
      }
      """;

  private static final String FALLING =
      """
      {
        "format": "lipc-certificate-1",
        "network": "test.Network/monotone",
        "kind": "numeric",
        "type": "f64",
        "trends": [
          {"trend": "increasing", "inputs": [0], "outputs": [0]}
        ],
        "method": "rows",
        "units": [
          {"operation": "input", "size": 4},
          {"operation": "affine", "operand": 0, "scale": ["-0x1.0p0", "-0x1.0p0", "0x1.0p0", "0x0.0p0"], "shift": ["0x0.0p0", "0x0.0p0", "0x1.4p2", "0x0.0p0"], "size": 4},
          {"operation": "activation", "operand": 1, "name": "maxmin", "parameters": [], "size": 4}
        ],
        "tensors": [],
        "lower": [
          "0x0.0p0",
          "0x0.0p0",
          "0x0.0p0",
          "0x0.0p0"
        ],
        "upper": [
          "0x1.0p0",
          "0x1.0p0",
          "0x1.0p0",
          "0x1.0p0"
        ],
        "gains": [],
        "segmentations": [],
        "multipliers": [],
        "procedure": "rows"
      }
      """;

  /** The first pair counts as the last one does. */
  @Test
  void eachOutputOfSortedPairsIsLookedAt() {
    for (String pairs : List.of("\"maxmin\", \"parameters\": []", GROUP_SORT)) {
      String local = SORTED_LAST.replace("\"maxmin\", \"parameters\": []", pairs);
      assertRejected(local, "above the bound");
      String wide = changed(local, "\"bound\": \"0x1.0p1\"", "\"bound\": \"0x1.0p7\"");
      assertThat(verdict(changed(wide, "\"declared\": \"0x1.0p1\"", "\"declared\": \"0x1.0p7\"")))
          .startsWith("ACCEPTED");
      String falling = FALLING.replace("\"maxmin\", \"parameters\": []", pairs);
      assertRejected(falling, "output 0 has a slope in");
      assertThat(verdict(changed(falling, "increasing", "decreasing"))).startsWith("ACCEPTED");
    }
  }

  /** Both ends of the box are kinks. */
  @Test
  void whatIsOnOrOffIsLinear() {
    assertThat(verdict(ON_BOX)).startsWith("ACCEPTED").contains("on the box given");
    assertRejected(
        changed(ON_BOX, "\"bound\": \"0x1.0p1\"", "\"bound\": \"0x1.fffffffffffffp0\""),
        "not positive");
    String off =
        changed(
            ON_BOX,
            "[\n    \"0x0.0p0\",\n    \"-0x1.0p1\"",
            "[\n    \"-0x1.0p0\",\n    \"-0x1.0p1\"");
    assertRejected(off, "not positive");
    String all = changed(off, "\"0x1.0p1\",\n    \"0x0.0p0\"", "\"0x0.0p0\",\n    \"0x0.0p0\"");
    assertThat(verdict(changed(all, "\"bound\": \"0x1.0p1\"", "\"bound\": \"0x0.0p0\"")))
        .startsWith("ACCEPTED");
  }

  @Test
  void multipliersStayWhereAllIsLinear() {
    assertRejected(
        changed(
            ON_BOX,
            "[\n    {\"unit\": 1, \"constraint\": \"slope\", \"values\": [\"0x0.0p0\"]}\n  ]",
            "[]"),
        "lacks its slope multiplier");
    assertRejected(
        changed(
            ON_BOX,
            "\"procedure\": \"exact elimination\"",
            "\"procedure\": \"congruence\",\n  \"rows\": [\n    \"1\",\n    \"0 1\"\n  ]"),
        "a congruence on a box");
  }

  @Test
  void theBoxIsOne() {
    assertRejected(changed(ON_BOX, "\"-0x1.0p1\"", "\"0x1.0p1\""), "no interval");
    assertRejected(changed(ON_BOX, "\"-0x1.0p1\"", "\"NaN\""), "");
    assertRejected(changed(ON_BOX, "\"-0x1.0p1\"", "\"-Infinity\""), "");
    assertRejected(changed(ON_BOX, ",\n    \"-0x1.0p1\"", ""), "no interval");
    assertRejected(
        changed(ON_BOX, "\"-0x1.0p1\"", "\"-0x1.0000000000001p3\""), "beyond the declared");
    assertRejected(changed(ON_BOX, "/local", ""), "members");
    assertRejected(changed(ON_BOX, "/local", "/scaled"), "members");
    assertRejected(changed(ON_BOX, "/local", "/pairs"), "members");
  }
}
