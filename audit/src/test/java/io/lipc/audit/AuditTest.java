package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates written by hand, and one fault in each: nothing of lipc is needed for them. */
@Timeout(10)
final class AuditTest {

  private static final long WORK = 1_000_000_000;
  private static final String NO_RECORDS =
      """
        "gains": [],
        "segmentations": [],
        "multipliers": [],
      """;

  /** {@code relu(x) / 2}: the multiplier 1/4 proves 1/2, exactly. */
  private static final String RELU =
      text(
          "structural",
          "0x1.0p-1",
          "0x1.0p-1",
          """
            {"operation": "input", "size": 2},
            {"operation": "activation", "operand": 0, "name": "relu", "parameters": [], "size": 2},
            {"operation": "scale", "operand": 1, "factor": "0x1.0p-1", "size": 2}\
          """,
          """
            "gains": [],
            "segmentations": [],
            "multipliers": [
              {"unit": 1, "constraint": "slope", "values": ["0x1.0p-2"]}
            ],
            "procedure": "exact elimination"
          """);

  private static final String CHAIN =
      """
        {"operation": "input", "size": 2},
        {"operation": "dense", "operand": 0, "inputs": 2, "size": 2, "weight": "w1"},
        {"operation": "activation", "operand": 1, "name": "relu", "parameters": [], "size": 2},
        {"operation": "dense", "operand": 2, "inputs": 2, "size": 2, "weight": "w2"}\
      """;

  private static final String CONSTRUCTION =
      text(
          "structural",
          "0x1.0p0",
          "0x1.0p0",
          CHAIN,
          NO_RECORDS + "  \"procedure\": \"ldlt construction\"\n");

  private static final byte[] GIVEN = "\2\0\0\0\0\0\0\0{}12345678".getBytes(StandardCharsets.UTF_8);

  private static String text(
      String kind, String declared, String bound, String units, String proof) {
    return String.format(
        Locale.ROOT,
        """
        {
          "format": "lipc-certificate-1",
          "network": "test.Network",
          "kind": "%s",
          "type": "f64",
          "declared": "%s",
          "bound": "%s",
          "method": "by hand",
          "units": [
        %s
          ],
          "tensors": [],
        %s}
        """,
        kind,
        declared,
        bound,
        units.indent(2).stripTrailing().replaceAll("(?m)^ *\\{", "    {"),
        proof);
  }

  private static String verdict(String text, byte[] weights) {
    return Witness.audit(List.of(text), List.of(weights), WORK).getLast();
  }

  private static String verdict(String text) {
    return verdict(text, new byte[0]);
  }

  private static String changed(String text, String from, String to) {
    assertThat(text).contains(from);
    return text.replace(from, to);
  }

  private static void assertRejected(String text, String reason) {
    assertThat(verdict(text)).startsWith("REJECTED").contains(reason);
  }

  @Test
  void honestCertificatesAreAccepted() {
    assertThat(verdict(RELU)).startsWith("ACCEPTED: test.Network is 0.5-Lipschitz");
    assertThat(verdict(CONSTRUCTION)).startsWith("ACCEPTED");
  }

  /** A name is a text, even if it looks like a number. */
  @Test
  void namesThatLookLikeNumbers() {
    String odd = changed(changed(CONSTRUCTION, "\"w1\"", "\"0x1.8p0\""), "test.Network", "0x1.0p0");
    assertThat(verdict(changed(odd, "by hand", "-0x1.0p0"))).startsWith("ACCEPTED: 0x1.0p0 is 1.0");
    assertRejected(changed(odd, "\"w2\"", "\"0x1.8p0\""), "share");
  }

  @Test
  void theReportSaysWhatWasChecked() {
    assertThat(Witness.audit(List.of(RELU), List.of(new byte[0]), WORK))
        .anyMatch(line -> line.startsWith("certificate sha256:"))
        .anyMatch(line -> line.contains("3 units of F64"))
        .anyMatch(line -> line.contains("4 rows") && line.contains("exact elimination"));
  }

  @Test
  void aBoundThatIsTooLowByOneUnitInTheLastPlace() {
    String lower = "\"bound\": \"0x1.fffffffffffffp-2\"";
    assertRejected(changed(RELU, "\"bound\": \"0x1.0p-1\"", lower), "not positive");
  }

