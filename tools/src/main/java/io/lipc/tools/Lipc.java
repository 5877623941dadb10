package io.lipc.tools;

import io.lipc.tools.certify.CertifyCommand;
import io.lipc.tools.certify.CheckCommand;
import io.lipc.tools.certify.VerifyCommand;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.PlainText;
import io.lipc.tools.command.Version;
import io.lipc.tools.convert.ExportCommand;
import io.lipc.tools.convert.ImportCommand;
import io.lipc.tools.local.LocalCommand;
import io.lipc.tools.prove.ProveAllCommand;
import io.lipc.tools.prove.ProveCommand;
import io.lipc.tools.prove.SolverCommand;
import io.lipc.tools.report.ReportCommand;
import io.lipc.tools.train.TrainCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of the command line. */
@Command(
    name = "lipc",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Proves Lipschitz bounds of neural networks, or says why not.",
    footer = {"", "Exit codes: 0 proved, 1 refused or not proved, 2 usage or input error."},
    subcommands = {
      CheckCommand.class,
      CertifyCommand.class,
      LocalCommand.class,
      ProveCommand.class,
      ProveAllCommand.class,
      SolverCommand.class,
      VerifyCommand.class,
      TrainCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      FormatCommand.class,
      ReportCommand.class,
      ExplainCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Lipc {

  /** Created by picocli. */
  Lipc() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(Ansi.AUTO, out, err, arguments));
  }

  /**
   * Runs one command within the JVM, without colours.
   *
   * @return its exit code: 0 proved, 1 refused or not proved, 2 usage or input error
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return run(Ansi.OFF, out, err, arguments);
  }

  /** The whole command line, as texts and completion describe it. */
  static CommandLine commandLine() {
    return new CommandLine(new Lipc());
  }

  static int run(Ansi colours, PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = commandLine();
    try {
      return execute(line, colours, out, err, arguments);
    } catch (OutOfMemoryError e) {
      // As a fault of the input: exit code 1 would say that something is not proved.
      err.println(
          Colours.of(line).fault("lipc:")
              + " the memory does not suffice ("
              + e.getMessage()
              + "): a file is larger than lipc reads, or java needs more, such as"
              + " JAVA_TOOL_OPTIONS=-Xmx8g");
      return ExitCode.INPUT_ERROR;
    }
  }

  private static int execute(
      CommandLine line, Ansi colours, PrintWriter out, PrintWriter err, String... arguments) {
    return line.setColorScheme(CommandLine.Help.defaultColorScheme(colours))
        .setOut(PlainText.to(out, colours.enabled()))
        .setErr(PlainText.to(err, colours.enabled()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(Lipc::runWhatWasRead)
        .setExecutionExceptionHandler(
            (thrown, command, _) -> {
              if (thrown instanceof InputError error) {
                command
                    .getErr()
                    .println(Colours.of(command).fault("lipc:") + " " + error.getMessage());
                return ExitCode.INPUT_ERROR;
              }
              throw thrown;
            })
        .execute(arguments);
  }

  /** Beside {@code --help}, picocli ignores arguments that are none of a command. */
  private static int runWhatWasRead(ParseResult read) {
    for (CommandLine command : read.asCommandLineList()) {
      if (!command.getUnmatchedArguments().isEmpty()) {
        throw new UnmatchedArgumentException(command, command.getUnmatchedArguments());
      }
    }
    return new RunLast().execute(read);
  }
}
