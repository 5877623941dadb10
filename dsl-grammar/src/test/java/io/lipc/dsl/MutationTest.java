package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever a text has become, reading it ends soon, without an exception, with findings inside the
 * text. {@code -Dlipc.fuzz=N} tries N mutants.
 */
final class MutationTest {

  private static final List<String> SAMPLES =
      List.of(
          """
          package demo.control;
          import demo.sensors.Filter;

          /** A feedback policy. */
          network Policy(state: real[12] in [-1, 1]) -> real[4] {
              certify lipschitz <= 2.0;                    // l2 to l2
              weights "policy.safetensors";
              h1 = state |> Filter |> dense(64) |> relu;
              h2 = h1 |> dense(64, bias=false, tensor="fc\\\\1") |> leaky_relu(0.1);
              action = (h1 + h2) |> dense(4);
              return action;
          }

          network Guarded(state: real[12] in [-1, 1]) -> real[4] {
              certify lipschitz <= 1.0 from l2 to l2;
              precision f64;
              return state |> Policy |> scale(-0.5e0);
          }
          """,
          """
          network Mixed(x: real[4], y: real[1, 2]) -> real[8] {
          \tcertify lipschitz <= 1e3; parameters ldlt;
          \ta = ((x |> maxmin) + x) |> abs; /* a comment */
          \tb = concat(a, Policy(x), x |> square) + ((a));
          \treturn b + (c |> tanh); }
          """);

  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          ";",
          ",",
          "|>",
          "+",
          "=",
          "->",
          "<=",
          "\"",
          "\\",
          "/*",
          "*/",
          "//",
          "\n",
          "\r\n",
          "\t",
          " ",
          "network ",
          "import ",
          "return ",
          "certify ",
          "weights ",
          "relu",
          "99999999999",
          "1e999",
          "-",
          ".",
          "\u00e9",
          "\ud83d\ude00",
          "\ud83d",
          "\0",
          "dense(3)",
          "real[",
          "true",
          "#");

  @Test
  void aMutantIsReadQuicklyAndItsFindingsAreInsideTheText() {
    int count = Integer.getInteger("lipc.fuzz", 5000);
    Random random = new Random(20_260_101);
    for (int i = 0; i < count; i++) {
      String mutant = mutate(SAMPLES.get(i % SAMPLES.size()), random);
      try {
        check(mutant);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("mutant " + i + ":\n" + mutant, e);
      }
    }
  }

  private static void check(String mutant) {
    SourceText source = Checks.source(mutant);
    long start = System.nanoTime();
    List<TextFinding> findings = Checks.of(source).findings();
    for (TextFinding finding : findings) {
      assertInside(finding.span(), mutant);
      String drawing = TextRenderer.render(source, finding);
      assertThat(drawing).matches("(?s)[\\n -~]*\\^[\\n -~]*");
    }
    assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(2_000_000_000L);
    assertThat(SourceText.decode("m", mutant.getBytes(StandardCharsets.UTF_8))).isNotNull();
  }

  private static void assertInside(Span span, String text) {
    String[] lines = text.split("\n", -1);
    assertThat(span.line()).isBetween(1, lines.length);
    String line = lines[span.line() - 1];
    assertThat(span.column() - 1 + span.length())
        .isLessThanOrEqualTo(line.codePointCount(0, line.length()));
  }

  private static String mutate(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    int edits = 1 + random.nextInt(5);
    for (int i = 0; i < edits && !mutant.isEmpty(); i++) {
      int at = random.nextInt(mutant.length());
      int end = Math.min(mutant.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 60));
      switch (random.nextInt(5)) {
        case 0 -> mutant.delete(at, end);
        case 1 -> mutant.insert(at, mutant.substring(at, end));
        case 2 -> mutant.replace(at, end, piece(random));
        case 3 -> mutant.insert(at, piece(random).repeat(1 + random.nextInt(3)));
        default -> mutant.insert(random.nextInt(mutant.length()), mutant.substring(at, end));
      }
    }
    return mutant.toString();
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }
}