  /** Each name is looked for in what follows it: once, whatever there is. */
  @Test
  void aHeaderOfOneNameOverAndOver() {
    String dense =
        "    {\"operation\": \"dense\", \"operand\": 0, \"inputs\": 1, \"size\": 1, \"weight\": \"w1\"}";
    String input = "    {\"operation\": \"input\", \"size\": 1},\n";
    String digest = "sha256:" + "0".repeat(64);
    String record = "{\"name\": \"w1\", \"shape\": [1, 1], \"digest\": \"" + digest + "\"}";
    String asked = NO_RECORDS + "  \"procedure\": \"exact elimination\"\n";
    String text = text("numeric", "0x1.0p0", "0x1.0p0", input + dense, asked);
    text = changed(text, "\"tensors\": []", "\"tensors\": [\n    " + record + "\n  ]");
    byte[] header = "\"w1\":{".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(16 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header).putDouble(1);
    assertThat(verdict(text, file.array()))
        .startsWith("REJECTED")
        .contains("not among the weights");
  }

  /** Numbers of thousands of digits cost as much as they are long. */
  @Test
  void longNumbersAreCounted() {
    StringBuilder units = new StringBuilder("    {\"operation\": \"input\", \"size\": 50},\n");
    for (int i = 0; i < 30; i++) {
      units.append(
          "    {\"operation\": \"scale\", \"operand\": %d, \"factor\": \"%s\", \"size\": 50},%n"
              .formatted(i, "0x1.123456789abcdp-1000"));
    }
    units.append(
        "    {\"operation\": \"activation\", \"operand\": 30, \"name\": \"center\","
            + " \"parameters\": [], \"size\": 50}");
    String asked = NO_RECORDS + "  \"procedure\": \"exact elimination\"\n";
    assertThat(verdict(text("structural", "0x1.0p0", "0x1.0p0", units.toString(), asked)))
        .startsWith("NOT DECIDED: too large");
  }

