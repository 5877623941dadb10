package io.lipc.tools;

import io.lipc.compiler.report.Pages;
import io.lipc.model.diagnostic.DiagnosticId;
import io.lipc.model.diagnostic.Suggestions;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.OnnxOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lipc explain}: all kinds of faults; {@code lipc explain ID}: the page about one of them;
 * {@code lipc explain --ir MODEL}: what each pass of the compiler makes of a model.
 */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the page about one kind of fault, by the id that its message carries.",
      "Without an id, it lists all; with --ir, it shows what each pass makes of a model."
    })
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      completionCandidates = Ids.class,
      description =
          "An id, such as shape-mismatch, or loose-bound for a warning. Default: lists all ids.")
  private String id = "";

  @Option(
      names = "--ir",
      paramLabel = "MODEL",
      description =
          "A .lip, .nnet or .onnx file, of whose networks layers, kernels and buffers are printed."
              + " Default: no model.")
  private Optional<Path> model = Optional.empty();

  @Mixin private OnnxOptions onnx = new OnnxOptions();

  /** The ids, for completion. */
  static final class Ids implements Iterable<String> {

    /** Created by picocli. */
    Ids() {}

    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(DiagnosticId.values()).map(DiagnosticId::word).iterator();
    }
  }

  @Override
  public Integer call() throws InputError {
    if (!id.isEmpty() && model.isPresent()) {
      throw new InputError("explain takes the id of a message, or --ir and a model, not both");
    }
    if (onnx.isGiven() && model.isEmpty()) {
      throw new InputError("--output and --shape need --ir and an ONNX model");
    }
    spec.commandLine().getOut().print(text());
    spec.commandLine().getOut().flush();
    return ExitCode.PROVED;
  }

  private String text() throws InputError {
    if (model.isPresent()) {
      return PassesText.of(model.get(), onnx);
    }
    return id.isEmpty() ? list() : page();
  }

  /** Every id with the sentence that its page begins with. */
  private static String list() {
    int width =
        Arrays.stream(DiagnosticId.values())
            .mapToInt(known -> known.word().length())
            .max()
            .orElse(0);
    StringBuilder lines = new StringBuilder();
    for (DiagnosticId known : DiagnosticId.values()) {
      String blanks = " ".repeat(width - known.word().length() + 2);
      lines.append(known.word()).append(blanks).append(Pages.title(known)).append('\n');
    }
    return lines.append("\n`lipc explain ID` shows the page about one of them.\n").toString();
  }

  private String page() throws InputError {
    String word = id.replace("[", "").replace("]", "").replace("lipc:", "");
    DiagnosticId known = DiagnosticId.named(word).orElseThrow(() -> unknown(word));
    return Pages.of(known)
        .orElseThrow(() -> new InputError("the page of `" + word + "` is not in this build"));
  }

  private static InputError unknown(String word) {
    List<String> known = Arrays.stream(DiagnosticId.values()).map(DiagnosticId::word).toList();
    String meant =
        Suggestions.closest(word, known)
            .map(closest -> "; did you mean `" + closest + "`?")
            .orElse("; known ids: " + String.join(", ", known));
    return new InputError("there is no id `" + word + "`" + meant);
  }
}
