package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.model.Network;
import io.lipc.model.diagnostic.DiagnosticId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody writes such texts by hand; programs do, and none of them may hang or crash javac. */
final class LargeInputTest {

  /** Generous: the machine that runs the tests may be busy. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final int TEN_MEGABYTES = 10_000_000;

  private static Checks inTime(String text) {
    Supplier<Checks> work = () -> Checks.of(text);
    return Assertions.assertTimeout(LIMIT, work::get);
  }

  private static String network(String body) {
    return "network N(x: real[4]) -> real[4] {\ncertify lipschitz <= 1.0;\n" + body + "}\n";
  }

  private static String filled(String piece) {
    return piece.repeat(TEN_MEGABYTES / piece.length() + 1);
  }

  @Test
  void aSumOfTwentyThousandTerms() {
    String sum = "x" + " + x".repeat(19_999);
    Network network = inTime(network("return " + sum + ";")).networks().get("N");
    assertThat(network.layers()).hasSize(2);
    assertThat(network.layers().get(1).operands()).hasSize(20_000);
  }

  @Test
  void aPipeOfTwentyThousandCalls() {
    Network network =
        inTime(network("return x" + " |> relu".repeat(20_000) + ";")).networks().get("N");
    assertThat(network.layers()).hasSize(20_001);
  }

  @Test
  void aChainOfFiveThousandBindings() {
    String chain =
        IntStream.range(0, 5000)
            .mapToObj(i -> "h" + (i + 1) + " = " + (i == 0 ? "x" : "h" + i) + " |> relu;\n")
            .collect(Collectors.joining());
    assertThat(inTime(network(chain + "return h5000;")).networks().get("N").layers()).hasSize(5001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h = x |> relu;\n",
        "(",
        ")",
        "{",
        ";",
        "\"",
        "\"\\\"",
        "/*",
        "/* */",
        "// \n",
        "/",
        "|>",
        "x",
        "9",
        " ",
        "\n",
        "\t",
        "\u00e9",
        "network ",
        "network N(",
        "return x;",
        "h = ",
        "package a;",
        "h = x |> rleu;\n",
        "certify lipschitz <= ",
        "\ud83d\ude00",
        "*/",
        "1e",
        "-"
      })
  void tenMegabytesOfAnything(String piece) {
    Checks alone = inTime(filled(piece));
    Checks inside = inTime(network("h = x |> " + filled(piece)));
    boolean blank = piece.isBlank() || List.of("// \n", "/").contains(piece);
    assertThat(alone.findings().isEmpty()).isEqualTo(blank);
    assertThat(inside.findings()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "f(", "[", "{"})
  void aHundredThousandNestedBracketsAreRefused(String bracket) {
    Checks checks = inTime(network("return " + bracket.repeat(100_000) + "x;"));
    assertThat(checks.findings()).hasSize(1);
    assertThat(checks.findings().getFirst().diagnostic().id())
        .isEqualTo(DiagnosticId.NESTING_TOO_DEEP);
  }

  @Test
  void theDeepestAllowedNestingIsRead() {
    int depth = Lexing.MAX_DEPTH - 1;
    for (String open : List.of("(", "relu(", "x + (", "relu(x + (x + ")) {
      int brackets = open.length() - open.replace("(", "").length();
      int times = depth / brackets;
      String text = open.repeat(times) + "x" + ")".repeat(times * brackets);
      assertThat(LipParser.parse(Checks.source(network("return " + text + ";"))).findings())
          .isEmpty();
    }
  }

  @Test
  void manyFaultsOfTheModelStayQuick() {
    String unknown =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "h" + i + " = y" + i + " |> relu;\n")
            .collect(Collectors.joining());
    String twice = "h = x |> dense(4);\n".repeat(20_000);
    String dense = "h = x" + " |> dense(4)".repeat(20_000) + ";\n";
    assertThat(inTime(network(unknown + "return x;")).findings()).isNotEmpty();
    assertThat(inTime(network("weights \"w\";" + twice + "return h;")).findings()).isNotEmpty();
    assertThat(inTime(network("weights \"w\";" + dense + "return h;")).findings()).hasSize(1);
  }
}
