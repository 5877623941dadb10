package io.lipc.tools.prove;

import io.lipc.certifier.QuerySearch.Answer;
import io.lipc.formats.Quoted;
import io.lipc.queries.Query;
import io.lipc.queries.QueryFault;
import io.lipc.queries.Version;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.EarlyEnd;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.PartsOption;
import io.lipc.tools.files.QueryFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of solvers as VNN-LIB 2.0 has them, and the run that they ask for. */
final class SolverOptions {

  private static final int SECONDS = 60;

  @Option(
      names = "--network",
      paramLabel = "NAME=FILE",
      description = "The model of the network that the query calls NAME. Default: none, an error.")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long all may take, in whole seconds. Default: ${DEFAULT-VALUE}.")
  private int timeout = SECONDS;

  @Mixin private PartsOption parts = new PartsOption();

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "Writes the certificate of unsat to this file. Default: none is written.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = {"--serialise-assignments", "--assignments"},
      paramLabel = "FOLDER",
      description = "Is refused, because the values of sat are printed. Default: none.")
  private Optional<Path> assignments = Optional.empty();

  /** Created by picocli. */
  SolverOptions() {}

  /**
   * Prints the answer of a query.
   *
   * @return {@link ExitCode#PROVED}, whatever the answer is
   * @throws InputError if there is none, because something does not fit together
   */
  int answer(Path query, Dialect dialect, CommandSpec command) throws InputError {
    if (assignments.isPresent()) {
      throw new InputError(
          "values of sat are printed, and not written to "
              + Quoted.of(assignments.get().toString())
              + ", as `supports --serialise-assignments` says; leave the option out");
    }
    if (timeout < 1) {
      throw new InputError("--timeout " + timeout + ": a run takes 1 second at least");
    }
    try (EarlyEnd early = EarlyEnd.listening()) {
      Duration time = Duration.ofSeconds(timeout);
      Asking.Limits limits =
          new Asking.Limits(
              parts.most(), Budgets.reading(time), Budgets.end(time).or(early::isAsked));
      Query asked = QueryFile.read(query, false, limits.reading());
      Asking asking = Asking.of(model(query, asked), query, false);
      Answered answered = asking.answered(asked, limits, command.commandLine().getErr());
      answered.writeCertificate(certificate);
      print(answered, dialect, command.commandLine().getOut());
      early.answered(ExitCode.PROVED);
      return ExitCode.PROVED;
    }
  }

  private static void print(Answered answered, Dialect dialect, PrintWriter out) {
    out.println(dialect.word(answered.answer()));
    if (answered.answer() instanceof Answer.Satisfiable(var witness)) {
      new WitnessText(answered.claimed(), witness).lines(dialect.real()).forEach(out::println);
    }
    out.flush();
  }

  /** The model of the only network; queries of version 1.0 have no name for it. */
  private Path model(Path query, Query asked) throws InputError {
    String declared = asked.networks().getFirst().name();
    boolean isNamed = asked.version() != Version.V1_0;
    Optional<Path> model = Optional.empty();
    for (String given : networks) {
      int end = given.indexOf('=');
      if (end < 1 || end == given.length() - 1) {
        throw new InputError("--network " + given + " is not NAME=FILE, such as f=model.onnx");
      }
      String name = given.substring(0, end);
      if (isNamed && !name.equals(declared)) {
        throw QueryFile.fault(
            query,
            QueryFault.NETWORK,
            "--network %s, but the query declares the network %s".formatted(given, declared));
      }
      if (model.isPresent()) {
        throw QueryFile.fault(
            query, QueryFault.NETWORK, "two models are given, and the query is about one network");
      }
      model = Optional.of(Path.of(given.substring(end + 1)));
    }
    return model.orElseThrow(
        () ->
            QueryFile.fault(
                query,
                QueryFault.NETWORK,
                "no model is given; add --network %s=FILE".formatted(isNamed ? declared : "f")));
  }
}
