package io.lipc.tools;

import io.lipc.tools.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lipc completion}: a script with which shells complete commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script by which bash and zsh complete commands and options.",
      "Put `source <(lipc completion)` into ~/.bashrc, or into ~/.zshrc after `autoload -U compinit;"
          + " compinit`."
    })
final class CompletionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    // picocli ends lines as the system does, and no shell takes those of Windows.
    String script = AutoComplete.bash(spec.root().name(), root).replace("\r\n", "\n");
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return ExitCode.PROVED;
  }
}
