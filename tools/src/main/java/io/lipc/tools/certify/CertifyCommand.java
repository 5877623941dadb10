package io.lipc.tools.certify;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Method;
import io.lipc.formats.Json;
import io.lipc.linalg.Deadline;
import io.lipc.model.Decimals;
import io.lipc.model.Property;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.ClaimWords;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NetworkOption;
import io.lipc.tools.command.NormOptions;
import io.lipc.tools.command.Question;
import io.lipc.tools.command.SearchProgress;
import io.lipc.tools.command.Stopwatch;
import io.lipc.tools.files.Callees;
import io.lipc.tools.files.Message;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.files.PairFiles;
import io.lipc.tools.page.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc certify MODEL}: the bounds of a model, and the certificate of the best if asked. */
@Command(
    name = "certify",
    mixinStandardHelpOptions = true,
    description = {
      "Proves a Lipschitz bound of one network.",
      "It says what each method gives, and writes a certificate where --certificate asks for one."
    })
public final class CertifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MODEL", description = "A .lip, .nnet or .onnx file.")
  private Path model = Path.of("");

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      completionCandidates = MethodNames.class,
      description = "How to search: ${COMPLETION-CANDIDATES}. Default: auto.")
  private String method = "auto";

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "How long all may take, such as 500ms, 5s or 2m: there is an answer by then, with what"
              + " was proved. Default: 60s for auto, no limit for a single method.")
  private Optional<String> budget = Optional.empty();

  @Option(
      names = "--bound",
      paramLabel = "L",
      description =
          "The bound to prove. Default: the declared one, or the best for .nnet and .onnx.")
  private Optional<Double> bound = Optional.empty();

  @Mixin private NormOptions norms = new NormOptions();

  @Option(
      names = "--outputs",
      converter = Outputs.Words.class,
      paramLabel = "I,I|each",
      description =
          "The outputs that the bound is about, from 0, such as 0,2; or `each`, for a bound of each"
              + " output alone. Default: all of them together.")
  private Outputs outputs = new Outputs.All();

  @Mixin private NetworkOption network = new NetworkOption();

  @Mixin private OnnxOptions onnx = new OnnxOptions();

  @Option(
      names = {"--certificate", "--out"},
      paramLabel = "FILE",
      description =
          "Writes the certificate to this file, and those of the pairs of outputs and of the"
              + " networks that it calls beside it. With `--outputs each`, the number of the output"
              + " goes before the extension."
              + " Default: none is written.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--keep-best",
      description =
          "With --certificate, writes that of the best bound even where the one that is asked for is"
              + " not proved.")
  private boolean keepBest;

  @Option(
      names = "--json",
      description = "Prints one JSON object, whose members are in docs/json.md.")
  private boolean json;

  /** The messages so far: what is wrong with a text is said once, not for each output. */
  private final Set<String> said = new HashSet<>();

  @Override
  public Integer call() throws InputError {
    if (bound.isPresent() && !Property.Lipschitz.isValid(bound.get())) {
      throw new InputError("--bound " + bound.get() + " is not positive and finite");
    }
    if (keepBest && certificate.isEmpty()) {
      throw new InputError("--keep-best needs --certificate FILE: where the certificate goes");
    }
    Model read = onnx.read(model, budget().map(Budgets::reading).orElse(Deadline.NONE));
    return switch (outputs) {
      case Outputs.All _ -> one(read, List.of());
      case Outputs.Some some -> one(read, some.indices());
      case Outputs.Each _ -> each(read);
    };
  }

  private int one(Model read, List<Integer> about) throws InputError {
    Answered answered = answer(read, about, certificate, end());
    if (json) {
      print(Json.write(answered.report().json()));
    }
    return answered.exitCode();
  }

  /** One search after the other; a declaration at fault is so for all of them. */
  private int each(Model read) throws InputError {
    int size = Examiner.outputSize(read, question(List.of()));
    Deadline whole = end();
    List<Answered> all = new ArrayList<>();
    do {
      int output = all.size();
      Deadline share = whole.part(1.0 / Math.max(1, size - output));
      all.add(
          answer(read, List.of(output), certificate.map(file -> numbered(file, output)), share));
    } while (all.size() < size && all.getLast().report().isAboutNetwork());
    if (json) {
      print(Json.write(Report.json(all.stream().map(Answered::report).toList())));
    }
    return all.stream().mapToInt(Answered::exitCode).max().orElseThrow();
  }

  /** The file with the number of an output before its extension: {@code c.2.json}. */
  private static Path numbered(Path file, int output) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return file.resolveSibling(name.substring(0, end) + "." + output + name.substring(end));
  }

  /**
   * @param faultless whether all networks of the text are; one that is called is none to pass over
   */
  private record Answered(Report report, boolean faultless) {
    int exitCode() {
      return report.examined().proved() && faultless ? ExitCode.PROVED : ExitCode.NOT_PROVED;
    }
  }

  /** Searches, writes the certificate, and prints the result for people. */
  private Answered answer(Model read, List<Integer> about, Optional<Path> target, Deadline end)
      throws InputError {
    Stopwatch watch = Stopwatch.start();
    List<Examined> all = examine(read, question(about), end);
    Examined examined = chosen(all);
    double seconds = watch.seconds();
    Optional<Path> file =
        target.isPresent() ? writeCertificate(examined, target.get()) : Optional.empty();
    Report report = new Report(model, examined, about, seconds, file);
    PrintWriter printer = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    Colours colours = Colours.of(spec.commandLine());
    all.stream()
        .flatMap(one -> one.messages().stream().map(Message::text))
        .filter(said::add)
        .map(colours::message)
        .forEach(printer::println);
    if (!json) {
      report.text().map(colours::fields).ifPresent(printer::println);
    }
    if (target.isPresent() && file.isEmpty() && examined.best().isPresent()) {
      printer.println(whatIsNotWritten(examined));
    }
    printer.flush();
    return new Answered(report, all.stream().allMatch(Examined::faultless));
  }

  private Question question(List<Integer> about) {
    return new Question(
        network.name(),
        bound.isPresent() ? OptionalDouble.of(bound.get()) : OptionalDouble.empty(),
        norms.from(),
        norms.to(),
        about);
  }

  private List<Examined> examine(Model read, Question question, Deadline end) throws InputError {
    PairFiles pairs = new PairFiles(Path.of(""));
    Method asked = Examiner.method(method);
    try (SearchProgress progress = SearchProgress.on(spec.commandLine().getErr())) {
      return new Examiner(asked, budget(), end, question, pairs, progress.listener()).examine(read);
    }
  }

  private Deadline end() throws InputError {
    return budget().map(Budgets::end).orElse(Deadline.NONE);
  }

  private Optional<Duration> budget() throws InputError {
    if (budget.isEmpty()) {
      return Examiner.method(method) == Method.AUTO
          ? Optional.of(Examiner.BUDGET)
          : Optional.empty();
    }
    return Optional.of(Budgets.parse(budget.get()));
  }

  /** The network that is asked about comes last. */
  private Examined chosen(List<Examined> all) throws InputError {
    if (all.isEmpty()) {
      throw network.missingIn(model);
    }
    return all.getLast();
  }

  /**
   * Writes no certificate if the declared bound was not proved, unless {@code --keep-best} asks for
   * it: users would take the file for a proof of the declared bound.
   */
  private Optional<Path> writeCertificate(Examined examined, Path file) throws InputError {
    Optional<Subject> best = examined.best();
    if (best.isEmpty() || !(examined.proved() || keepBest)) {
      return Optional.empty();
    }
    try {
      Callees.write(file, best.get(), examined.allClaims());
    } catch (IOException e) {
      throw new InputError("the certificate " + file + " cannot be written: " + e.getMessage());
    }
    return Optional.of(file);
  }

  private String whatIsNotWritten(Examined examined) {
    Certificate best = examined.best().orElseThrow().certificate();
    String reason =
        examined.answer() == Answer.PROVED
            ? "the network is refused"
            : bound.map(asked -> "--bound " + Decimals.plain(asked)).orElse("the declared bound")
                + " is not proved";
    return "no certificate is written, since %s; --keep-best writes that of %s"
        .formatted(
            reason,
            best.claim()
                .global()
                .map(claim -> Decimals.up(claim.bound()))
                .orElseGet(() -> ClaimWords.subject(best.claim().kind())));
  }

  private void print(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }
}
