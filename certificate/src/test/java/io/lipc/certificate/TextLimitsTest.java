package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate.Kind;
import io.lipc.certificate.Grounds.Calls;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members, words and numbers at the limits of what is read; and every unit, to the letter. */
final class TextLimitsTest {

  private static JsonFields fields(String text) throws FormatException {
    return JsonFields.of("a thing", Json.read(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void integersOfThirtyTwoBitsAreRead(int value) throws FormatException {
    assertThat(fields("{\"n\": " + value + "}").integer("n")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2147483648", "-2147483649", "4294967296", "99999999999", "1.0", "1e1", "\"1\""})
  void otherNumbersAreNoIntegers(String text) throws FormatException {
    JsonFields fields = fields("{\"n\": " + text + "}");
    assertThatThrownBy(() -> fields.integer("n"))
        .isInstanceOf(FormatException.class)
        .hasMessage("`n` of a thing cannot be " + Quoted.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0x1.8p1, 3",
    "-0x1.0p0, -1",
    "0x0.0p0, 0",
    "0x1.fffffffffffffp1023, 0x1.fffffffffffffp1023",
    "0x0.0000000000001p-1022, 0x1p-1074",
    "Infinity, Infinity",
    "-Infinity, -Infinity",
    "NaN, NaN"
  })
  void realNumbersAreRead(String text, double value) throws FormatException {
    assertThat(fields("{\"x\": \"" + text + "\"}").real("x")).isEqualTo(Double.valueOf(value));
    assertThat(fields("{\"x\": [\"" + text + "\"]}").reals("x")).containsExactly(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0x1p0", "0x2.0p0", "0x1.0P0", "0x1.A0p0", "-NaN", "", "0x1.0p+0"})
  void otherTextsAreNoRealNumbers(String text) throws FormatException {
    JsonFields fields = fields("{\"x\": \"" + text + "\"}");
    assertThatThrownBy(() -> fields.real("x"))
        .isInstanceOf(FormatException.class)
        .hasMessage("`x` of a thing cannot be " + Quoted.of(text));
  }

  @Test
  void membersAreReadOnce() throws FormatException {
    JsonFields fields = fields("{\"a\": \"x\", \"b\": \"y\"}");
    assertThat(fields.has("a")).isTrue();
    assertThat(fields.has("c")).isFalse();
    assertThat(fields.text("a")).isEqualTo("x");
    assertThat(fields.has("a")).isFalse();
    assertThatThrownBy(() -> fields.text("a")).hasMessage("a thing lacks `a`");
    assertThatThrownBy(fields::end).hasMessage("a thing has an unknown member `b`");
    fields.text("b");
    fields.end();
  }

  @Test
  void faultsShowFortyCharacters() throws FormatException {
    for (int length : new int[] {39, 40, 41, 4000}) {
      String text = "x".repeat(length);
      assertThatThrownBy(() -> fields("{\"k\": \"" + text + "\"}").word("k", Kind.class))
          .isInstanceOf(FormatException.class)
          .hasMessage("`k` of a thing cannot be " + (length > 40 ? "x".repeat(40) + "..." : text));
    }
  }

  @Test
  void wordsAreInSmallLetters() throws FormatException {
    assertThat(fields("{\"k\": \"numeric\"}").word("k", Kind.class)).isEqualTo(Kind.NUMERIC);
    assertThat(fields("{\"k\": \"structural\"}").word("k", Kind.class)).isEqualTo(Kind.STRUCTURAL);
    for (String word : List.of("NUMERIC", "Numeric", "numeric ", "")) {
      assertThatThrownBy(() -> fields("{\"k\": \"" + word + "\"}").word("k", Kind.class))
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void kindsOfValues() throws FormatException {
    assertThatThrownBy(() -> fields("[1]")).hasMessage("a thing is not an object");
    assertThatThrownBy(() -> fields("{\"l\": 1}").integers("l"))
        .hasMessage("`l` of a thing is not a list");
    assertThatThrownBy(() -> fields("{\"t\": 1}").text("t"))
        .hasMessage("`t` of a thing cannot be 1");
    assertThat(fields("{\"l\": [3, -4]}").integers("l")).containsExactly(3, -4);
  }

  private static JsonValue object(Object... members) {
    Map<String, JsonValue> values = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      values.put((String) members[i], value(members[i + 1]));
    }
    return new JsonObject(values);
  }

  private static JsonValue value(Object value) {
    return switch (value) {
      case Integer number -> JsonNumber.of(number);
      case List<?> list -> new JsonArray(list.stream().map(TextLimitsTest::value).toList());
      default -> new JsonString(value.toString());
    };
  }

  private static void assertText(Unit unit, JsonValue text) throws FormatException {
    assertThat(Json.write(UnitText.write(unit))).isEqualTo(Json.write(text));
    assertThat(UnitText.read(text)).isEqualTo(unit);
  }

  @Test
  void unitsAreWrittenAndReadMemberByMember() throws FormatException {
    assertText(new Unit.Input(3, Optional.empty()), object("operation", "input", "size", 3));
    assertText(
        new Unit.Input(1, Optional.of(new Unit.Box(List.of(-1.0), List.of(2.0)))),
        object(
            "operation",
            "input",
            "size",
            1,
            "lower",
            List.of("-0x1.0p0"),
            "upper",
            List.of("0x1.0p1")));
    assertText(
        Unit.dense(4, 5, 6, "w", Optional.empty()),
        object("operation", "dense", "operand", 4, "inputs", 5, "size", 6, "weight", "w"));
    assertText(
        Unit.dense(4, 5, 6, "w", Optional.of("b")),
        object(
            "operation",
            "dense",
            "operand",
            4,
            "inputs",
            5,
            "size",
            6,
            "weight",
            "w",
            "bias",
            "b"));
    assertText(
        Unit.activation(4, "elu", List.of(0.5), 6),
        object(
            "operation",
            "activation",
            "operand",
            4,
            "name",
            "elu",
            "parameters",
            List.of("0x1.0p-1"),
            "size",
            6));
    assertText(
        Unit.sum(List.of(4, 5), 6),
        object("operation", "sum", "operands", List.of(4, 5), "size", 6));
    assertText(
        Unit.concat(List.of(4, 5), 6),
        object("operation", "concat", "operands", List.of(4, 5), "size", 6));
    assertText(
        Unit.scale(4, 3, 6),
        object("operation", "scale", "operand", 4, "factor", "0x1.8p1", "size", 6));
    assertText(
        Unit.affine(4, List.of(3.0), List.of(0.25), 1),
        object(
            "operation",
            "affine",
            "operand",
            4,
            "scale",
            List.of("0x1.8p1"),
            "shift",
            List.of("0x1.0p-2"),
            "size",
            1));
    assertText(
        new Unit.Call(4, "demo.Net", Digest.of(), 5, 6),
        object(
            "operation",
            "call",
            "operand",
            4,
            "network",
            "demo.Net",
            "certificate",
            Digest.of().toString(),
            "inputs",
            5,
            "size",
            6));
    assertText(
        Unit.select(4, List.of(2, 0)),
        object("operation", "select", "operand", 4, "indices", List.of(2, 0)));
  }

  @Test
  void unitsHaveNoOtherMembers() {
    JsonValue more = object("operation", "input", "size", 3, "weight", "w");
    assertThatThrownBy(() -> UnitText.read(more))
        .hasMessage("a unit has an unknown member `weight`");
    JsonValue half = object("operation", "input", "size", 1, "lower", List.of("0x1.0p0"));
    assertThatThrownBy(() -> UnitText.read(half)).hasMessage("a unit lacks `upper`");
    JsonValue other = object("operation", "conv", "size", 1);
    assertThatThrownBy(() -> UnitText.read(other))
        .hasMessage("`operation` of a unit cannot be conv");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> CertificateText.read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void lengthsHaveALimit() {
    int limit = CertificateText.MAX_LENGTH;
    assertRefused("x".repeat(limit), "a value is expected at line 1, column 1");
    assertRefused("x".repeat(limit + 1), "a certificate of more than 268435456 characters");
  }

  private static Certificate certificate(Norms norms, Calls calls, List<Proof> proofs) {
    List<TensorRecord> tensors = List.of(new TensorRecord("w", List.of(2, 3), Digest.of()));
    return certificate(norms, new Grounds.GivenWeights(tensors, calls, proofs));
  }

  private static Certificate certificate(Norms norms, Grounds grounds) {
    return new Certificate(
        "test.Network",
        ElementType.F32,
        new Claim.Lipschitz(norms, 1, 2),
        "by hand",
        List.of(new Unit.Input(1, Optional.empty())),
        grounds);
  }

  private static Proof proof(PositivityWitness witness) {
    return new Proof(
        List.of(new Proof.Gain(1, 2, new PositivityWitness.ExactElimination())),
        List.of(new Proof.Segmentation(2, List.of(3, 4))),
        List.of(new Proof.Multiplier(3, Proof.Constraint.RANGE, List.of(0.5, 2.0))),
        witness);
  }

  @ParameterizedTest
  @EnumSource(Calls.class)
  void everyHeadIsReadAsWritten(Calls calls) throws FormatException {
    for (Norm input : Norm.values()) {
      for (Norm output : Norm.values()) {
        for (PositivityWitness witness :
            List.of(
                new PositivityWitness.Congruence(List.of(List.of(1L), List.of(-2L, 3L))),
                new PositivityWitness.ExactElimination(),
                new PositivityWitness.VerifiedCholesky(),
                new PositivityWitness.ElementwiseProduct())) {
          for (int count = 1; count <= 2; count++) {
            Certificate certificate =
                certificate(
                    new Norms(input, output), calls, Collections.nCopies(count, proof(witness)));
            String text = CertificateText.write(certificate);
            assertThat(CertificateText.read(text)).isEqualTo(certificate);
            assertThat(text.contains("\"input norm\""))
                .isEqualTo(input != Norm.L2 || output != Norm.L2);
            assertThat(text.contains("\"calls\"")).isEqualTo(calls == Calls.INLINED);
            assertThat(text.contains("\"proofs\"")).isEqualTo(count == 2);
            assertThat(CertificateText.digest(certificate))
                .isEqualTo(Digest.of(text.getBytes(StandardCharsets.UTF_8)));
          }
        }
      }
    }
  }

  /** Each text is one that another certificate has, or none: what is left out is not repeated. */
  @Test
  void whatGoesWithoutSayingIsNotSaid() {
    Proof proof = proof(new PositivityWitness.ExactElimination());
    String text =
        CertificateText.write(certificate(Norms.EUCLIDEAN, Calls.BOUNDED, List.of(proof)));
    String head = "  \"gains\"";
    assertThat(text).contains(head);
    assertRefused(text.replace(head, "  \"calls\": \"bounded\",\n" + head), "canonical");
    assertRefused(
        text.replace(head, "  \"input norm\": \"l2\",\n  \"output norm\": \"l2\",\n" + head),
        "canonical");
    assertRefused(text.replace(head, "  \"output norm\": \"l2\",\n" + head), "unknown member");
    assertRefused(
        text.replace(head, "  \"input norm\": \"linf\",\n" + head), "lacks `output norm`");
    assertRefused(text.replace("0x1.0p-1", "0x1.00p-1"), "canonical");
    assertRefused(text.replace("\"lengths\": [3, 4]", "\"lengths\": [3, 4], \"x\": 1"), "`x`");
    assertRefused(text.replace("\"shape\": [2, 3]", "\"shape\": [2, 3], \"x\": 1"), "`x`");
    assertRefused(
        text.replace("\"constraint\": \"range\"", "\"constraint\": \"square\""), "square");
    assertRefused(
        text.replaceFirst("\"procedure\": \"exact elimination\"}", "\"procedure\": \"x\"}"),
        "`procedure` of a gain cannot be x");
    assertRefused(
        text.replaceFirst("(\"procedure\": \"exact elimination\")}", "$1, \"y\": 1}"),
        "a gain has an unknown member `y`");
    assertRefused(text.replace("\"values\": [", "\"y\": 1, \"values\": ["), "a multiplier has");
    String two =
        CertificateText.write(certificate(Norms.EUCLIDEAN, Calls.BOUNDED, List.of(proof, proof)));
    assertRefused(
        two.replaceFirst("\\{\"gains\"", "{\"y\": 1, \"gains\""),
        "a proof has an unknown member `y`");
    assertRefused(two.replaceFirst("\\{\"gains\".*", "1,"), "a proof is not an object");
  }

  @Test
  void digestsHaveTheirPrefix() throws FormatException {
    String hex = "0123456789abcdef".repeat(4);
    assertThat(CertificateReader.digest(fields("{\"d\": \"sha256:" + hex + "\"}"), "d"))
        .isEqualTo(new Digest(hex));
    for (String text : List.of(hex, "sha255:" + hex, "sha256:" + hex + "0", "sha256:")) {
      assertThatThrownBy(() -> CertificateReader.digest(fields("{\"d\": \"" + text + "\"}"), "d"))
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith("`d` of a thing cannot be ");
    }
  }

  @Test
  void witnessRowsAreIntegersOfEighteenDigits() throws FormatException {
    String text =
        CertificateText.write(
            certificate(
                Norms.EUCLIDEAN,
                Calls.BOUNDED,
                List.of(
                    proof(
                        new PositivityWitness.Congruence(
                            List.of(List.of(999_999_999_999_999_999L), List.of(-5L, 7L)))))));
    assertThat(CertificateText.read(text).proof().witness())
        .isEqualTo(
            new PositivityWitness.Congruence(
                List.of(List.of(999_999_999_999_999_999L), List.of(-5L, 7L))));
    for (String row :
        List.of("", " ", "-5  7", "-5 7 ", "-", "1000000000000000000", "+5 7", "1.")) {
      assertRefused(text.replace("\"-5 7\"", "\"" + row + "\""), "`rows` of the certificate");
    }
    assertRefused(text.replace("\"-5 7\"", "\"-05 7\""), "canonical");
    assertRefused(text.replace("\"-5 7\"", "7"), "`rows` of the certificate cannot be 7");
  }

  @Test
  void recordsThatCannotBeBuiltAreFaultsOfTheText() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 1);
    String text = CertificateText.write(net.subject().certificate());
    assertRefused(text.replace("\"-0x1.0p0\"", "\"0x1.8p0\""), "box");
  }

  @Test
  void compositionsAndConstructionsAreReadAsWritten() throws FormatException {
    for (Calls calls : Calls.values()) {
      for (int count = 1; count <= 2; count++) {
        Certificate composition =
            certificate(
                Norms.EUCLIDEAN,
                new Grounds.Composition(
                    calls,
                    Collections.nCopies(count, proof(new PositivityWitness.ExactElimination()))));
        assertThat(CertificateText.read(CertificateText.write(composition))).isEqualTo(composition);
      }
    }
    Certificate construction = certificate(Norms.EUCLIDEAN, new Grounds.LdltConstruction());
    assertThat(CertificateText.read(CertificateText.write(construction))).isEqualTo(construction);
  }

  @Test
  void constructionsHaveNoRecords() {
    String text =
        CertificateText.write(certificate(Norms.EUCLIDEAN, new Grounds.LdltConstruction()));
    String given = "given, as a construction brings its own";
    assertRefused(
        text.replace("\"gains\": []", "\"gains\": [1]"),
        "`gains` of the certificate cannot be " + given);
    assertRefused(text.replace("\"segmentations\": []", "\"segmentations\": [1]"), given);
    assertRefused(text.replace("\"multipliers\": []", "\"multipliers\": [1]"), given);
    assertRefused(
        text.replace("  \"gains\"", "  \"calls\": \"inlined\",\n  \"gains\""), "member `calls`");
    assertRefused(text.replace("ldlt construction", "ldlt"), "`procedure` of the certificate");
    assertRefused(text.replace("\"structural\"", "\"numeric\""), "cannot be \"ldlt construction\"");
    String record =
        "[\n    {\"name\": \"w\", \"shape\": [1], \"digest\": \"" + Digest.of() + "\"}\n  ]";
    assertRefused(
        text.replace("\"tensors\": []", "\"tensors\": " + record),
        "`tensors` of the certificate cannot be given, as this certificate is about");
  }
}
