package io.lipc.tools;

import io.lipc.tools.certify.CertifyCommand;
import io.lipc.tools.certify.CheckCommand;
import io.lipc.tools.certify.VerifyCommand;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.Version;
import io.lipc.tools.report.ReportCommand;
import io.lipc.tools.train.TrainCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the command line. */
@Command(
    name = "lipc",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Certified neural networks: proves Lipschitz bounds, or says why not.",
    footer = {"", "Exit codes: 0 proved, 1 refused or not proved, 2 usage or input error."},
    subcommands = {
      CheckCommand.class,
      CertifyCommand.class,
      VerifyCommand.class,
      TrainCommand.class,
      FormatCommand.class,
      ReportCommand.class,
      ExplainCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Lipc {

  /** Created by picocli. */
  Lipc() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /**
   * Runs one command within the JVM.
   *
   * @return its exit code: 0 proved, 1 refused or not proved, 2 usage or input error
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Lipc())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (thrown, command, _) -> {
              if (thrown instanceof InputError error) {
                command.getErr().println("lipc: " + error.getMessage());
                return ExitCode.INPUT_ERROR;
              }
              throw thrown;
            })
        .execute(arguments);
  }
}
