package io.lipc.tools;

import io.lipc.dsl.LipFormatter;
import io.lipc.dsl.SourceText;
import io.lipc.dsl.TextRenderer;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.BoundedFile;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.Model;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc fmt FILE...}: the one layout of texts. */
@Command(
    name = "fmt",
    mixinStandardHelpOptions = true,
    description = "Formats texts in place; one that does not parse is left as it is.")
final class FormatCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--check",
      description =
          "Writes nothing, names the files that would change, and exits with 1 if there is any.")
  private boolean check;

  @Parameters(
      paramLabel = "FILE.lip",
      arity = "1..*",
      description = "The texts of the language to format.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws InputError {
    boolean good = true;
    for (Path file : files) {
      good &= format(file);
    }
    return good ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }

  /** Whether there is nothing left to do about the file. */
  private boolean format(Path file) throws InputError {
    PrintWriter out = spec.commandLine().getOut();
    SourceText source = read(file);
    return switch (LipFormatter.format(source)) {
      case LipFormatter.Refused refused -> {
        refused.findings().stream()
            .map(found -> TextRenderer.render(source, found))
            .map(Colours.of(spec.commandLine())::message)
            .forEach(out::println);
        yield false;
      }
      case LipFormatter.Formatted formatted when formatted.text().equals(source.text()) -> true;
      case LipFormatter.Formatted _ when check -> {
        out.println(file + " is not formatted");
        yield false;
      }
      case LipFormatter.Formatted formatted -> {
        write(file, formatted.text());
        out.println(file + " was formatted");
        yield true;
      }
    };
  }

  private static SourceText read(Path file) throws InputError {
    try {
      return switch (SourceText.decode(file.toString(), BoundedFile.read(file))) {
        case SourceText.Accepted accepted -> accepted.source();
        case SourceText.Refused refused -> throw new InputError(refused.diagnostic().message());
      };
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    }
  }

  /** Replaces the file that a link leads to, not the link. */
  private static void write(Path file, String text) throws InputError {
    try {
      AtomicFile.write(file.toRealPath(), text);
    } catch (IOException e) {
      throw new InputError(file + " cannot be written: " + e.getMessage());
    }
  }
}
