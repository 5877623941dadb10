package io.lipc.tools.prove;

import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.Version;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc vnnlib}: the command line that VNN-LIB 2.0 sets for solvers. */
@Command(
    name = "vnnlib",
    mixinStandardHelpOptions = true,
    versionProvider = Version.OfSolver.class,
    sortOptions = false,
    description = {
      "Answers a query as a solver of VNN-LIB 2.0, for other programs; `lipc prove` is for people.",
      "Without `verify`, the words of the answer are those that Vehicle reads."
    },
    subcommands = {SolverVerifyCommand.class, SolverSupportsCommand.class},
    footer = {"", "Exit codes: 0 for every answer, 2 usage or input error."})
public final class SolverCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--name", description = "Prints the name of the solver.")
  private boolean name;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "QUERY",
      description =
          "A VNN-LIB file, version 1.0, 2.0 or 2.1. Default: none, as `verify` and `supports` have"
              + " arguments of their own.")
  private Optional<Path> query = Optional.empty();

  @Mixin private SolverOptions options = new SolverOptions();

  /** Created by picocli. */
  public SolverCommand() {}

  @Override
  public Integer call() throws InputError {
    if (name) {
      spec.commandLine().getOut().println("lipc");
      spec.commandLine().getOut().flush();
      return ExitCode.PROVED;
    }
    if (query.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing: `verify QUERY`, `supports CAPABILITY` or QUERY");
    }
    return options.answer(query.get(), Dialect.VEHICLE, spec);
  }
}
