package io.lipc.tools;

import io.lipc.model.DiagnosticId;
import io.lipc.model.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

  @Parameters(paramLabel = "ID", description = "Such as shape-mismatch.")
  private String id = "";

  @Override
  public Integer call() throws InputError, IOException {
    String word = id.replace("[", "").replace("]", "");
    List<String> known = Arrays.stream(DiagnosticId.values()).map(DiagnosticId::word).toList();
    if (!known.contains(word)) {
      String meant =
          Suggestions.closest(word, known)
              .map(closest -> "; did you mean `" + closest + "`?")
              .orElse("; known ids: " + String.join(", ", known));
      throw new InputError("there is no id `" + word + "`" + meant);
    }
    try (InputStream page = Lipc.class.getResourceAsStream("/docs/errors/" + word + ".md")) {
      if (page == null) {
        throw new IOException("the page of `" + word + "` is not part of this build");
      }
      spec.commandLine().getOut().print(new String(page.readAllBytes(), StandardCharsets.UTF_8));
      spec.commandLine().getOut().flush();
    }
    return ExitCode.PROVED;
  }
}
