package io.lipc.tools.prove;

import io.lipc.formats.Json;
import io.lipc.queries.Query;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.EarlyEnd;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NetworkOption;
import io.lipc.tools.command.PartsOption;
import io.lipc.tools.command.Stopwatch;
import io.lipc.tools.files.OnnxOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc prove MODEL QUERY}: whether an input satisfies a query. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Answers a VNN-LIB query about a network: unsat with a certificate that the checker has"
          + " accepted, or sat with an input that satisfies it.",
      "It is about real arithmetic. It cuts the box of the query into parts until all of them are"
          + " proved, or until the budget ends; Ctrl-C ends it early, with what is known by then."
    },
    footer = {
      "",
      "Exit codes: 0 unsat, 1 sat, or not decided within the budget, 2 usage or input error."
    })
public final class ProveCommand implements Callable<Integer> {

  private static final String BUDGET = "60s";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODEL", description = "A .lip, .nnet or .onnx file.")
  private Path model = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "QUERY",
      description = "A VNN-LIB file, version 1.0, 2.0 or 2.1; with the ending .gz it is unpacked.")
  private Path query = Path.of("");

  @Option(
      names = "--real",
      description =
          "Reads a query about float32 or float64 as one about real numbers, which proves less."
              + " Without this option, such a query is refused.")
  private boolean real;

  @Mixin private NetworkOption network = new NetworkOption();

  @Mixin private OnnxOptions onnx = new OnnxOptions();

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "How long all may take, such as 500ms, 5s or 2m. Default: ${DEFAULT-VALUE}.",
      defaultValue = BUDGET)
  private String budget = BUDGET;

  @Mixin private PartsOption parts = new PartsOption();

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "Writes the certificate of unsat to this file. Default: none is written.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Writes the weights that the certificate is about to this safetensors file, which the"
              + " audit reads. Default: none is written.")
  private Optional<Path> weights = Optional.empty();

  @Option(
      names = "--witness",
      paramLabel = "FILE",
      description =
          "Writes the input of sat, and the outputs there, to this file, as the competitions write"
              + " it. Default: none is written.")
  private Optional<Path> witness = Optional.empty();

  @Option(
      names = "--tree",
      paramLabel = "FILE",
      description =
          "Goes on from the parts of the box in this file, if it is there, and writes them to it:"
              + " a later run with more time goes on from these. Default: from the whole box.")
  private Optional<Path> tree = Optional.empty();

  @Option(
      names = "--json",
      description = "Prints one JSON object, whose members are in docs/json.md.")
  private boolean json;

  /** Created by picocli. */
  public ProveCommand() {}

  @Override
  public Integer call() throws InputError {
    int most = parts.most();
    Duration time = Budgets.parse(budget);
    Stopwatch watch = Stopwatch.start();
    try (EarlyEnd early = EarlyEnd.listening()) {
      Asking.Limits limits =
          new Asking.Limits(most, Budgets.reading(time), Budgets.end(time).or(early::isAsked));
      Asking asking = new Asking(model, query, real, network, onnx);
      Query asked = asking.read(limits);
      TreeFile known = new TreeFile(tree);
      Answered answered = asking.answered(asked, known, limits, spec.commandLine().getErr());
      answered.write(certificate, weights, witness, known);
      ProveReport report =
          new ProveReport(model, query, asked, answered, watch.seconds(), certificate, witness);
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? Json.write(report.json()) : report.text());
      out.flush();
      int code = answered.isProved() ? ExitCode.PROVED : ExitCode.NOT_PROVED;
      early.answered(code);
      return code;
    }
  }
}
