package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.training.run.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The texts of {@code --help}: whole sentences, with the default of each option. */
final class HelpTest {

  private record Described(String command, ArgSpec arg) {

    String text() {
      return String.join(" ", arg.description());
    }

    boolean isFlag() {
      return arg.arity().max() == 0;
    }

    String initial() {
      return Objects.toString(arg.initialValue());
    }

    @Override
    public String toString() {
      return command + " " + arg.paramLabel() + " " + arg + ": " + text();
    }
  }

  private static List<CommandSpec> commands() {
    List<CommandSpec> commands = new ArrayList<>();
    collect(Lipc.commandLine(), commands);
    commands.removeIf(command -> command.qualifiedName().equals("lipc help"));
    assertThat(commands).hasSizeGreaterThanOrEqualTo(9);
    return commands;
  }

  private static void collect(CommandLine from, List<CommandSpec> commands) {
    commands.add(from.getCommandSpec());
    from.getSubcommands().values().forEach(command -> collect(command, commands));
  }

  private static List<Described> described() {
    List<Described> all = new ArrayList<>();
    for (CommandSpec command : commands()) {
      for (ArgSpec arg : command.args()) {
        all.add(new Described(command.qualifiedName(), arg));
      }
    }
    assertThat(all).hasSizeGreaterThan(50);
    return all;
  }

  /** {@code lipc help} is picocli's own. */
  @Test
  void every_command_and_option_is_described_by_whole_sentences() {
    for (CommandSpec command : commands()) {
      assertSentences(command.qualifiedName(), command.usageMessage().description());
    }
    for (Described one : described()) {
      assertSentences(one.toString(), one.arg().description());
    }
  }

  private static void assertSentences(String of, String... lines) {
    assertThat(lines).as(of).isNotEmpty();
    assertThat(lines).as(of).allMatch(line -> line.endsWith("."));
    assertThat(lines).as(of).allMatch(line -> Character.isUpperCase(line.charAt(0)));
    assertThat(String.join(" ", lines)).as(of).contains(" ");
  }

  @Test
  void every_option_that_may_be_left_out_says_what_holds_then() {
    for (Described one : described()) {
      boolean mayBeLeftOut = !one.arg().required() && !one.isFlag();
      if (mayBeLeftOut) {
        assertThat(one.text()).as(one.toString()).containsPattern("Default(: |, once )");
      } else {
        assertThat(one.text()).as(one.toString()).doesNotContain("Default:");
      }
    }
  }

  /** Where the field of an option holds its default, the text says the same. */
  @Test
  void defaults_in_texts_are_those_of_the_fields() {
    int compared = 0;
    for (Described one : described()) {
      String initial = one.initial().replaceAll("\\.0$", "");
      boolean isValue = one.arg() instanceof OptionSpec && initial.matches("[a-z0-9.-]+");
      if (isValue && !one.isFlag() && !one.arg().required() && !initial.equals("null")) {
        assertThat(one.text()).as(one.toString()).endsWith("Default: " + initial + ".");
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(6);
  }

  @Test
  void defaults_of_training_are_those_of_the_trainer() {
    TrainingOptions defaults = TrainingOptions.defaults();
    Object[][] expected = {
      {"--epochs", defaults.epochs()},
      {"--batch", defaults.batchSize()},
      {"--rate", defaults.learningRate()},
      {"--temperature", defaults.temperature()},
      {"--offset", defaults.offset()},
      {"--patience", defaults.patience()},
      {"--held-out", defaults.heldOut()},
      {"--checkpoint-every", defaults.checkpointEvery()},
      {"--seed", defaults.seed()},
      {"--eps", defaults.epsilons().toString().replaceAll("[\\[\\] ]", "")}
    };
    CommandSpec train = Lipc.commandLine().getSubcommands().get("train").getCommandSpec();
    for (Object[] one : expected) {
      String text = String.join(" ", train.findOption((String) one[0]).description());
      String value = one[1].toString().replaceAll("\\.0$", "");
      assertThat(text).as(one[0].toString()).endsWith("Default: " + value + ".");
    }
  }

  /** In the list of commands only the first line of a description stands. */
  @Test
  void help_wraps_no_sentence_by_hand() {
    String list = Lipc.commandLine().getUsageMessage(Ansi.OFF);
    assertThat(list).contains("Proves a Lipschitz bound of one network.\n");
    for (CommandSpec command : commands()) {
      String usage = command.commandLine().getUsageMessage(Ansi.OFF);
      assertThat(usage.lines()).as(usage).allMatch(line -> line.length() <= 80);
    }
  }
}
