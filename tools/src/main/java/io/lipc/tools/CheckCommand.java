package io.lipc.tools;

import io.lipc.certifier.Certification;
import io.lipc.tools.Examiner.Examined;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc check FILE.lip}: everything that the compiler would say of a text. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Says of a text everything that the compiler would, and generates nothing.")
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE.lip", description = "A text of the language.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws InputError {
    if (!(Model.read(file) instanceof Model.Text text)) {
      throw new InputError(file + " is no .lip file; `lipc certify` takes other models");
    }
    PairFiles pairs = new PairFiles(Path.of(""));
    List<Examined> all =
        new Examiner(MethodWord.AUTO, Question.asDeclared(), pairs).examineAll(text);
    PrintWriter out = spec.commandLine().getOut();
    for (Examined examined : all) {
      examined.messages().forEach(out::println);
      if (examined.certification().orElse(null) instanceof Certification.Certified certified) {
        out.println(Report.sentence(examined.network(), certified));
      }
    }
    if (all.isEmpty()) {
      out.println(file + " declares no network");
    }
    out.flush();
    return all.stream().allMatch(Examined::proved) ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }
}
