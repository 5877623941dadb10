package io.lipc.tools.train;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.Stopwatch;
import io.lipc.tools.files.TableOptions;
import io.lipc.training.DataException;
import io.lipc.training.Dataset;
import io.lipc.training.FreezingException;
import io.lipc.training.FrozenEvaluation;
import io.lipc.training.FrozenNetwork;
import io.lipc.training.Split;
import io.lipc.training.Table;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.TrainingException;
import io.lipc.training.TrainingOptions;
import io.lipc.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc train MODEL DATA}: weights of a parameterised network, with their certificate. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains a classifier that declares `parameters`, and certifies its weights.",
      "The network declares `parameters ldlt;`, `orthogonal`, `sll`, `aol` or `sandwich`. Weights and"
          + " certificate go into one safetensors file. Accuracy is measured on test rows that took no part in training."
    })
public final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODEL", description = "A .lip file.")
  private Path model = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description = "A CSV file of numbers, with the column of classes that --label-column names.")
  private Path data = Path.of("");

  @Option(
      names = "--label-column",
      required = true,
      paramLabel = "COLUMN",
      description =
          "The column of the classes: its number, from 1, or its name in the header. All others are"
              + " features.")
  private String labelColumn = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the weights go, with their certificate inside.")
  private Path out = Path.of("");

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "Where a drawing of loss, accuracy and certified accuracy by epoch goes, as SVG. Default: none.")
  private Optional<Path> plot = Optional.empty();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Which network of the text. Default: the last one.")
  private Optional<String> network = Optional.empty();

  @ArgGroup(exclusive = false, heading = "%nData:%n")
  private DataOptions dataOptions = new DataOptions();

  @ArgGroup(exclusive = false, heading = "%nTraining:%n")
  private TrainOptions trainOptions = new TrainOptions();

  @Option(
      names = "--json",
      description = "Prints one JSON object as the last line; docs/json.md has its members.")
  private boolean json;

  /** How the table is read, and which rows are what. */
  static final class DataOptions extends TableOptions {

    @Option(
        names = "--test-share",
        paramLabel = "SHARE",
        description = "The share of each class that is kept for the test. Default: 0.2.")
    private double testShare = 0.2;

    @Option(
        names = "--test-every",
        paramLabel = "K",
        description =
            "Instead, rows 1, K + 1, 2 K + 1, ... are kept for the test. Default: as --test-share"
                + " says.")
    private Optional<Integer> testEvery = Optional.empty();
  }

  /** Created by picocli. */
  TrainCommand() {}

  @Override
  public Integer call() throws InputError {
    Stopwatch watch = Stopwatch.start();
    checkWritable();
    TrainableNetwork trainable = TrainableText.read(model, network);
    try {
      Table table = dataOptions.read(data, labelColumn);
      ColumnRanges.warning(table).ifPresent(this::warn);
      Split split = split(table.data());
      TrainingOptions options = trainOptions.options(checkpoint());
      History history = new History();
      TrainingResult result = train(trainable, split.training(), options, history);
      FrozenNetwork frozen = trainable.freeze(result);
      frozen.write(out);
      Files.deleteIfExists(checkpoint());
      draw(history, trainable.network().name(), result.bestEpoch());
      FrozenEvaluation evaluation = trainable.evaluate(frozen, split.heldOut(), options.epsilons());
      boolean verified = isVerified();
      new TrainReport(
              trainable.network(),
              out,
              split,
              table.droppedRows(),
              result,
              frozen,
              evaluation,
              verified,
              watch.seconds())
          .print(spec.commandLine().getOut(), json);
      return verified ? ExitCode.PROVED : ExitCode.NOT_PROVED;
    } catch (IOException e) {
      throw new InputError(out + " cannot be written: " + e.getMessage());
    } catch (DataException | IllegalArgumentException e) {
      throw new InputError(String.valueOf(e.getMessage()));
    } catch (TrainingException | FreezingException e) {
      spec.commandLine().getErr().println("lipc: " + e.getMessage());
      return ExitCode.NOT_PROVED;
    }
  }

  /** Found before training, which may take hours. */
  private void checkWritable() throws InputError {
    if (Files.isDirectory(out)) {
      throw new InputError(out + " is a folder; --out names the file that the weights go to");
    }
    if (plot.isPresent() && Files.isDirectory(plot.get())) {
      throw new InputError(plot.get() + " is a folder; --plot names the file of the drawing");
    }
    Path folder = plot.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
    if (!Files.isDirectory(folder.toAbsolutePath())) {
      throw new InputError("the drawing cannot be written: there is no folder " + folder);
    }
  }

  /** Without a drawing the weights are as good. */
  private void draw(History history, String name, int best) {
    if (plot.isEmpty()) {
      return;
    }
    try {
      if (!history.draw(plot.get(), name, best)) {
        warn("no epoch was left to train, so there is nothing to draw in " + plot.get());
      }
    } catch (IOException e) {
      warn(plot.get() + " cannot be written: " + e.getMessage());
    }
  }

  private void warn(String text) {
    String sign = Colours.of(spec.commandLine()).doubt("lipc: warning:");
    spec.commandLine().getErr().println(sign + " " + text);
  }

  /** Whether the checker accepts what has been written, as whoever reads it will see it. */
  private boolean isVerified() throws IOException {
    byte[] written = Files.readAllBytes(out);
    try {
      Certificate certificate = CertifiedFile.certificate(written).orElseThrow();
      Digest digest = CertificateText.digest(certificate);
      Subject subject = new Subject(certificate, digest, Safetensors.read(written), Map.of());
      return subject.isEvaluable() && CertificateChecker.check(subject) instanceof Verdict.Accepted;
    } catch (FormatException e) {
      throw new IOException("what was written cannot be read back: " + e.getMessage(), e);
    }
  }

  private Split split(Dataset all) throws DataException {
    if (dataOptions.testEvery.isEmpty()) {
      return Split.stratified(all, dataOptions.testShare, trainOptions.seed());
    }
    int every = dataOptions.testEvery.get();
    if (every < 2) {
      throw new IllegalArgumentException("--test-every " + every + " leaves no row to train on");
    }
    List<Integer> training = new ArrayList<>();
    List<Integer> test = new ArrayList<>();
    for (int row = 0; row < all.size(); row++) {
      (row % every == 0 ? test : training).add(row);
    }
    return new Split(subset(all, training), subset(all, test));
  }

  private static Dataset subset(Dataset all, List<Integer> rows) throws DataException {
    return all.subset(rows.stream().mapToInt(Integer::intValue).toArray());
  }

  private Path checkpoint() {
    return out.resolveSibling(out.getFileName() + ".checkpoint");
  }

  private TrainingResult train(
      TrainableNetwork trainable, Dataset training, TrainingOptions options, History history)
      throws DataException, TrainingException {
    try (ProgressLine progress = new ProgressLine();
        Interruption _ =
            Interruption.toldOn(
                spec.commandLine().getErr(), checkpoint(), options.checkpointEvery())) {
      return trainable.train(training, options, history.beside(progress));
    }
  }
}
