package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyntaxErrorTest {

  private static List<TextFinding> findings(String text) {
    return LipParser.parse(Checks.source(text)).findings();
  }

  /** The only finding within a body, as its headline. */
  private static String body(String body) {
    List<TextFinding> found =
        findings("network N(x: real[4]) -> real[4] {\n" + body + "\nreturn x; }\n");
    assertThat(found).hasSize(1);
    return found.getFirst().diagnostic().message();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "h = x |> rleu; # unexpected `rleu`, expected an activation",
        "h = x |> dnse(4); # unexpected `dnse`, expected an operation",
        "h = x |> ReLU; # unexpected `ReLU`, expected an activation",
        "h = x |> 3; # unexpected `3`, expected an activation or another operation",
        "h = ; # unexpected `;`, expected a layer",
        "h = x +; # unexpected `;`, expected a layer",
        "h = (x; # unexpected `;`, expected `)`",
        "h = x); # unexpected `)`, expected `;`",
        "h x; # unexpected `x`, expected `=`",
        "h = x # unexpected `return`, expected `;`",
        "x |> relu; # unexpected `|>`, expected `=`",
        "3 = x; # unexpected `3`, expected a clause, a layer, `return` or `}`",
        "; # unexpected `;`, expected a clause, a layer, `return` or `}`",
        "h = x |> dense(; # unexpected `;`, expected an argument or `)`",
        "h = x |> dense(4,); # unexpected `)`, expected an argument",
        "h = x |> dense(bias=); # unexpected `)`, expected an argument",
        "h = x |> dense(-); # unexpected `)`, expected a number",
        "certify lipschitz < 2; # unexpected character `<`, expected `<=`",
        "certify lipschitz <= `2`; # unexpected character `\\u0060`, expected a number",
        "certify lipshitz <= 2; # unexpected `lipshitz`, expected `lipschitz`, `pairs`, `range`, `monotone`, `slopes`, `query` or `=`",
        "certify pairs <= 2; # unexpected `<=`, expected `with` or `;`",
        "pairs; # unexpected `;`, expected `=`",
        "certify lipschitz <= x; # unexpected `x`, expected a number",
        "certify lipschitz <= 2 from l2; # unexpected `;`, expected `to`",
        "weights 5; # unexpected `5`, expected a string or `=`",
        "wieghts \"a\"; # unexpected `wieghts`, expected a clause, a layer or `return`",
        "weights \"a\\n\"; # unexpected escape `\\n` in a string, expected `\\\"` or `\\\\`",
        "precision ; # unexpected `;`, expected a name or `=`",
        "certify lipschitz <= 2 from ; # unexpected `;`, expected a name",
        "precision f16; # unexpected `f16`, expected `f32` or `f64`",
        "return x; # unexpected `return`, expected `}` after `return ...;`",
      })
  void aFaultIsOneFindingInTheUsersWords(String text, String expected) {
    assertThat(body(text).lines().findFirst()).contains("[syntax] " + expected);
  }

  @ParameterizedTest
  @CsvSource({
    "h = x |> rleu;, relu",
    "h = x |> dnse(4);, dense",
    "h = x |> LEAKY_RELU(0.1);, leaky_relu",
    "certify lipshitz <= 2;, lipschitz",
    "certify pair;, pairs",
    "certfy pairs;, certify",
    "parmeters ldlt;, parameters",
    "retrun x;, return",
  })
  void aNearMissIsSuggested(String text, String meant) {
    assertThat(body(text)).endsWith("help: did you mean `" + meant + "`?");
  }

  @ParameterizedTest
  @CsvSource({"Scales", "Policy", "Sigmoids", "a.rleu"})
  void aWordThatMayBeANetworkElsewhereIsACall(String word) {
    assertThat(findings("network N(x: real[4]) -> real[4] { return x |> " + word + "; }"))
        .isEmpty();
  }

  @Test
  void aNetworkOfTheSameTextIsNoMisspelling() {
    String network = "network rleu(x: real[4]) -> real[4] { return x; }";
    assertThat(findings(network + network.replace("rleu", "N").replace("x;", "x |> rleu;")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "network # 1:8:0 unexpected end of file, expected a name",
        "network N # 1:10:0 unexpected end of file, expected `(`",
        "network N() -> real[1] { } # 1:11:1 unexpected `)`, expected a name",
        "network N(x: real[4] -> real[4] { } # 1:22:2 unexpected `->`, expected `)` or `,`",
        "network N(x real[4]) -> real[4] { } # 1:13:4 unexpected `real`, expected `:`",
        "network N(x: reel[4]) -> real[4] { } # 1:14:4 unexpected `reel`, expected `real`",
        "network N(x: real[]) -> real[4] { } # 1:19:1 unexpected `]`, expected a whole number",
        "network N(x: real[-1]) -> real[4] { } # 1:19:1 unexpected `-`, expected a whole number",
        "package ; network # 1:9:1 unexpected `;`, expected a name or `network`",
        "package a # 1:10:0 unexpected end of file, expected `;` or `.`",
        "nonsense # 1:1:8 unexpected `nonsense`, expected `package`, `import` or `network`",
        "package a; x # 1:12:1 unexpected `x`, expected `import` or `network`",
      })
  void aFaultInTheHeadIsFoundAtItsPlace(String text, String expected) {
    TextFinding first = findings(text).getFirst();
    Span span = first.span();
    assertThat(
            span.line()
                + ":"
                + span.column()
                + ":"
                + span.length()
                + " "
                + first.diagnostic().summary())
        .isEqualTo(expected);
  }

  @Test
  void whatFollowsAFaultIsNoFurtherFault() {
    assertThat(
            findings(
                "network N(x: real[4]) -> real[4] {\n h = x |> relu };\n y = h; return y;\n}\n"
                    + "network M(x: real[4]) -> real[4] { return x; }\n"))
        .hasSize(1);
  }

  @Test
  void stopsAtAHundredFindings() {
    String faults = "h = x |> ;\n".repeat(1000);
    assertThat(findings("network N(x: real[4]) -> real[4] {" + faults + "return x; }"))
        .hasSize(Problems.MAX_SHOWN);
  }

  @Test
  void aLongTokenIsCut() {
    assertThat(body("h " + "a".repeat(100_000) + ";")).hasSizeLessThan(200);
  }

  @Test
  void javacIsToldThePositionInANote() {
    SourceText source = Checks.source("network N(x: real[2]) -> real[2] { return x |> rleu; }");
    TextFinding finding = LipParser.parse(source).findings().getFirst();
    assertThat(TextRenderer.renderInJava(source, finding))
        .isEqualTo(
            """
            [syntax] unexpected `rleu`, expected an activation
              note: at test.lip:1:48
                  1 | network N(x: real[2]) -> real[2] { return x |> rleu; }
                    |                                                ^^^^
              help: did you mean `relu`?\
            """);
  }
}
