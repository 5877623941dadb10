package io.lipc.tools;

import io.lipc.compiler.Pages;
import io.lipc.model.DiagnosticId;
import io.lipc.model.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc explain ID}: the page about one kind of fault. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Shows the page about one kind of fault, by the id that its message carries.")
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "ID",
      description = "Such as shape-mismatch, or loose-bound for a warning.")
  private String id = "";

  @Override
  public Integer call() throws InputError {
    String word = id.replace("[", "").replace("]", "").replace("lipc:", "");
    DiagnosticId known = DiagnosticId.named(word).orElseThrow(() -> unknown(word));
    String page =
        Pages.of(known)
            .orElseThrow(() -> new InputError("the page of `" + word + "` is not in this build"));
    spec.commandLine().getOut().print(page);
    spec.commandLine().getOut().flush();
    return ExitCode.PROVED;
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
