package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

  @Test
  void everyKindOfValue() throws FormatException {
    assertThat(
            Json.read(
                " {\"a\" : [1, -0.5e+3], \"b\":\"x\",\t\"c\":true,\n\"d\":false,\"e\":null}\r\n"))
        .isEqualTo(
            new JsonObject(
                Map.of(
                    "a", new JsonArray(List.of(new JsonNumber("1"), new JsonNumber("-0.5e+3"))),
                    "b", new JsonString("x"),
                    "c", new JsonBoolean(true),
                    "d", new JsonBoolean(false),
                    "e", new JsonNull())));
  }

  /** Once for each value, and in a string each time that 16384 characters of the text are read. */
  @Test
  void everyLoopLooks() throws FormatException {
    assertThat(looks("[1, {\"a\": true}, [], \"b\"]")).isEqualTo(6);
    assertThat(looks("\"" + "x".repeat(3 * 16384 - 1) + "\"")).isEqualTo(1 + 2);
    assertThat(looks("\"" + "x".repeat(3 * 16384) + "\"")).isEqualTo(1 + 3);
  }

  private static int looks(String text) throws FormatException {
    int[] looks = new int[1];
    Json.read(text, () -> looks[0]++);
    return looks[0];
  }

  @Test
  void membersKeepTheirOrder() throws FormatException {
    JsonObject object = (JsonObject) Json.read("{\"z\": 1, \"a\": 2, \"m\": 3}");
    assertThat(object.members().keySet()).containsExactly("z", "a", "m");
  }

  @Test
  void escapes() throws FormatException {
    assertThat(Json.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uD83D\\ude00\""))
        .isEqualTo(new JsonString("\"\\/\b\f\n\r\tA\uD83D\uDE00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "9", "1990", "12", "0.10", "1e5", "1E-05", "-1.5e+10"})
  void numbersAreKeptAsWritten(String text) throws FormatException {
    assertThat(Json.read(text)).isEqualTo(new JsonNumber(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "-",
        "NaN",
        "Infinity",
        "0x1",
        "tru",
        "nul",
        "'a'",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[",
        "]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud83d\"",
        "\"a\nb\"",
        "1 2",
        "[1]]",
        "// c\n1",
        "\uFEFF1",
        "1:",
        "1/",
        "-:",
        "1.:",
        "\"\\u00g0\"",
        "\"\\u\u0660\u0660\u0660\u0660\"",
        "\"\\u\u0080000\"",
        "\"\\ud800\"",
        "\"\\udbff\"",
        "\"\\udc00\"",
        "\"\\udfff\"",
        "\"\u0000\"",
        "\"\u001f\"",
        "\"\u0019\"",
        "\u00a01"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.read(text)).isInstanceOf(FormatException.class);
  }

  @Test
  void faultsHaveTheirPlace() {
    assertFault("[1,,2]", "a value is expected at line 1, column 4");
    assertFault("[1,,\n2]\n", "a value is expected at line 1, column 4");
    assertFault("{\"a\": 1,\n\"a\": 2}", "a second member `a` at line 2, column 1");
    assertFault("[\n\n  tru]", "a value is expected at line 3, column 3");
    assertFault("[1\n2]", "`,` or `]` is expected at line 2, column 1");
    assertFault("1 x", "the end of the text is expected at line 1, column 3");
  }

  private static void assertFault(String text, String message) {
    assertThatThrownBy(() -> Json.read(text)).hasMessage(message);
  }

  @Test
  void nestingHasALimit() throws FormatException {
    String deepest = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
    assertThat(Json.write(Json.read(deepest))).isEqualTo(deepest);
    assertThatThrownBy(() -> Json.read("[" + deepest + "]")).hasMessageContaining("nested");
    assertThatThrownBy(() -> Json.read("[{\"a\":".repeat(1_000_000)))
        .hasMessageContaining("nested");
  }

  @Test
  void writtenValuesAreReadAgain() throws FormatException {
    String text = "{\"a\\u0000\\\"\\\\\": [1, true, null, {}, []], \"\\ud83d\\ude00\": \"é\"}";
    assertThat(Json.write(Json.read(text))).isEqualTo(text);
  }

  @Test
  void escapesAreHexadecimalNumbers() throws FormatException {
    assertThat(Json.read("\"\\u0000\\u0001\\uabCD\\ufFfF\""))
        .isEqualTo(new JsonString("\0\u0001\uabcd\uffff"));
    assertThat(Json.read("\"\\uD7FF\\uE000\"")).isEqualTo(new JsonString("\uD7FF\uE000"));
  }

  @Test
  void blanksAreNoControlCharacters() throws FormatException {
    assertThat(Json.read("\" \"")).isEqualTo(new JsonString(" "));
    assertThat(Json.write(new JsonString(" !\u001f\u007f"))).isEqualTo("\" !\\u001f\u007f\"");
  }

  @Test
  void faultsInStringsHaveTheirPlace() {
    assertFault("[1,\n \"abc", "a string is not closed at line 2, column 2");
    assertFault("[\"x\\ud800y\"]", "a string holds half of a surrogate pair at line 1, column 2");
    assertFault("\"\\u12g4\"", "a hexadecimal digit is expected at line 1, column 6");
    assertFault("\"ab\u001fc\"", "a control character stands in a string at line 1, column 4");
  }

  @Test
  void objectsCountAsNestingToo() throws FormatException {
    String deepest = "{\"a\": ".repeat(Json.MAX_DEPTH) + "1" + "}".repeat(Json.MAX_DEPTH);
    assertThat(Json.write(Json.read(deepest))).isEqualTo(deepest);
    assertThatThrownBy(() -> Json.read("{\"a\": " + deepest + "}"))
        .hasMessageContaining("more than 64 brackets are nested");
  }

  @Test
  void nobodyChangesAValue() {
    Map<String, JsonValue> members = new HashMap<>(Map.of("a", new JsonNull()));
    JsonObject object = new JsonObject(members);
    members.clear();
    assertThat(object.members()).hasSize(1);
    assertThatThrownBy(() -> object.members().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
