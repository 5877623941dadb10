package io.lipc.tools.certify;

import io.lipc.certificate.Certificate;
import io.lipc.certifier.Method;
import io.lipc.formats.AtomicFile;
import io.lipc.model.Decimals;
import io.lipc.model.LipschitzSpec;
import io.lipc.model.Norm;
import io.lipc.tools.certify.Examiner.Examined;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NormWords;
import io.lipc.tools.command.Question;
import io.lipc.tools.command.SearchProgress;
import io.lipc.tools.command.Stopwatch;
import io.lipc.tools.files.Callees;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.PairFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc certify MODEL}: the bounds of a model, and the certificate of the best. */
@Command(
    name = "certify",
    mixinStandardHelpOptions = true,
    description = "Proves a Lipschitz bound and writes its certificate.")
public final class CertifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MODEL", description = "A .lip, .nnet or .onnx file.")
  private Path model = Path.of("");

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "auto (default), norm-product, elementwise-product, scalar-lmi, frequency-layer,"
              + " layerwise-lmi, frequency-channel, lipsdp-layer, lipsdp-neuron.")
  private String method = "auto";

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "How long to search, such as 500ms, 5s or 2m. Default: 60s for auto.")
  private Optional<String> budget = Optional.empty();

  @Option(
      names = "--bound",
      paramLabel = "L",
      description =
          "The bound to prove. Default: the declared one, or the best for .nnet and .onnx.")
  private Optional<Double> bound = Optional.empty();

  @Option(
      names = "--from",
      converter = NormWords.class,
      paramLabel = "NORM",
      description = "How inputs are measured: l2 or linf. Default: as declared, or l2.")
  private Optional<Norm> from = Optional.empty();

  @Option(
      names = "--to",
      converter = NormWords.class,
      paramLabel = "NORM",
      description = "How outputs are measured: l2 or linf. Default: as declared, or l2.")
  private Optional<Norm> to = Optional.empty();

  @Option(
      names = "--outputs",
      split = ",",
      paramLabel = "I",
      description = "The outputs that the bound is about, from 0. Default: all.")
  private List<Integer> outputs = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Which network of a text. Default: the last one.")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the certificate goes. Default: NETWORK.certificate.json.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--keep-best",
      description =
          "Writes the certificate of the best bound even where the one that is asked for is not"
              + " proved.")
  private boolean keepBest;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InputError {
    if (bound.isPresent() && !LipschitzSpec.isValid(bound.get())) {
      throw new InputError("--bound " + bound.get() + " is not positive and finite");
    }
    Stopwatch watch = Stopwatch.start();
    List<Examined> all = examine(question());
    Examined examined = chosen(all);
    double seconds = watch.seconds();
    Optional<Path> file = writeCertificate(examined);
    PrintWriter printer = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    all.forEach(one -> one.messages().forEach(message -> printer.println(message.text())));
    printer.flush();
    Report.of(model, examined, seconds, file).ifPresent(this::print);
    if (file.isEmpty() && examined.best().isPresent()) {
      sayWhatIsNotWritten(printer, examined);
    }
    // A fault anywhere in the text, or in a network that is called, is none to pass over.
    boolean faultless = all.stream().allMatch(Examined::faultless);
    return examined.proved() && faultless ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }

  private Question question() {
    return new Question(
        network,
        bound.isPresent() ? OptionalDouble.of(bound.get()) : OptionalDouble.empty(),
        from,
        to,
        outputs);
  }

  private List<Examined> examine(Question question) throws InputError {
    PairFiles pairs = new PairFiles(Path.of(""));
    Method asked = Examiner.method(method);
    try (SearchProgress progress = SearchProgress.on(spec.commandLine().getErr())) {
      return new Examiner(asked, budget(), question, pairs, progress.listener())
          .examine(Model.read(model));
    }
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
      throw new InputError(
          model + " declares no network" + network.map(name -> " " + name).orElse(""));
    }
    return all.getLast();
  }

  /** Nothing of a bound that was not asked for, unless it is wanted: somebody would rely on it. */
  private Optional<Path> writeCertificate(Examined examined) throws InputError {
    Optional<String> text = examined.certificate();
    if (text.isEmpty() || !(examined.proved() || keepBest)) {
      return Optional.empty();
    }
    Path file = out.orElse(Path.of(examined.network() + ".certificate.json"));
    try {
      AtomicFile.write(file, text.get());
      Callees.write(file, examined.best().orElseThrow());
    } catch (IOException e) {
      throw new InputError("the certificate " + file + " cannot be written: " + e.getMessage());
    }
    return Optional.of(file);
  }

  private void sayWhatIsNotWritten(PrintWriter printer, Examined examined) {
    Certificate best = examined.best().orElseThrow().certificate();
    printer.println(
        "no certificate is written, since %s is not proved; --keep-best writes that of %s"
            .formatted(
                bound.map(asked -> "--bound " + Decimals.plain(asked)).orElse("the declared bound"),
                Decimals.up(best.bound())));
    printer.flush();
  }

  private void print(Report report) {
    PrintWriter printer = spec.commandLine().getOut();
    printer.println(json ? report.json() : report.text());
    printer.flush();
  }
}
