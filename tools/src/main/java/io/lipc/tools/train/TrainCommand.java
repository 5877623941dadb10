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
import io.lipc.tools.page.TrainingChart;
import io.lipc.training.DataException;
import io.lipc.training.Dataset;
import io.lipc.training.FreezingException;
import io.lipc.training.FrozenEvaluation;
import io.lipc.training.FrozenNetwork;
import io.lipc.training.FrozenRegression;
import io.lipc.training.ProgressListener;
import io.lipc.training.RegressionData;
import io.lipc.training.RegressionResult;
import io.lipc.training.RegressionSplit;
import io.lipc.training.Split;
import io.lipc.training.Table;
import io.lipc.training.TargetTable;
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
import java.util.stream.IntStream;
import picocli.CommandLine;
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
      "Trains a classifier or a regression that declares `parameters`, and certifies its weights.",
      "The network declares `parameters ldlt;`, `orthogonal`, `sll`, `aol` or `sandwich`. Weights and"
          + " certificate go into one safetensors file. Accuracy, or the error, is measured on test rows that took no part in training."
    })
public final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODEL", description = "A .lip file.")
  private Path model = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description =
          "A CSV file of numbers, with the column of classes that --label-column names, or those of"
              + " targets that --target-column names.")
  private Path data = Path.of("");

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description =
          "The column of the classes: its number, from 1, or its name in the header. All others are"
              + " features. Default: none, with --target-column in its place.")
  private Optional<String> labelColumn = Optional.empty();

  @Option(
      names = "--target-column",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Instead, the columns of numbers to be predicted, one for each output, by number or name."
              + " Default: none.")
  private List<String> targetColumns = new ArrayList<>();

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
          "Where a drawing of loss and accuracy, or error, by epoch goes, as SVG. Default: none.")
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
        description = "The share of rows, of each class, that is kept for the test. Default: 0.2.")
    private double testShare = 0.2;

    @Option(
        names = "--test-every",
        paramLabel = "K",
        description =
            "Instead, rows 1, K + 1, 2 K + 1, ... are kept for the test. Default: as --test-share"
                + " says.")
    private Optional<Integer> testEvery = Optional.empty();

    /** The rows of a part, counted from 0, where {@code --test-every} says which. */
    private int[] rows(int size, boolean areTested) {
      int every = testEvery.orElseThrow();
      if (every < 2) {
        throw new IllegalArgumentException("--test-every " + every + " leaves no row to train on");
      }
      return IntStream.range(0, size).filter(row -> (row % every == 0) == areTested).toArray();
    }
  }

  /** Created by picocli. */
  TrainCommand() {}

  @Override
  public Integer call() throws InputError {
    Stopwatch watch = Stopwatch.start();
    checkGoal();
    checkWritable();
    TrainableNetwork trainable = TrainableText.read(model, network);
    try {
      return labelColumn.isPresent()
          ? classes(trainable, labelColumn.get(), watch)
          : regression(trainable, watch);
    } catch (IOException e) {
      throw new InputError(out + " cannot be written: " + e.getMessage());
    } catch (DataException | IllegalArgumentException e) {
      throw new InputError(String.valueOf(e.getMessage()));
    } catch (TrainingException | FreezingException e) {
      spec.commandLine().getErr().println("lipc: " + e.getMessage());
      return ExitCode.NOT_PROVED;
    }
  }

  private int classes(TrainableNetwork trainable, String labels, Stopwatch watch)
      throws InputError, IOException, DataException, TrainingException, FreezingException {
    Table table = dataOptions.read(data, labels);
    ColumnRanges.warning(table).ifPresent(this::warn);
    Split split = split(table.data());
    TrainingOptions options = options(trainable, split.training());
    History history = new History(TrainingChart.Quantity.SHARE);
    TrainingResult result =
        shown(options, history, listener -> trainable.train(split.training(), options, listener));
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
  }

  private int regression(TrainableNetwork trainable, Stopwatch watch)
      throws InputError, IOException, DataException, TrainingException, FreezingException {
    TargetTable table = dataOptions.readTargets(data, targetColumns);
    ColumnRanges.warning(table.data(), table.features()).ifPresent(this::warn);
    TargetReach.warning(table.data(), trainable.network().spec().bound()).ifPresent(this::warn);
    RegressionSplit split = split(table.data());
    TrainingOptions options = trainOptions.options(checkpoint());
    History history = new History(TrainingChart.Quantity.ERROR);
    RegressionResult result =
        shown(options, history, listener -> trainable.train(split.training(), options, listener));
    FrozenNetwork frozen = trainable.freeze(result);
    frozen.write(out);
    Files.deleteIfExists(checkpoint());
    draw(history, trainable.network().name(), result.bestEpoch());
    FrozenRegression evaluation = trainable.evaluate(frozen, split.heldOut(), options.epsilons());
    boolean verified = isVerified();
    new RegressionReport(
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
  }

  /** With what was chosen by a search, where one was asked for. */
  private TrainingOptions options(TrainableNetwork trainable, Dataset training)
      throws InputError, DataException, TrainingException {
    if (!trainOptions.tune()) {
      return trainOptions.options(checkpoint());
    }
    CommandLine line = spec.commandLine();
    LossConstants chosen =
        new LossSearch(trainable, trainOptions, out, line.getParseResult().originalArgs())
            .search(training, line.getOut(), line.getErr());
    return trainOptions
        .builder()
        .checkpoint(checkpoint())
        .temperature(chosen.temperature())
        .offset(chosen.offset())
        .build();
  }

  /** What is to be learned is named once, and nothing is said about the other kind. */
  private void checkGoal() throws InputError {
    if (labelColumn.isPresent() == !targetColumns.isEmpty()) {
      throw new InputError(
          labelColumn.isPresent()
              ? "--label-column names classes and --target-column numbers to be predicted: a network"
                  + " learns one or the other"
              : "what is to be learned? --label-column COLUMN names the column of classes,"
                  + " --target-column COLUMN one of numbers to be predicted");
    }
    List<String> ofClasses = trainOptions.ofClasses();
    if (!targetColumns.isEmpty() && !ofClasses.isEmpty()) {
      throw new InputError(
          String.join(" and ", ofClasses)
              + (ofClasses.size() == 1 ? " is" : " are")
              + " about the loss of classes; numbers (--target-column) are trained by their mean"
              + " squared error");
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
    return dataOptions.testEvery.isEmpty()
        ? Split.stratified(all, dataOptions.testShare, trainOptions.seed())
        : new Split(
            all.subset(dataOptions.rows(all.size(), false)),
            all.subset(dataOptions.rows(all.size(), true)));
  }

  private RegressionSplit split(RegressionData all) throws DataException {
    return dataOptions.testEvery.isEmpty()
        ? RegressionSplit.random(all, dataOptions.testShare, trainOptions.seed())
        : new RegressionSplit(
            all.subset(dataOptions.rows(all.size(), false)),
            all.subset(dataOptions.rows(all.size(), true)));
  }

  private Path checkpoint() {
    return out.resolveSibling(out.getFileName() + ".checkpoint");
  }

  /** A training that may fail as {@link TrainableNetwork#train} does. */
  private interface Training<T> {
    T listenedTo(ProgressListener listener) throws DataException, TrainingException;
  }

  /** Trains, shows progress, and says what comes next where it is interrupted. */
  private <T> T shown(TrainingOptions options, History history, Training<T> training)
      throws DataException, TrainingException {
    try (ProgressLine progress = new ProgressLine();
        Interruption _ =
            Interruption.toldOn(
                spec.commandLine().getErr(), checkpoint(), options.checkpointEvery())) {
      return training.listenedTo(history.beside(progress));
    }
  }
}
