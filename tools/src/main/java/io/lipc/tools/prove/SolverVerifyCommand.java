package io.lipc.tools.prove;

import io.lipc.tools.command.InputError;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc vnnlib verify}: an answer in the words of the standard. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Answers a query: the first line is sat, unsat, unknown or timed-out; behind sat are the"
            + " values of all variables.",
    footer = {"", "Exit codes: 0 for every answer, 2 usage or input error."})
final class SolverVerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "QUERY",
      description = "A VNN-LIB file, version 1.0, 2.0 or 2.1.")
  private Path query = Path.of("");

  @Mixin private SolverOptions options = new SolverOptions();

  /** Created by picocli. */
  SolverVerifyCommand() {}

  @Override
  public Integer call() throws InputError {
    return options.answer(query, Dialect.STANDARD, spec);
  }
}
