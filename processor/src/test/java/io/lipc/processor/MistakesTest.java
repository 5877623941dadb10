package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.compiler.report.Pages;
import io.lipc.model.diagnostic.DiagnosticId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The table of typical mistakes in {@code docs/errors/README.md}, generated from the examples whose
 * whole text {@link BadExamplesTest} compares with what javac prints.
 */
final class MistakesTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/bad");

  /**
   * @param words the mistake, as who makes it would tell it
   * @param start how the line of the example begins that is printed for it
   */
  private record Mistake(String words, DiagnosticId id, String start) {

    /** The lines from the headline on, without its place. */
    List<String> message() throws IOException {
      List<String> all = Files.readAllLines(EXAMPLES.resolve(id.word()).resolve("expected"));
      List<String> found = all.stream().filter(line -> line.startsWith(start)).toList();
      assertThat(found).as(words).hasSize(1);
      List<String> message =
          new ArrayList<>(all.subList(all.indexOf(found.getFirst()), all.size()));
      message.set(
          0, message.getFirst().replaceFirst("^[^ ]* (error|warning): \\[[a-z0-9-]+\\] ", ""));
      return message;
    }

    String row() throws IOException {
      List<String> message = message();
      String help =
          message.stream()
              .filter(line -> line.strip().startsWith("help: "))
              .findFirst()
              .map(line -> line.strip().substring("help: ".length()))
              .orElseThrow();
      return String.join(
          " | ",
          List.of(
              "| " + cell(words),
              cell(message.getFirst()),
              cell(help),
              "[%s](%s.md) |".formatted(id.word(), id.word())));
    }

    private static String cell(String text) {
      return text.replace("|", "\\|");
    }
  }

  private static final List<Mistake> MISTAKES =
      List.of(
          of(
              "An activation is misspelt",
              DiagnosticId.SYNTAX,
              "Misspelt.java:3: error: [syntax] unexpected `rleu`"),
          of("`return` is forgotten", DiagnosticId.SYNTAX, "NoReturn.java:"),
          of("A semicolon is forgotten", DiagnosticId.SYNTAX, "Semicolon.java:"),
          of("`+` and `|>` are mixed without brackets", DiagnosticId.SYNTAX, "Mixed.java:"),
          of("A parameter names no layer", DiagnosticId.UNKNOWN_NAME, "Unknown.java:11:"),
          of(
              "The network that is called does not exist",
              DiagnosticId.UNKNOWN_NAME,
              "Callee.java:3: error: [unknown-name] there is no network `Polciy`"),
          of(
              "The interface that is called is not a network",
              DiagnosticId.DECLARATION_INVALID,
              "PlainCallee.java:"),
          of("`@Output` is forgotten", DiagnosticId.DECLARATION_INVALID, "NoOutput.java:"),
          of(
              "Two layers are marked `@Output`",
              DiagnosticId.DECLARATION_INVALID,
              "TwoOperations.java:24:"),
          of(
              "A class instead of an interface",
              DiagnosticId.DECLARATION_INVALID,
              "NoInterface.java:"),
          of("A layer gives `double[]`", DiagnosticId.DECLARATION_INVALID, "Precisions.java:31:"),
          of(
              "Terms of a sum have different widths",
              DiagnosticId.SHAPE_MISMATCH,
              "Widths.java:25:"),
          of("A layer reads itself, by way of others", DiagnosticId.CYCLE, "Circle.java:"),
          of("A layer is never read", DiagnosticId.UNUSED_LAYER, "Unused.java:"),
          of(
              "A dense layer inside of an expression has no name",
              DiagnosticId.UNNAMED_LAYER,
              "Unnamed.java:3: error: [unnamed-layer] the dense layer in `return`"),
          of(
              "A dense layer without weights or parameterisation",
              DiagnosticId.UNBOUNDED_LAYER,
              "Unbounded.java:"),
          of(
              "An activation without finite slope",
              DiagnosticId.ACTIVATION_NOT_SLOPE_RESTRICTED,
              "Refused.java:12:"),
          of(
              "Normalisation without an epsilon",
              DiagnosticId.OPERATION_NOT_LIPSCHITZ,
              "Normalised.java:3: error: [operation-not-lipschitz] operation `rms_norm`"),
          of("The bound is 0", DiagnosticId.BOUND_INVALID, "Zero.java:"),
          of("The file of weights is missing", DiagnosticId.WEIGHTS_INVALID, "Absent.java:"),
          of("The file of weights is one of PyTorch", DiagnosticId.WEIGHTS_INVALID, "Torch.java:"),
          of(
              "A file of PyTorch instead of a text or an ONNX model",
              DiagnosticId.SOURCE_NOT_READABLE,
              "Models.java:3:"),
          of(
              "A tensor has another shape than its layer",
              DiagnosticId.WEIGHTS_INVALID,
              "Weights.java:6: error: [weights-invalid] tensor `h.weight`"),
          of("Weights hold NaN", DiagnosticId.WEIGHTS_INVALID, "NotANumber.java:"),
          of(
              "The bound is tighter than can be proved",
              DiagnosticId.LIPSCHITZ_BOUND_NOT_CERTIFIED,
              "NotCertified.java:"),
          of("The bound is false", DiagnosticId.LIPSCHITZ_BOUND_VIOLATED, "Violated.java:"),
          of("A network is called across norms", DiagnosticId.NORM_MISMATCH, "Outer.java:"),
          of("Every weight of a layer is 0", DiagnosticId.DEAD_LAYER, "Dead.java:15:"));

  private static Mistake of(String words, DiagnosticId id, String start) {
    return new Mistake(words, id, start);
  }

  @Test
  void the_table_shows_what_javac_prints_today() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Errors, warnings and notes");
    lines.add("");
    lines.add("Each message carries an id in square brackets; `lipc explain ID` prints its page.");
    lines.add("");
    lines.add("## Typical mistakes");
    lines.add("");
    lines.add("javac prints the first line for each, and below it the first of its helps.");
    lines.add("");
    lines.add("| mistake | message | first help | page |");
    lines.add("|---|---|---|---|");
    for (Mistake mistake : MISTAKES) {
      lines.add(mistake.row());
    }
    lines.add("");
    lines.add("## All ids");
    lines.add("");
    Arrays.stream(DiagnosticId.values())
        .map(id -> "- [" + id.word() + "](" + id.word() + ".md): " + Pages.title(id))
        .sorted()
        .forEach(lines::add);
    Path table = Path.of(System.getProperty("lipc.root")).resolve("docs/errors/README.md");
    Golden.compare(table, String.join("\n", lines) + "\n");
  }
}
