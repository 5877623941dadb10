package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates written by hand, and one fault in each: nothing of lipc is needed for them. */
@Timeout(60)
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

  private static final String ENDLESS = "NOT DECIDED: too large: endless digits";

  private static final String UNNAMED = "the certificate names none of the 1 tensors beside it";

  private static final byte[] GIVEN =
      weights(
          "{\"g\": {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [0, 8]}}", new byte[8]);

  private static byte[] weights(String header, byte[] data) {
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    return HostileWeights.file(bytes.length, bytes, data);
  }

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
    String odd = changed(changed(CONSTRUCTION, "\"w1\"", "\"0x1.8p0\""), "by hand", "-0x1.0p0");
    assertThat(verdict(odd)).startsWith("ACCEPTED: test.Network is 1-Lipschitz");
    assertRejected(changed(odd, "\"w2\"", "\"0x1.8p0\""), "share");
  }

  /** Advisory 11: words of a name would be words of the sentence that the audit says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "1a",
        "a.1",
        "a-b",
        "a$b",
        "a b",
        "a/b",
        "a/pair",
        "a/pairs/pairs",
        "/pairs",
        "a./pairs",
        "a/pairs ",
        "0x1.0p0",
        "gr\u00f6\u00dfe",
        "\u0430",
        "a\u00a0b",
        "a\u2007b",
        "a\u3164b",
        "a\u2800b",
        "a\u200bb",
        "a\u202eb",
        "\uff41",
        "a\\u000a",
        "demo.Big\u00a0is\u00a00.25-Lipschitz;\u00a0formerly\u00a0it",
      })
  void namesThatAreNone(String name) {
    assertRejected(changed(RELU, "test.Network", name), "network cannot be ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "A1", "a.b_1.C", "network", "a.return"})
  void namesThatAreSome(String name) {
    assertThat(verdict(changed(RELU, "test.Network", name)))
        .startsWith("ACCEPTED: " + name + " is 0.5-Lipschitz");
  }

  /** A bound of other units is none of pairs, though it is true of these units. */
  @ParameterizedTest
  @ValueSource(strings = {"a/pairs", "a.B_/pairs"})
  void unitsThatAreNoPairs(String name) {
    assertRejected(changed(RELU, "test.Network", name), "no units of pairs");
  }

  /** A call is of a network, never of its pairs. */
  @Test
  void namesOfCallees() throws Exception {
    String pairs = changed(CONSTRUCTION, "test.Network", "test.Network/pairs");
    String caller =
        changed(
            caller("structural", pairs),
            "\"call\", \"operand\": 0, \"network\": \"test.Network\"",
            "\"call\", \"operand\": 0, \"network\": \"test.Network/pairs\"");
    assertThat(verdict(caller, pairs, new byte[0])).contains("REJECTED", "network cannot be ");
  }

  /** Whatever a file says is in quotes where the audit repeats it, and drawn from left to right. */
  @ParameterizedTest
  @CsvSource({
    "w, w",
    "a.b, a.b",
    "layers.0.weight, '\"layers.0.weight\"'",
    "w is 0-Lipschitz, '\"w is 0-Lipschitz\"'",
    "'w\u00a0is', '\"w\\u00a0is\"'",
    "'\u05d0\u202e\u3164', '\"\\u05d0\\u202e\\u3164\"'",
    "'w\\\" is', '\"w\\\" is\"'",
  })
  void whatIsRepeatedOfAFile(String name, String shown) {
    String text = HostileWeights.CERTIFICATE.replace("\"w\"", '"' + name + '"');
    byte[] weights = HostileWeights.all().getFirst().content();
    String header = new String(weights, 8, weights.length - 40, StandardCharsets.UTF_8);
    byte[] data = Arrays.copyOfRange(weights, weights.length - 32, weights.length);
    byte[] named = weights(header.replace("\"w\"", '"' + name + '"'), data);
    List<String> report = Witness.audit(List.of(text), List.of(named), WORK);
    assertThat(report.getLast()).startsWith("ACCEPTED: test.Network is 4.5-Lipschitz");
    assertThat(report).anyMatch(line -> line.startsWith("  tensor " + shown + " [2, 2] sha256:"));
    byte[] other = weights(header.replace("\"w\"", "\"\""), data);
    assertThat(verdict(text, other))
        .isEqualTo("REJECTED: tensor " + shown + " is not among the weights");
  }

  @Test
  void aReasonRepeatsNothingThatIsNotDrawn() {
    String words = "hand\",\n  \"x\u00a0is 0-Lipschitz\u202e\": \"";
    assertRejected(
        changed(RELU, "by hand", words), "\"method\", \"x\\u00a0is 0-Lipschitz\\u202e\",");
    assertThat(verdict(changed(RELU, "0x1.0p-2\"]", "x\u00a0\u001b\"]"))).matches("[ -~]+");
  }

  /** Two members were one, if its name was both with a blank between. */
  @ParameterizedTest
  @CsvSource({
    "'\"format\": \"lipc-certificate-1\",\n  \"network\": \"test.Network\"', '\"format network\": 7'",
    "'\"parameters\": [], \"size\": 1', '\"parameters size\": 7'",
  })
  void membersWhoseNamesAreJoined(String from, String to) {
    String single = RELU.replace("\"size\": 2", "\"size\": 1");
    assertThat(verdict(single)).startsWith("ACCEPTED");
    assertRejected(changed(single, from.translateEscapes(), to), "not the members");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"1\"', '\"0 1\"', true",
    "'\"1\"', '\"-5 999999999999999999\"', true",
    "'\"0\"', '\"0 1\"', false",
    "'\"-1\"', '\"0 1\"', false",
    "'\"1\"', '\"0 0\"', false",
    "'\"1\"', '\"0 -1\"', false",
    "'\"1\"', '\"1\"', false",
    "'\"1\"', '\"0 0 1\"', false",
    "'\"1\"', '\"0  1\"', false",
    "'\"1\"', '\"0 1 \"', false",
    "'\"1\"', '\" 0 1\"', false",
    "'\"1\"', '\"-0 1\"', false",
    "'\"1\"', '\"00 1\"', false",
    "'\"1\"', '\"+1 1\"', false",
    "'\"1\"', '\"1e0 1\"', false",
    "'\"1\"', '\"[0] 1\"', false",
    "'\"1\"', '\"{} 1\"', false",
    "'\"1\"', '\"0\u00a01\"', false",
    "'\"1\"', '\"\uff10 1\"', false",
    "'\"1\"', '\"0,1\"', false",
    "'\"1\"', '\"0 1000000000000000000\"', false",
    "'\"1\"', '\"\"', false",
    "1, '\"0 1\"', false",
    "'[1]', '\"0 1\"', false",
  })
  void rowsOfAWitness(String first, String second, boolean good) {
    String rows = "\"congruence\",\n  \"rows\": [\n    " + first + ",\n    " + second + "\n  ]";
    String loose =
        changed(
            changed(RELU, "\"0x1.0p-1\",\n  \"bound\"", "\"0x1.0p0\",\n  \"bound\""),
            "\"bound\": \"0x1.0p-1\"",
            "\"bound\": \"0x1.0p0\"");
    String text = changed(loose, "\"exact elimination\"", rows);
    assertThat(verdict(text)).startsWith(good ? "ACCEPTED" : "REJECTED");
  }

  /** Texts that would need a recursion for each character or bracket. */
  @Test
  void longTextsAndDeepBrackets() {
    String escapes = "\\\"".repeat(200_000);
    assertThat(verdict(changed(RELU, "by hand", escapes))).startsWith("ACCEPTED");
    assertRejected(changed(RELU, "\"by hand\"", "[".repeat(200_000)), "character");
    assertRejected(changed(RELU, "\"by hand\"", "{\"a\": ".repeat(200_000)), "character");
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

  /** A header costs as much as it is long, whatever there is. */
  @Test
  void longHeaders() {
    String entry = "\"%s\": {\"dtype\": \"F64\", \"shape\": [%s], \"data_offsets\": [0, 0]}";
    String many =
        IntStream.range(0, 100_000)
            .mapToObj(i -> entry.formatted("w" + i, "0"))
            .collect(Collectors.joining(","));
    String missing = "not among the weights";
    assertHeader('{' + many + '}', missing);
    assertHeader('{' + many, "character");
    assertHeader("{" + "\"w1\":{".repeat(200_000), "character");
    assertHeader("{\"w1\":" + "[".repeat(200_000), "character");
    assertHeader('{' + entry.formatted("v", "2147483647, ".repeat(300_000) + "0") + '}', missing);
    assertHeader(
        '{' + entry.formatted("v", "2147483647, ".repeat(300_000) + "1") + '}', "described");
    assertHeader('{' + entry.formatted("\\u00e4".repeat(300_000), "0") + '}', missing);
    assertHeader("{" + " ".repeat(2_000_000) + "}", missing);
  }

  private static void assertHeader(String header, String reason) {
    assertThat(verdict(HostileWeights.CERTIFICATE, weights(header, new byte[0])))
        .startsWith("REJECTED")
        .contains(reason);
  }

  /**
   * A few numbers beside each other whose places are thousands apart make sums of thousands of
   * digits: ranges are cut there, outward, and exact sums are counted by places and digits.
   */
  @Test
  void placesThatAreFarAwayAreCutOrCounted() {
    assertThat(verdict(rangeBehind(60, "0x1.0p-1000"))).endsWith("in [0E-1200, 1E-1200]");
    assertThat(verdict(rangeBehind(60, "-0x1.0p-1000"))).endsWith("in [0E-1200, 1E-1200]");
    assertThat(verdict(rangeBehind(61, "-0x1.0p-1000"))).endsWith("in [-1E-1200, 0E-1200]");
    assertThat(verdict(rangeBehind(3, "0x1.0p1000")))
        .startsWith("REJECTED: output 0 is only known");
    assertThat(verdict(rangeBehind(4, "0x1.0p1000")))
        .isEqualTo("NOT DECIDED: too large: numbers above 1e1200");
    assertThat(verdict(boundBehind(60, "0x1.0p-1000", 1))).isEqualTo(ENDLESS);
    // Large integers have no places, but digits, in each of the numbers that are added.
    assertThat(verdict(boundBehind(60, "0x1.fffffffffffffp1000", 5))).isEqualTo(ENDLESS);
  }

  /** The largest of many numbers is found by comparisons, which take time by the digits of each. */
  @Test
  void comparisonsOfLongNumbersAreCounted() {
    List<String> units = new ArrayList<>();
    int last = 190;
    for (int size = 10; size <= 1_000_000; size *= 10) {
      String ten = String.join(", ", Collections.nCopies(10, String.valueOf(last)));
      units.add(
          "    {\"operation\": \"concat\", \"operands\": [%s], \"size\": %d}".formatted(ten, size));
      last++;
    }
    units.add(
        "    {\"operation\": \"activation\", \"operand\": %d, \"name\": \"layer_norm\", \"parameters\": [\"0x1.0p0\", \"0x0.0p0\"], \"size\": 1000000}"
            .formatted(last));
    String asked =
        "  \"input norm\": \"linf\",\n  \"output norm\": \"linf\",\n"
            + NO_RECORDS
            + "  \"procedure\": \"elementwise product\"\n";
    assertThat(
            verdict(
                text(
                    "structural",
                    "0x1.0p0",
                    "0x1.0p0",
                    scales("", 190, "0x1.0000000000001p0") + String.join(",\n", units),
                    asked)))
        .isEqualTo(ENDLESS);
  }

  /** The claim that 61 elements, each with one factor more, are close behind so many centres. */
  private static String boundBehind(int count, String factor, int centers) {
    String all =
        IntStream.rangeClosed(0, count).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    int size = count + 1;
    StringBuilder units = new StringBuilder(scales("", count, factor));
    units.append(
        "    {\"operation\": \"concat\", \"operands\": [%s], \"size\": %d}".formatted(all, size));
    for (int i = 0; i < centers; i++) {
      units.append(
          ",%n    {\"operation\": \"activation\", \"operand\": %d, \"name\": \"center\", \"parameters\": [], \"size\": %d}"
              .formatted(size + i, size));
    }
    String asked = NO_RECORDS + "  \"procedure\": \"exact elimination\"\n";
    return text("structural", "0x1.0p0", "0x1.0p0", units.toString(), asked);
  }

  /** So many factors of one element, one behind the other. */
  private static String scales(String box, int count, String factor) {
    StringBuilder units =
        new StringBuilder("    {\"operation\": \"input\", \"size\": 1%s},%n".formatted(box));
    for (int i = 0; i < count; i++) {
      units.append(
          "    {\"operation\": \"scale\", \"operand\": %d, \"factor\": \"%s\", \"size\": 1},%n"
              .formatted(i, factor));
    }
    return units.toString();
  }

  /** The claim, which is never true, that an element in [1, 2] is 0 behind so many factors. */
  private static String rangeBehind(int count, String factor) {
    String units = scales(", \"lower\": [\"0x1.0p0\"], \"upper\": [\"0x1.0p1\"]", count, factor);
    return String.format(
        """
        {
          "format": "lipc-certificate-1",
          "network": "test.Network/range",
          "kind": "numeric",
          "type": "f64",
          "lower": "0x0.0p0",
          "upper": "0x0.0p0",
          "method": "by hand",
          "units": [
        %s
          ],
          "tensors": [],
          "procedure": "enclosure"
        }
        """,
        units.substring(0, units.length() - 2));
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
    "'\"0x1.0p-2\"]', '\"NaN\"]', no real",
    "'\"0x1.0p-2\"]', '\"0x1p-2\"]', no real",
    "'\"0x1.0p-2\"]', '\"-Infinity\"]', no real",
    "'\"0x1.0p-2\"]', '\"0x1.0p9999\"]', no real",
    "'\"0x1.0p-2\"]', '\" 0x1.0p-2\"]', no real",
    "'\"0x1.0p-2\"]', '\"0x1.0p-2d\"]', no real",
    "'\"0x1.0p-2\"]', '\"0x1.0P-2\"]', no real",
    "'\"0x1.0p-2\"]', '\"0.25\"]', no real",
    "'\"0x1.0p-2\"]', '\"\"]', no real",
    "'\"0x1.0p-2\"]', '[\"0x1.0p-2\"]]', no real",
    "'\"0x1.0p-2\"]', '1]', no real",
    "'\"operand\": 0', '\"operand\": -0', character",
    "'\"operand\": 0', '\"operand\": 00', character",
    "'\"operand\": 0', '\"operand\": 0e0', character",
    "'\"operand\": 0', '\"operand\": 0.0', character",
    "'\"operand\": 0', '\"operand\": 4294967296', kind",
    "'\"operand\": 0', '\"operand\": 18446744073709551616', character",
    "'\"operand\": 0', '\"operand\": null', character",
    "'\"operand\": 0', '\"operand\": \"0\"', kind",
    "'by hand', 'by\\ud83dhand', character",
    "'by hand', '\\ude00\\ud83d', character",
    "'by hand', '\\u00E4', canonical",
    "'by hand', '\\/', canonical",
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
    "'\"input\", \"size\": 2', '\"input\", \"size\": 2, \"upper\": []', does not fit",
    "'\"input\", \"size\": 2', '\"input\", \"size\": 2, \"lower\": []', does not fit",
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
    assertThat(verdict(CONSTRUCTION, GIVEN)).startsWith("REJECTED").contains(UNNAMED);
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

  /** A proof by all frequencies of a torus, whose units give one element each. */
  private static String onTorus(String units, int high, int wide, String head) {
    String torus =
        String.format(
            Locale.ROOT,
            "  \"torus\": [\n    %d,\n    %d\n  ],\n  \"twist\": [\n    \"0x0.0p0\",\n    \"0x0.0p0\"\n  ]%s\n",
            high,
            wide,
            head);
    String proof = NO_RECORDS + "  \"procedure\": \"all frequencies\",\n" + torus;
    return text("structural", "0x1.0p1", "0x1.0p1", units, proof);
  }

  /** Some 500 bytes that kept the audit busy for minutes: each frequency looked at all pixels. */
  @Test
  void pixelsThatAHeadReadsAtEachFrequencyAreCounted() {
    String units =
        """
          {"operation": "input", "shape": [1, 1, N]},
          {"operation": "select", "operand": 0, "indices": [0]}\
        """;
    String head = ",\n  \"head\": 1";
    assertThat(verdict(onTorus(units.replace("N", "20"), 1, 20, head))).startsWith("ACCEPTED");
    assertThat(verdict(onTorus(units.replace("N", "4000"), 1, 4000, head)))
        .startsWith("NOT DECIDED: too large: S at many frequencies");
  }

  @ParameterizedTest
  @CsvSource({"20, 4, ACCEPTED", "400, 120, NOT DECIDED: too large: S at many frequencies"})
  void linearUnitsAtEachFrequencyAreCounted(int count, int cells, String verdict) {
    StringBuilder units = new StringBuilder("{\"operation\": \"input\", \"shape\": [1, 1, 1]}");
    for (int i = 0; i < count; i++) {
      units.append(",\n").append(scale(i));
    }
    assertThat(verdict(onTorus(units.toString(), cells, cells, ""))).startsWith(verdict);
  }

  private static String scale(int operand) {
    return String.format(
        Locale.ROOT,
        "{\"operation\": \"scale\", \"operand\": %d, \"factor\": \"0x1.0p0\", \"size\": 1}",
        operand);
  }

  /** A callee is read once for each call, all its numbers, even where they scale a single row. */
  @ParameterizedTest
  @CsvSource({"50, ACCEPTED", "2000, NOT DECIDED: too large: rows of unit"})
  void numbersOfInlinedCallsAreCounted(int calls, String verdict) throws Exception {
    int n = 2000;
    String row =
        NO_RECORDS.replace("\"segmentations\": []", "\"segmentations\": [\n    " + "CUT\n  ]");
    String cut = String.format(Locale.ROOT, "{\"unit\": 0, \"lengths\": [%d]}", n);
    String proof = row.replace("CUT", cut) + "  \"procedure\": \"exact elimination\"\n";
    String input = String.format(Locale.ROOT, "{\"operation\": \"input\", \"size\": %d}", n);
    String ones = "\"0x1.0p0\", ".repeat(n - 1) + "\"0x1.0p0\"";
    String affine =
        "{\"operation\": \"affine\", \"operand\": 0, \"scale\": [%s], \"shift\": [%s], \"size\": %d}"
            .formatted(ones, ones, n);
    String callee = text("structural", "0x1.0p0", "0x1.0p0", input + ",\n" + affine, proof);
    String call =
        ",\n{\"operation\": \"call\", \"operand\": %d, \"network\": \"test.Network\","
            + " \"certificate\": \"%s\", \"inputs\": %d, \"size\": %d}";
    StringBuilder units = new StringBuilder(input);
    for (int i = 0; i < calls; i++) {
      units.append(call.formatted(i, digest(callee), n, n));
    }
    String caller = text("structural", "0x1.0p0", "0x1.0p0", units.toString(), proof);
    String inlined =
        changed(caller, "\"tensors\": [],", "\"tensors\": [],\n  \"calls\": \"inlined\",");
    assertThat(verdict(inlined, callee, new byte[0])).startsWith(verdict);
  }

  /** Once for each operand, the product of all extents took minutes. */
  @Test
  void extentsOfAnInputAreMultipliedOnce() {
    int many = 131_072;
    String ones = "1, ".repeat(many - 1) + "1", zeros = "0, ".repeat(many - 1) + "0";
    String units =
        "{\"operation\": \"input\", \"shape\": [%s]},\n{\"operation\": \"sum\", \"operands\": [%s], \"size\": 1}"
            .formatted(ones, zeros);
    String asked = NO_RECORDS + "  \"procedure\": \"exact elimination\"\n";
    assertThat(verdict(text("structural", "0x1.0p17", "0x1.0p17", units, asked)))
        .startsWith("ACCEPTED: test.Network is 131072-Lipschitz");
  }

  /**
   * An elementwise product of an input that has a size and no tensors is stopped by this limit
   * alone.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\n{\"operation\": \"scale\", \"operand\": 0, \"factor\": \"0x1.0p0\", \"size\": N}"
      })
  void elementwiseProductsOfLargeInputs(String unit) {
    String units = ("{\"operation\": \"input\", \"size\": N}" + unit).replace("N", "2147483647");
    String proof =
        "  \"input norm\": \"linf\",\n  \"output norm\": \"linf\",\n"
            + NO_RECORDS
            + "  \"procedure\": \"elementwise product\"\n";
    assertThat(verdict(text("structural", "0x1.0p0", "0x1.0p0", units, proof)))
        .startsWith("NOT DECIDED");
  }

  /** Numbers behind those that a window reads are numbers that another program may read. */
  @ParameterizedTest
  @CsvSource({
    "'0, 0, 0, 0', no record",
    "'0, 0, 0, 0, 0, 0, 0, 0', does not fit",
    "'0, 0, 0, 0, 7, 5, 9, 3', does not fit",
    "'0, 0, 0, 0, 1', does not fit",
  })
  void paddings(String padding, String reason) {
    String units =
        """
          {"operation": "input", "size": 9},
          {"operation": "convolution", "operand": 0, "input": [1, 3, 3], "channels": 1, "kernel": [2, 2], \
        "stride": [1, 1], "padding": [%s], "dilation": [1, 1], "groups": 1, "weight": "w"}\
        """
            .formatted(padding);
    String proof = NO_RECORDS + "  \"procedure\": \"exact elimination\"\n";
    assertRejected(text("numeric", "0x1.0p0", "0x1.0p0", units, proof), reason);
  }

  /** The double that is next to 0.1 is above it, and so is what stands in the sentence. */
  @ParameterizedTest
  @CsvSource({
    "0x1.999999999999ap-4, 0.10000000000000001",
    "0x1.0000000000001p0, 1.0000000000000003",
    "0x1.0p-1, 0.5",
    "0x1.0p31, 2147483648",
  })
  void boundsAreNotRoundedDown(String bound, String decimal) {
    String units =
        """
          {"operation": "input", "size": 1},
          {"operation": "scale", "operand": 0, "factor": "%s", "size": 1}\
        """
            .formatted(bound);
    String proof = NO_RECORDS + "  \"procedure\": \"exact elimination\"\n";
    assertThat(verdict(text("structural", bound, bound, units, proof)))
        .startsWith("ACCEPTED: test.Network is " + decimal + "-Lipschitz, exactly " + bound + ", ");
  }

  /** A name that fills the line would leave no room for what is claimed. */
  @ParameterizedTest
  @ValueSource(strings = {"", ".Net"})
  void longNamesLeaveTheClaim(String end) {
    assertThat(verdict(changed(RELU, "test.Network", "a".repeat(2000) + end)))
        .startsWith("ACCEPTED: aaa")
        .contains(
            "aaa" + end + " is 0.5-Lipschitz, exactly 0x1.0p-1, from l2 to l2, for all values");
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
      assertThat(verdict(caller, CONSTRUCTION, GIVEN)).startsWith("REJECTED").contains(UNNAMED);
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

  /** A name is that of one network: a reader takes two calls of it for calls of the same. */
  @ParameterizedTest
  @CsvSource({
    "test.Other, ACCEPTED",
    "test.Network, REJECTED: two callees of the name test.Network"
  })
  void calleesOfOneName(String name, String expected) throws Exception {
    String other = changed(changed(CONSTRUCTION, "by hand", "otherwise"), "test.Network", name);
    String caller = caller("structural", CONSTRUCTION);
    int second = caller.lastIndexOf("{\"operation\": \"call\"");
    String mixed =
        caller.substring(0, second)
            + caller
                .substring(second)
                .replace(digest(CONSTRUCTION), digest(other))
                .replace("test.Network", name);
    List<String> texts = List.of(mixed, CONSTRUCTION, other);
    byte[] none = new byte[0];
    assertThat(verdict(texts, none, none, none)).startsWith(expected);
  }

  /**
   * A bound that is true for all weights says nothing about those that were given, so there is no
   * answer about them.
   */
  @ParameterizedTest
  @ValueSource(strings = {"structural", "numeric"})
  void weightsThatNoCertificateNames(String kind) throws Exception {
    String bare = changed(RELU, "structural", kind);
    assertThat(verdict(bare)).startsWith("ACCEPTED");
    assertThat(verdict(bare, GIVEN)).startsWith("REJECTED").contains(UNNAMED);
    String caller = changed(caller("structural", CONSTRUCTION), "structural", kind);
    List<String> texts = List.of(caller, CONSTRUCTION);
    byte[] none = new byte[0];
    assertThat(verdict(texts, none, none)).startsWith("ACCEPTED");
    assertThat(verdict(texts, GIVEN, none)).startsWith("REJECTED").contains(UNNAMED);
    assertThat(verdict(texts, none, GIVEN)).startsWith("REJECTED").contains(UNNAMED);
  }

  /** A file without tensors has nothing that could be read. */
  @Test
  void aFileWithoutTensorsIsAsGoodAsNone() {
    assertThat(verdict(RELU, weights("{}", new byte[0]))).startsWith("ACCEPTED");
  }

  /** One file may hold the weights of several networks; the report says that it holds more. */
  @Test
  void weightsOfWhichACertificateNamesSome() {
    String one = "{\"dtype\": \"F64\", \"shape\": [2, 2], \"data_offsets\": [0, 32]}";
    String two = "{\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [32, 40]}";
    byte[] content = HostileWeights.all().getFirst().content();
    byte[] data = Arrays.copyOfRange(content, content.length - 32, content.length + 8);
    byte[] more = weights("{\"w\": " + one + ", \"g\": " + two + "}", data);
    List<String> texts = List.of(HostileWeights.CERTIFICATE);
    List<String> report = Witness.audit(texts, List.of(more), WORK);
    assertThat(report.getLast()).startsWith("ACCEPTED");
    assertThat(report).contains("  1 of the 2 tensors in its file");
    assertThat(Witness.audit(texts, List.of(content), WORK))
        .noneMatch(line -> line.contains(" of the 1 "));
  }

  @Test
  void certificatesThatAreGivenTwice() throws Exception {
    String caller = caller("structural", CONSTRUCTION);
    byte[] none = new byte[0];
    List<String> twice = List.of(caller, CONSTRUCTION, CONSTRUCTION);
    assertThat(verdict(twice, none, none, none)).startsWith("ACCEPTED");
    assertThat(verdict(twice, none, none, weights("{}", none)))
        .isEqualTo("REJECTED: a certificate is given twice, with other weights");
  }

  private static String verdict(List<String> texts, byte[]... weights) {
    return Witness.audit(texts, List.of(weights), WORK).getLast();
  }

  @Test
  void brokenTextsAreRejectedAndNothingElseHappens() {
    for (int cut = 0; cut < RELU.length(); cut++) {
      assertThat(verdict(RELU.substring(0, cut))).startsWith("REJECTED");
    }
    assertRejected(RELU + "\n", "canonical");
    assertRejected("\ufeff" + RELU, "character 0");
    assertRejected(RELU.replace("\n", "\r\n"), "canonical");
    assertRejected(RELU + RELU, "character");
  }
}
