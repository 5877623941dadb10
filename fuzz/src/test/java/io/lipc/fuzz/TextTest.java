package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.compiler.Compilation;
import io.lipc.compiler.Compiler;
import io.lipc.compiler.Texts;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.proof.CertificateCache;
import io.lipc.compiler.proof.Search;
import io.lipc.compiler.proof.Timing;
import io.lipc.compiler.reading.Batch;
import io.lipc.dsl.LipFormatter;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.dsl.Span;
import io.lipc.dsl.TextFinding;
import io.lipc.dsl.TextRenderer;
import io.lipc.dsl.syntax.LipSyntaxLexer;
import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import io.lipc.model.diagnostic.DiagnosticId;
import io.lipc.model.diagnostic.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CharStreams;
import org.junit.jupiter.api.Test;

/**
 * Texts of the language, from characters to generated code: each is compiled or refused, each
 * message has its place within the text, and {@code lipc fmt} changes nothing but the layout.
 */
final class TextTest {

  private static final Pattern EXAMPLE = Pattern.compile("(?s)\n```\n(.*?)\n```");

  private static final Tokens WORDS =
      new Tokens(
          Tokens.DECIMALS,
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
              "/** x */",
              "\n",
              "\r\n",
              "\t",
              " ",
              "-",
              ".",
              "\u00e9",
              "\ud83d\ude00",
              "\ud83d",
              "\0",
              "#",
              "network ",
              "import ",
              "return ",
              "certify ",
              "certify pairs;",
              "weights ",
              "parameters ",
              "precision ",
              "f64",
              "real[",
              "real[16777216]",
              "real[4, 4]",
              "true",
              "|> relu",
              "|> maxmin",
              "|> group_sort(2)",
              "|> softmax(0.5)",
              "|> scale(-2)",
              "|> dense(3)",
              "|> householder(0.6, 0.8)",
              "from linf to linf",
              "from l2 to linf",
              "in [-1, 1]",
              "// lipc:allow loose-bound",
              "concat(x, x)",
              "class",
              "int",
              "this"));

  @Test
  void mutants() throws Exception {
    List<byte[]> samples =
        new ArrayList<>(Samples.contents(Samples.files(file -> file.endsWith(".lip"))));
    // Twice what is proved: of what is refused, hardly any mutant gets far.
    samples.addAll(Samples.contents(Samples.files(file -> file.matches(".*good/.*[.]lip"))));
    for (Path page : Samples.files(file -> file.startsWith("docs") && file.endsWith(".md"))) {
      EXAMPLE
          .matcher(Files.readString(page))
          .results()
          .map(MatchResult::group)
          .map(block -> block.replace("```", ""))
          .filter(block -> block.contains("network "))
          .forEach(block -> samples.add(block.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(samples).hasSizeGreaterThan(60);
    Fuzz.run(new Format("text", "lip", 5000, samples, TextTest::mutate, TextTest::read));
  }

  static byte[] mutate(byte[] sample, byte[] other, Mutator mutator) {
    if (mutator.once(16)) {
      return mutator.bytes(sample, other);
    }
    String text = new String(sample, StandardCharsets.UTF_8);
    return WORDS
        .mutate(text, new String(other, StandardCharsets.UTF_8), mutator)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Outcome read(Mutant mutant) {
    return switch (SourceText.decode("mutant.lip", mutant.content())) {
      case SourceText.Refused refused -> {
        assertThat(refused.diagnostic().message()).contains("source-not-readable");
        yield Outcome.REFUSED;
      }
      case SourceText.Accepted accepted -> {
        checkLayout(accepted.source());
        yield compile(accepted.source());
      }
    };
  }

  private static Outcome compile(SourceText source) {
    Texts texts = Texts.parse(List.of(new Texts.Text(source, "demo")), Library.empty());
    texts.faults().forEach(fault -> check(fault.source(), fault.finding()));
    Batch batch = texts.batch();
    List<Compilation> compilations =
        Compiler.compile(
            batch,
            FittingWeights.of(LipParser.parse(source, "demo")),
            Library.empty(),
            Search.all(new Timing.Usual(Duration.ofMillis(20))),
            (_, json) -> json.isEmpty() ? "nothing" : "a pair",
            CertificateCache.none(),
            Set.of());
    boolean accepted = false;
    for (Compilation compilation : compilations) {
      for (Finding finding : compilation.said()) {
        check(source, texts.locate(compilation.network(), finding).finding());
      }
      if (compilation instanceof Compilation.Compiled compiled) {
        accepted = true;
        Subject subject = compiled.proof().callee().subject();
        Truth.check(subject);
      }
    }
    return accepted ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  private static void check(SourceText source, TextFinding finding) {
    String drawing = TextRenderer.render(source, finding);
    if (finding.diagnostic().id() == DiagnosticId.INTERNAL_FAULT) {
      throw new AssertionError(drawing);
    }
    checkInside(finding.span(), source.text());
    assertThat(drawing.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 127))
        .as("plain letters: %s", drawing)
        .isTrue();
    assertThat(drawing).contains("^");
  }

  private static void checkInside(Span span, String text) {
    String[] lines = text.split("\n", -1);
    assertThat(span.line()).as("line").isBetween(1, lines.length);
    String line = lines[span.line() - 1];
    assertThat(span.column() - 1 + span.length())
        .as("end of %s", span)
        .isLessThanOrEqualTo(line.codePointCount(0, line.length()));
  }

  private static void checkLayout(SourceText source) {
    if (LipFormatter.format(source) instanceof LipFormatter.Formatted(String once)) {
      assertThat(LipFormatter.format(new SourceText(source.name(), once)))
          .as("the layout of what is laid out")
          .isEqualTo(new LipFormatter.Formatted(once));
      assertThat(content(once)).as("tokens and comments").isEqualTo(content(source.text()));
    }
  }

  /** Every token and the words of every comment, in order. */
  private static List<String> content(String text) {
    return new LipSyntaxLexer(CharStreams.fromString(text))
        .getAllTokens().stream()
            .map(token -> token.getText().replaceAll("\\s+", " ").strip())
            .toList();
  }
}
