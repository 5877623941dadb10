package io.lipc.tools.prove;

import io.lipc.formats.Quoted;
import io.lipc.linalg.Deadline;
import io.lipc.queries.Query;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.EarlyEnd;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.PartsOption;
import io.lipc.tools.command.Stopwatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc prove-all FOLDER}: the answers of all queries of a benchmark. */
@Command(
    name = "prove-all",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Answers all queries of a folder of the competitions of verifiers, as `lipc prove` does.",
      "Each row of its instances.csv has a model, a query and a time in seconds. A row whose files"
          + " cannot be used has the answer `error`, and its reason goes to the error stream. Ctrl-C"
          + " ends the table early."
    },
    footer = {
      "",
      "Exit codes: 0 all are answered, 1 some are not decided, 2 some cannot be asked, or usage"
          + " error."
    })
public final class ProveAllCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "A folder with instances.csv, and what it names.")
  private Path folder = Path.of("");

  @Option(
      names = "--real",
      description =
          "Reads queries about float32 or float64 as ones about real numbers, which proves less."
              + " Without this option, such queries are refused.")
  private boolean real;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "How long each answer may take at most, such as 500ms, 5s or 2m. Default: as long as"
              + " instances.csv says.")
  private Optional<String> budget = Optional.empty();

  @Mixin private PartsOption parts = new PartsOption();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Writes MODEL/QUERY.json for each unsat, MODEL/QUERY.txt with the input of each sat, and"
              + " MODEL/weights.safetensors for the audit to this folder. Default: nothing is"
              + " written.")
  private Optional<Path> out = Optional.empty();

  /** Created by picocli. */
  public ProveAllCommand() {}

  @Override
  public Integer call() throws InputError {
    int most = parts.most();
    Optional<Duration> limit =
        budget.isPresent() ? Optional.of(Budgets.parse(budget.get())) : Optional.empty();
    List<Instance> instances = Instance.of(folder);
    Tally tally = new Tally();
    try (EarlyEnd early = EarlyEnd.listening()) {
      for (Instance instance : instances) {
        if (early.isAsked()) {
          break;
        }
        Duration time = limit.filter(l -> l.compareTo(instance.time()) < 0).orElse(instance.time());
        tally.add(answer(instance, new Limited(most, time), early));
      }
      PrintWriter printer = spec.commandLine().getOut();
      printer.println(tally.text(instances.size()));
      printer.flush();
      int code = tally.exitCode(instances.size());
      early.answered(code);
      return code;
    }
  }

  private record Limited(int parts, Duration time) {

    /** The time begins now: Java has started before the first row. */
    Asking.Limits from(EarlyEnd early) {
      Deadline end = Deadline.in(time);
      return new Asking.Limits(parts, end.part(Budgets.READING), end.or(early::isAsked));
    }
  }

  private Tally.Kind answer(Instance instance, Limited limited, EarlyEnd early) {
    Stopwatch watch = Stopwatch.start();
    Tally.Kind kind = Tally.Kind.ERROR;
    int parts = 0;
    try {
      Asking.Limits limits = limited.from(early);
      Asking asking =
          Asking.of(folder.resolve(instance.model()), folder.resolve(instance.query()), real);
      Query asked = asking.read(limits);
      Answered answered = asking.answered(asked, limits, spec.commandLine().getErr());
      write(instance, answered);
      kind = Tally.Kind.of(answered.answer());
      parts = answered.answer().parts();
    } catch (InputError e) {
      spec.commandLine().getErr().println("lipc: " + e.getMessage());
    }
    PrintWriter printer = spec.commandLine().getOut();
    printer.println(
        String.format(
            Locale.ROOT,
            "%-11s %,7d parts %9.2f s  %s %s",
            kind.word(),
            parts,
            watch.seconds(),
            instance.model(),
            instance.query()));
    printer.flush();
    return kind;
  }

  /** Files of an earlier run about the same query are gone: they may be those of another answer. */
  private void write(Instance instance, Answered answered) throws InputError {
    if (out.isEmpty()) {
      return;
    }
    Path model = out.get().resolve(instance.model());
    Path certificate = model.resolve(instance.query() + ".json");
    Path witness = model.resolve(instance.query() + ".txt");
    try {
      Files.createDirectories(certificate.getParent());
      Files.deleteIfExists(certificate);
      Files.deleteIfExists(witness);
    } catch (IOException e) {
      throw new InputError(Quoted.of(certificate.toString()) + " cannot be written: " + e);
    }
    answered.write(
        Optional.of(certificate),
        Optional.of(model.resolve("weights.safetensors")),
        Optional.of(witness),
        new TreeFile(Optional.empty()));
  }
}
