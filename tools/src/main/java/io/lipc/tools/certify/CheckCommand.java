package io.lipc.tools.certify;

import io.lipc.certifier.Method;
import io.lipc.compiler.report.DiagnosticFile;
import io.lipc.compiler.report.HelpBase;
import io.lipc.compiler.report.Reported;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.Question;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.PairFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc check FILE.lip}: everything that the compiler would say of a text. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Reports everything that the compiler would say about a text, and generates nothing.")
public final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE.lip", description = "A text of the language.")
  private Path file = Path.of("");

  @Option(
      names = "--json",
      description = "Prints one JSON object of all diagnostics; docs/json.md has its members.")
  private boolean json;

  @Option(
      names = "--sarif",
      paramLabel = "FILE",
      description =
          "Writes all diagnostics to a SARIF 2.1.0 file as well. Default: none is written.")
  private Optional<Path> sarif = Optional.empty();

  @Option(
      names = "--help-base",
      paramLabel = "URI",
      description =
          "The address of lipc's published documentation, such as https://example.org/lipc/: then"
              + " rules of the SARIF file name their pages. Default: nowhere.")
  private Optional<String> helpBase = Optional.empty();

  @Override
  public Integer call() throws InputError {
    Optional<HelpBase> base = base();
    if (!(Model.read(file) instanceof Model.Text text)) {
      throw new InputError(file + " is not a .lip file; `lipc certify` takes other models");
    }
    PairFiles pairs = new PairFiles(Path.of(""));
    List<Examined> all = new Examiner(Method.AUTO, Question.asDeclared(), pairs).examineAll(text);
    List<Reported> reported =
        all.stream()
            .flatMap(examined -> examined.messages().stream())
            .flatMap(message -> message.reported().stream())
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(DiagnosticFile.json(reported));
    } else {
      print(all, out);
    }
    out.flush();
    if (sarif.isPresent()) {
      write(sarif.get(), reported, base);
    }
    return all.stream().allMatch(Examined::proved) ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }

  private void print(List<Examined> all, PrintWriter out) {
    Colours colours = Colours.of(spec.commandLine());
    for (Examined examined : all) {
      examined.messages().forEach(message -> out.println(colours.message(message.text())));
      // No switch here: a command that is loaded loads no certifier.
      Report.sentence(examined).ifPresent(out::println);
    }
    if (all.isEmpty()) {
      out.println(file + " declares no network");
    }
  }

  private Optional<HelpBase> base() throws InputError {
    if (helpBase.isEmpty()) {
      return Optional.empty();
    }
    if (sarif.isEmpty()) {
      throw new InputError("--help-base needs --sarif FILE: the file whose rules name pages");
    }
    HelpBase base =
        HelpBase.parse(helpBase.get())
            .orElseThrow(
                () -> new InputError("--help-base " + helpBase.get() + " " + HelpBase.EXPECTED));
    return Optional.of(base);
  }

  private static void write(Path place, List<Reported> reported, Optional<HelpBase> base)
      throws InputError {
    try {
      DiagnosticFile.writeSarif(place, reported, base);
    } catch (IOException e) {
      throw new InputError("the file " + place + " cannot be written: " + e.getMessage());
    }
  }
}