  @Test
  void aBoundAboveTheDeclaredOne() {
    assertRejected(
        changed(RELU, "\"bound\": \"0x1.0p-1\"", "\"bound\": \"0x1.0p0\""), "above the declared");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"0x1.0p-2\"]', '\"-0x1.0p-2\"]', negative",
    "'\"0x1.0p-2\"]', '\"0x1.0p-2\", \"0x1.0p-2\", \"0x1.0p-2\"]', number of multipliers",
    "'\"0x1.0p-2\"]', '\"NaN\"]', kind",
    "'\"0x1.0p-2\"]', '\"0x1p-2\"]', kind",
    "'\"slope\"', '\"range\"', lacks",
    "'{\"unit\": 1', '{\"unit\": 2', lacks",
    "'\"relu\"', '\"square\"', unknown",
    "'\"relu\"', '\"abs\"', not positive",
    "'\"operand\": 1', '\"operand\": 2', does not fit",
    "'\"method\": \"by hand\"', '\"method\":  \"by hand\"', canonical",
    "'\"method\": \"by hand\"', '\"method\": []', kind",
    "'\"method\": \"by hand\"', '\"method\": 7', kind",
    "'\"input\", \"size\": 2', '\"input\", \"size\": 2, \"lower\": [\"0x0.0p0\", \"0x0.0p0\"]', does not fit",
    "'\"size\": 2', '\"size\": 2, \"lower\": [\"0x0.0p0\"], \"upper\": [\"0x1.0p0\"]', does not fit",
    "'\"size\": 2', '\"size\": 2, \"lower\": [], \"upper\": []', does not fit",
    "'\"size\": 2', '\"size\": 2, \"lower\": \"a\", \"upper\": \"b\"', kind",
    "'\"size\": 2', '\"size\": 2, \"lower\": [\"0x0.0p0\", \"0x1.0p0\"], \"upper\": [\"0x1.0p0\", \"0x0.0p0\"]', does not fit",
    "'\"network\"', '\"netw\\u006frk\"', canonical",
    "'by hand', '\ud83d\ude00', canonical",
    "'\"structural\"', '\"any\"', kind",
    "'\"exact elimination\"', '\"trust me\"', procedure",
    "'\"exact elimination\"', '\"congruence\"', rows",
    "'\"tensors\": [],', '\"tensors\": [], \"more\": 1,', canonical",
  })
  void oneFault(String from, String to, String reason) {
    assertRejected(changed(RELU, from, to), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    {\"unit\": 2, \"constraint\": \"slope\", \"values\": [\"0x1.0p0\"]}",
        "    {\"unit\": 9, \"constraint\": \"slope\", \"values\": [\"0x1.0p0\"]}",
        "    {\"unit\": 0, \"constraint\": \"range\", \"values\": [\"0x1.0p0\"]}",
      })
  void recordsThatNothingReads(String record) {
    assertRejected(
        changed(RELU, "[\"0x1.0p-2\"]}", "[\"0x1.0p-2\"]},\n" + record), "nothing reads");
  }

  @Test
  void aSegmentationOfAUnitThatStartsNoRows() {
    assertRejected(
        changed(
            RELU,
            "\"segmentations\": []",
            "\"segmentations\": [\n    {\"unit\": 1, \"lengths\": [1, 1]}\n  ]"),
        "nothing reads");
  }

  @Test
  void membersThatGoWithoutSaying() {
    String norms = "\"tensors\": [],\n  \"input norm\": \"l2\",\n  \"output norm\": \"l2\",";
    assertRejected(changed(RELU, "\"tensors\": [],", norms), "need not be said");
    String calls = "\"tensors\": [],\n  \"calls\": \"bounded\",";
    assertRejected(changed(RELU, "\"tensors\": [],", calls), "calls");
  }

  /** Advisory 1: what let it pass was a construction taken for something with inlined calls. */
  @Test
  void aConstructionWithCallsThatAreInlined() {
    String inlined = "\"tensors\": [],\n  \"calls\": \"inlined\",";
    assertRejected(changed(CONSTRUCTION, "\"tensors\": [],", inlined), "inlined");
  }

  @Test
  void aConstructionBesideGivenWeights() {
    assertThat(verdict(CONSTRUCTION, GIVEN)).startsWith("REJECTED").contains("given weights");
  }

  @Test
  void aConstructionOfGivenWeights() {
    assertThat(verdict(changed(CONSTRUCTION, "structural", "numeric"))).startsWith("REJECTED");
  }

  /** Advisory 3: training builds for the declared bound, so no lower one is true. */
  @Test
  void aConstructionBelowItsDeclaredBound() {
    String lower = "\"bound\": \"0x0.0000000000001p-1022\"";
    assertRejected(changed(CONSTRUCTION, "\"bound\": \"0x1.0p0\"", lower), "declared");
  }

  @Test
  void aConstructionWithUnitsOfItsOwn() {
    String shared = changed(CONSTRUCTION, "\"w2\"", "\"w1\"");
    assertRejected(shared, "share");
    String linear = changed(CONSTRUCTION, "\"relu\"", "\"identity\"");
    assertRejected(linear, "not an activation of a construction");
  }

  /** Advisory 8: what no proof reads has to be of its kind all the same. */
  @Test
  void aConstructionWhoseWeightsAreNoTexts() {
    assertRejected(changed(CONSTRUCTION, "\"w1\"", "1"), "kind");
  }

  /** The theorem needs matrices of its own for the skip and for each layer of the chain. */
  @Test
  void aConstructionWhoseBranchesShareALayer() {
    String end =
        """
        ,
            {"operation": "sum", "operands": [1, 3], "size": 2}
          ],
          "tensors\
        """;
    assertRejected(changed(CONSTRUCTION, "\n  ],\n  \"tensors", end), "share a layer");
  }

  @Test
  void weightsInAStructuralProof() {
    String other = changed(CONSTRUCTION, "ldlt construction", "exact elimination");
    assertThat(verdict(other)).startsWith("REJECTED");
  }

  /** A few hundred bytes that would once keep a checker busy for minutes. */
  @ParameterizedTest
  @ValueSource(ints = {131_000, 999_999_999})
  void largeUnitsOfSmallTextsEndTheAudit(int size) {
    String wide =
        """
          {"operation": "input", "size": N},
          {"operation": "activation", "operand": 0, "name": "relu", "parameters": [], "size": N}\
        """
            .replace("N", String.valueOf(size));
    String proof =
        """
          "gains": [],
          "segmentations": [],
          "multipliers": [
            {"unit": 1, "constraint": "slope", "values": ["0x1.0p0"]}
          ],
          "procedure": "verified cholesky"
        """;
    String text = text("structural", "0x1.0p0", "0x1.0p0", wide, proof);
    assertThat(verdict(text)).startsWith("NOT DECIDED");
  }

  @Test
  void unitsThatTheOutputDoesNotDependOn() {
    String unread =
        "    {\"operation\": \"scale\", \"operand\": 0, \"factor\": \"0x1.0p0\", \"size\": 2},\n";
    String last = "    {\"operation\": \"scale\", \"operand\": 1";
    assertRejected(changed(RELU, last, unread + last), "nothing reads unit 2");
    String dense =
        "    {\"operation\": \"dense\", \"operand\": 0, \"inputs\": 2, \"size\": 2, \"weight\": \"w3\"},\n";
    String end = "    {\"operation\": \"dense\", \"operand\": 2";
    assertRejected(changed(CONSTRUCTION, end, dense + end), "nothing reads unit 3");
  }

  @Test
  void callsThatAreInlinedWhereNothingIsCalled() {
    String inlined = "\"tensors\": [],\n  \"calls\": \"inlined\",";
    assertRejected(changed(RELU, "\"tensors\": [],", inlined), "nothing is called");
  }

  private static String digest(String text) throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    return "sha256:" + HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String calls(String callee) throws NoSuchAlgorithmException {
    return """
      {"operation": "input", "size": 2},
      {"operation": "call", "operand": 0, "network": "test.Network", "certificate": "D", "inputs": 2, "size": 2},
      {"operation": "call", "operand": 1, "network": "test.Network", "certificate": "D", "inputs": 2, "size": 2}\
    """
        .replace("\"D\"", '"' + digest(callee) + '"');
  }

  /** Calls a network of bound 1 twice: the multipliers 1 prove 1, exactly. */
  private static String caller(String kind, String callee) throws NoSuchAlgorithmException {
    String proof =
        """
          "gains": [],
          "segmentations": [],
          "multipliers": [
            {"unit": 1, "constraint": "gain", "values": ["0x1.0p0"]},
            {"unit": 2, "constraint": "gain", "values": ["0x1.0p0"]}
          ],
          "procedure": "exact elimination"
        """;
    return text(kind, "0x1.0p0", "0x1.0p0", calls(callee), proof);
  }

  private static String verdict(String caller, String callee, byte[] weights) {
    List<byte[]> files = List.of(new byte[0], weights);
    return Witness.audit(List.of(caller, callee), files, WORK).getLast();
  }

  @Test
  void callersOfHonestNetworksAreAccepted() throws Exception {
    for (String kind : List.of("structural", "numeric")) {
      String caller = caller(kind, CONSTRUCTION);
      assertThat(verdict(caller, CONSTRUCTION, new byte[0])).startsWith("ACCEPTED");
      assertThat(verdict(caller)).startsWith("REJECTED").contains("not given");
    }
    String proof =
        caller("structural", RELU)
            .replace("\"tensors\": [],", "\"tensors\": [],\n  \"calls\": \"inlined\",");
    String slopes =
        proof.replace("\"gain\"", "\"slope\"").replace("{\"unit\": 2, \"c", "{\"unit\": 3, \"c");
    assertThat(verdict(slopes, RELU, new byte[0])).startsWith("ACCEPTED");
  }

  /** Advisory 2: the caller's own proof is right; what it calls is forged. */
  @Test
  void callersOfForgedConstructions() throws Exception {
    String inlined = "\"tensors\": [],\n  \"calls\": \"inlined\",";
    for (String kind : List.of("structural", "numeric")) {
      for (String forged :
          List.of(
              changed(CONSTRUCTION, "\"bound\": \"0x1.0p0\"", "\"bound\": \"0x1.0p-9\""),
              changed(CONSTRUCTION, "\"tensors\": [],", inlined),
              changed(CONSTRUCTION, "\"structural\"", "\"numeric\""),
              changed(CONSTRUCTION, "ldlt construction", "exact elimination"))) {
        String caller = caller(kind, forged);
        assertThat(verdict(caller, forged, new byte[0])).startsWith("REJECTED");
        assertThat(verdict(caller, forged, GIVEN)).startsWith("REJECTED");
      }
      String caller = caller(kind, CONSTRUCTION);
      assertThat(verdict(caller, CONSTRUCTION, GIVEN))
          .startsWith("REJECTED")
          .contains("given weights");
    }
  }

  /** Advisory 2: a chain of constructions, read as units, looks like one. */
  @Test
  void compositionsOfConstructionsAreNoConstruction() throws Exception {
    String theorem = NO_RECORDS + "  \"procedure\": \"ldlt construction\"\n";
    String inlined = "\"tensors\": [],\n  \"calls\": \"inlined\",";
    String forged = text("structural", "0x1.0p-10", "0x1.0p-10", calls(CONSTRUCTION), theorem);
    String honest = caller("structural", CONSTRUCTION);
    for (String caller :
        List.of(
            forged,
            changed(forged, "\"tensors\": [],", inlined),
            changed(honest, "\"tensors\": [],", inlined),
            changed(honest.replace("structural", "numeric"), "\"tensors\": [],", inlined))) {
      assertThat(verdict(caller, CONSTRUCTION, new byte[0])).startsWith("REJECTED");
    }
  }

  @Test
  void calleesOfAnotherNameOrThatNothingCalls() throws Exception {
    String other = changed(CONSTRUCTION, "test.Network", "test.Other");
    assertThat(verdict(caller("structural", other), other, new byte[0]))
        .contains("REJECTED", "name");
    assertThat(verdict(RELU, CONSTRUCTION, new byte[0])).contains("REJECTED", "nothing calls");
  }

  @Test
  void brokenTextsAreRejectedAndNothingElseHappens() {
    for (int cut = 0; cut < RELU.length(); cut++) {
      assertThat(verdict(RELU.substring(0, cut))).startsWith("REJECTED");
    }
    assertRejected(RELU + "\n", "follows");
  }
}
