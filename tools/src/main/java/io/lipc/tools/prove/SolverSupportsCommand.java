package io.lipc.tools.prove;

import io.lipc.tools.command.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code lipc vnnlib supports}: which queries and models are supported. */
@Command(
    name = "supports",
    aliases = "capabilities",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints what is supported of queries and models, a line each.")
final class SolverSupportsCommand implements Callable<Integer> {

  private CommandSpec spec = CommandSpec.create();

  /** Created by picocli. */
  SolverSupportsCommand() {}

  /** Each capability is a flag. */
  @Spec
  void setSpec(CommandSpec given) {
    spec = given;
    for (Capability capability : Capability.values()) {
      spec.addOption(
          OptionSpec.builder(capability.options().toArray(String[]::new))
              .type(boolean.class)
              .description(capability.description())
              .build());
    }
  }

  @Override
  public Integer call() {
    ParseResult given = spec.commandLine().getParseResult();
    List<Capability> asked =
        Arrays.stream(Capability.values())
            .filter(capability -> given.hasMatchedOption(capability.options().getFirst()))
            .toList();
    if (asked.size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "supports takes one capability, such as "
              + Capability.ONNX_OPERATORS.options().getFirst());
    }
    asked.getFirst().lines().forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    return ExitCode.PROVED;
  }
}
