package io.lipc.tools.convert;

import io.lipc.certificate.Subject;
import io.lipc.certifier.Method;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.writing.OnnxExport;
import io.lipc.tools.certify.Examined;
import io.lipc.tools.certify.Examiner;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NetworkOption;
import io.lipc.tools.command.Question;
import io.lipc.tools.command.SearchProgress;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.files.PairFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc export MODEL --out FILE.onnx}: a proved network as an ONNX model. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Proves the bound of a network and writes the network as an ONNX model of standard"
            + " operators. Its metadata has the bound, the norms, and the digests of weights and"
            + " certificate. Nothing is written where the declared bound is not proved.")
public final class ExportCommand implements Callable<Integer> {

  private static final Duration BUDGET = Duration.ofSeconds(60);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MODEL", description = "A .lip, .nnet or .onnx file.")
  private Path model = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE.onnx",
      required = true,
      description = "The file for the ONNX model.")
  private Path out = Path.of("");

  @Mixin private NetworkOption network = new NetworkOption();

  @Mixin private OnnxOptions onnx = new OnnxOptions();

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "How long to search for a proof, such as 5s or 2m. Default: 60s.")
  private Optional<String> budget = Optional.empty();

  @Option(names = "--force", description = "Replaces the file if it is there.")
  private boolean force;

  @Override
  public Integer call() throws InputError {
    if (Files.exists(out) && !force) {
      throw new InputError(out + " is there already; --force replaces it");
    }
    List<Examined> all = examine();
    if (all.isEmpty()) {
      throw network.missingIn(model);
    }
    Examined examined = all.getLast();
    PrintWriter printer = spec.commandLine().getOut();
    Colours colours = Colours.of(spec.commandLine());
    all.forEach(
        one -> one.messages().forEach(message -> printer.println(colours.message(message.text()))));
    Optional<Examined> refused =
        Stream.concat(Stream.of(examined), all.stream()).filter(one -> !one.proved()).findFirst();
    Optional<Subject> proof = examined.best().filter(_ -> refused.isEmpty());
    if (proof.isEmpty()) {
      printer.println("no model is written, since " + reason(refused.orElse(examined)));
      printer.flush();
      return ExitCode.NOT_PROVED;
    }
    if (proof.get().certificate().claim().global().isEmpty()) {
      throw new InputError(
          "network %s declares no Lipschitz bound, and the metadata of the file states one; declare it: `certify lipschitz <= 2.0;`"
              .formatted(examined.network()));
    }
    SortedMap<String, String> metadata = ExportedNetworks.metadata(proof.get());
    write(proof.get(), metadata);
    printer.println(colours.fields("model:    " + out + ", network " + examined.network()));
    printer.println(
        colours.fields(
            "bound:    "
                + Decimals.up(proof.get().certificate().lipschitz().bound())
                + ", "
                + examined.norms()));
    metadata.forEach((key, value) -> printer.println("  " + key + " = " + Quoted.of(value)));
    printer.flush();
    return ExitCode.PROVED;
  }

  private static String reason(Examined refused) {
    String network = refused.network();
    return refused
        .lacking()
        .map(what -> "not all that " + network + " declares is proved: " + what)
        .orElseGet(() -> "the bound of " + network + " is not proved");
  }

  private List<Examined> examine() throws InputError {
    PairFiles pairs = new PairFiles(Path.of(""));
    Duration time = budget.isPresent() ? Budgets.parse(budget.get()) : BUDGET;
    try (SearchProgress progress = SearchProgress.on(spec.commandLine().getErr())) {
      return new Examiner(
              Method.AUTO,
              Optional.of(time),
              Budgets.end(time),
              Question.of(network.name()),
              pairs,
              progress.listener())
          .examine(onnx.read(model, Budgets.reading(time)));
    }
  }

  private void write(Subject proof, SortedMap<String, String> metadata) throws InputError {
    if (proof.certificate().hasFreeWeights()) {
      throw new InputError(
          model + " has parameters and no weights; train it, or name its file of weights");
    }
    try {
      AtomicFile.write(out, OnnxExport.write(ExportedNetworks.of(proof), metadata));
    } catch (OnnxException e) {
      throw new InputError(model + " cannot be written as ONNX: " + e.getMessage());
    } catch (IOException e) {
      throw new InputError(out + " cannot be written: " + e.getMessage());
    }
  }
}
