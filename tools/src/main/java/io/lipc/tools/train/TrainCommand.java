package io.lipc.tools.train;

import io.lipc.model.Construction;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.Stopwatch;
import io.lipc.training.Trainable;
import io.lipc.training.batch.TrainingDeviceException;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.run.Score;
import io.lipc.training.run.Split;
import io.lipc.training.run.Task;
import io.lipc.training.run.TrainingException;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.run.TrainingResult;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc train MODEL DATA}: weights of a parameterised network, with their certificate. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = TrainCommand.Constructions.class,
    description = {
      "Trains a classifier or a regression that declares `parameters`, and certifies its weights.",
      "The network declares `parameters`, by one of the words CONSTRUCTIONS, or calls"
          + " networks that do, which are trained together. Weights and certificate of each go into"
          + " one safetensors file. Accuracy, or the error, is measured on"
          + " test rows that took no part in training."
    })
public final class TrainCommand implements Callable<Integer> {

  /** Puts the words of all constructions into the description. */
  static final class Constructions implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
      UsageMessageSpec usage = command.usageMessage();
      usage.description(
          Arrays.stream(usage.description())
              .map(line -> line.replace("CONSTRUCTIONS", Construction.words()))
              .toArray(String[]::new));
      return command;
    }
  }

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
      description =
          "The file for the weights, with their certificate inside. Where a network is trained that"
              + " calls others, the folder of the files that these declare.")
  private Path out = Path.of("");

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "The SVG file for a drawing of loss and accuracy, or error, by epoch. Default: none.")
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

  /** Created by picocli. */
  TrainCommand() {}

  @Override
  public Integer call() throws InputError {
    Stopwatch watch = Stopwatch.start();
    checkGoal();
    dataOptions.checkUse();
    try {
      Trainee trainee = trainee();
      TrainOutput output = output(trainee);
      return labelColumn.isPresent()
          ? train(classes(labelColumn.get(), trainee, output), trainee, output, watch)
          : train(new TargetGoal(targetColumns), trainee, output, watch);
    } catch (IOException e) {
      throw new InputError(out + " cannot be written: " + e.getMessage());
    } catch (DataException | IllegalArgumentException | TrainingDeviceException e) {
      throw new InputError(String.valueOf(e.getMessage()));
    } catch (TrainingException | FreezingException e) {
      spec.commandLine().getErr().println("lipc: " + e.getMessage());
      return ExitCode.NOT_PROVED;
    }
  }

  /** The network to train, once the text has the networks that this takes. */
  private Trainee trainee() throws InputError, DataException {
    Trainee found = dataOptions.trainee(model, network);
    if (!dataOptions.isCompleted()) {
      return found;
    }
    if (found.raw().isPresent()) {
      spec.commandLine()
          .getOut()
          .printf(
              "text:     %s has %s already, --write adds nothing%n",
              model, found.raw().get().network().name());
      return found;
    }
    return labelColumn.isPresent()
        ? completed(new ClassGoal(labelColumn.get(), (usual, _, _) -> usual), found)
        : completed(new TargetGoal(targetColumns), found);
  }

  /** Adds the network that reads the table's units to the text, once all else is checked. */
  private <D extends FeatureRows<D>> Trainee completed(Goal<D, ?, ?> goal, Trainee found)
      throws InputError, DataException {
    TrainingOptions usual = trainOptions.options(output(found).checkpoint());
    Table<D> table = goal.read(dataOptions, data);
    Split<D> split = dataOptions.split(goal.task(), table.data(), usual.seed());
    Split<D> parts = goal.task().split(split.training(), usual.heldOut(), usual.seed());
    CompletedText text =
        CompletedText.of(
            TrainableText.text(model),
            network,
            RawNetworkText.of(found.network(), parts.training(), table, out));
    output(text.trainee());
    text.write();
    spec.commandLine().getOut().println(text.line());
    return text.trainee();
  }

  private TrainOutput output(Trainee trainee) throws InputError {
    TrainOutput output = new TrainOutput(spec.commandLine(), Destination.of(trainee, out), plot);
    output.checkWritable(FileUses.read(model, data, trainee));
    return output;
  }

  private <D extends FeatureRows<D>, E extends Score, F> int train(
      Goal<D, E, F> goal, Trainee trainee, TrainOutput output, Stopwatch watch)
      throws InputError, IOException, DataException, TrainingException, FreezingException {
    Trainable trainable = trainee.network();
    Task<D, E, F> task = goal.task();
    Table<D> table = goal.read(dataOptions, data);
    Split<D> split = dataOptions.split(task, table.data(), trainOptions.seed());
    TrainingOptions usual = trainOptions.options(output.checkpoint());
    Split<D> parts = task.split(split.training(), usual.heldOut(), usual.seed());
    Reading reading = dataOptions.reading(trainee, parts.training(), table, out);
    warn(trainee, reading, output);
    goal.warning(reading, table, trainable.network().lipschitz().bound()).ifPresent(output::warn);
    TrainingOptions options = goal.options(usual, table, split);
    History history = new History(goal.quantity(), reading.units());
    Split<D> read = reading.of(parts);
    TrainingResult<E> result =
        output.shown(options, history, listener -> trainable.train(task, read, options, listener));
    Frozen frozen = reading.file(trainable.freeze(result));
    output.write(frozen, history, result.bestEpoch());
    D test = split.heldOut();
    TrainedNetwork<F> trained =
        trained(
            trainee,
            frozen,
            reading,
            output,
            trainable.evaluate(task, frozen, reading.of(test), options.epsilons()),
            (raw, subject) -> raw.evaluate(task, subject, test, options.epsilons()));
    new TrainReport<>(
            output.weights().text(),
            goal,
            split,
            table.droppedRows(),
            result,
            trained,
            watch.seconds())
        .print(output.out(), json);
    return exitCode(trained, output);
  }

  /** The written network, as a reader of the files sees it. */
  private static <E> TrainedNetwork<E> trained(
      Trainee trainee,
      Frozen frozen,
      Reading reading,
      TrainOutput output,
      E evaluation,
      Reading.RawEvaluation<E> inUnitsOfTable)
      throws DataException, FreezingException, IOException {
    WrittenWeights written = WrittenWeights.read(trainee, frozen, output.weights());
    return new TrainedNetwork<>(
        trainee.network().network(),
        frozen,
        written.isAccepted(frozen.subject()),
        reading.units(),
        evaluation,
        reading.raw(frozen, written, inUnitsOfTable));
  }

  /** Prints the warnings about the bound and the columns that are known before training. */
  private static void warn(Trainee trainee, Reading reading, TrainOutput output)
      throws FreezingException {
    trainee.warning().ifPresent(output::warn);
    reading.warning().ifPresent(output::warn);
  }

  private static int exitCode(TrainedNetwork<?> trained, TrainOutput output) {
    trained.labelsLost().ifPresent(output::warn);
    trained.refusals().forEach(output.err()::println);
    return trained.isProved() ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }

  private ClassGoal classes(String labels, Trainee trainee, TrainOutput output) {
    return new ClassGoal(
        labels,
        (usual, table, split) ->
            trainOptions.tune() ? tuned(trainee, table, split, output) : usual);
  }

  /** The options with the temperature and the offset that a search has chosen. */
  private TrainingOptions tuned(
      Trainee trainee, Table<Dataset> table, Split<Dataset> split, TrainOutput output)
      throws InputError, DataException, TrainingException {
    LossSearch search =
        new LossSearch(
            trainee.network(),
            parts -> dataOptions.reading(trainee, parts.training(), table, out).of(parts),
            trainOptions,
            output.trials(),
            spec.commandLine().getParseResult().originalArgs());
    LossConstants chosen = search.search(split.training(), output.out(), output.err());
    return trainOptions
        .builder()
        .checkpoint(output.checkpoint())
        .device(trainOptions.device())
        .temperature(chosen.temperature())
        .offset(chosen.offset())
        .build();
  }

  /** Checks that the goal is named once, and that no option is about the other kind. */
  private void checkGoal() throws InputError {
    if (labelColumn.isPresent() == !targetColumns.isEmpty()) {
      throw new InputError(
          labelColumn.isPresent()
              ? "--label-column names classes and --target-column numbers to be predicted: a"
                  + " network learns one or the other"
              : "neither classes nor numbers are named: --label-column COLUMN names the column of"
                  + " classes, --target-column COLUMN one of numbers to be predicted");
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
}
