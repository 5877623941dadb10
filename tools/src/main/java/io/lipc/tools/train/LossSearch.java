package io.lipc.tools.train;

import io.lipc.formats.Digest;
import io.lipc.tools.command.InputError;
import io.lipc.training.Trainable;
import io.lipc.training.run.Classification;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Split;
import io.lipc.training.run.TrainingException;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code lipc train --tune}: temperature and offset by a search, which trains on parts of the
 * training rows.
 *
 * @param reading how the network reads a split of them
 * @param options what was given
 * @param file of the trials
 * @param arguments of the command
 */
record LossSearch(
    Trainable trainable,
    PartsReading reading,
    TrainOptions options,
    Path file,
    List<String> arguments) {

  /** Turns two parts of the table's rows into the rows that the network reads. */
  @FunctionalInterface
  interface PartsReading {

    /**
     * Both parts as the network reads them; what is fitted is fitted to the first part.
     *
     * @throws DataException if the table does not fit, or a column cannot be standardised
     */
    Split<Dataset> of(Split<Dataset> parts) throws DataException, InputError;
  }

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  LossSearch {
    arguments = List.copyOf(arguments);
  }

  /**
   * The constants that did best.
   *
   * @param training the rows of the table to search with
   * @throws DataException if they do not fit the network, or nothing of them can be held out
   * @throws InputError if the file of trials cannot be used, or all trials fail
   * @throws TrainingException if the weights at the start cannot be made
   */
  LossConstants search(Dataset training, PrintWriter out, PrintWriter err)
      throws DataException, InputError, TrainingException {
    TrainingOptions usual = options.builder().build();
    List<Split<Dataset>> splits = splits(training, usual);
    TrialFile trials = TrialFile.open(file, identity(splits, usual), usual.epsilons());
    Tuning tuning =
        Tuning.of(
            LossConstants.of(usual),
            options.temperature(),
            options.offset(),
            usual.epsilons(),
            usual.epochs());
    List<Tuning.Summary> summaries = run(tuning, trials, splits, err);
    if (summaries.getFirst().score() < 0) {
      throw new InputError(
          "training failed with each of the %d pairs of temperature and offset; %s has them"
              .formatted(summaries.size(), file));
    }
    LossConstants chosen = summaries.getFirst().loss();
    new TuningTable(summaries, LossConstants.of(usual), usual.epsilons(), training.size())
        .lines()
        .forEach(out::println);
    out.println("trials:   " + file);
    out.println("repeat:   " + repeated(chosen));
    out.flush();
    return chosen;
  }

  /** The splits, which trials tell apart by their numbers, each with statistics of its own. */
  private List<Split<Dataset>> splits(Dataset training, TrainingOptions usual)
      throws DataException, InputError {
    List<Split<Dataset>> splits = new ArrayList<>();
    for (int split = 0; split < Tuning.SPLITS; split++) {
      long seed = usual.seed() + split;
      splits.add(reading.of(Split.stratified(training, usual.heldOut(), seed)));
    }
    return splits;
  }

  /** The identity of the search over all splits, as each split has statistics of its own. */
  private Digest identity(List<Split<Dataset>> splits, TrainingOptions usual)
      throws DataException, TrainingException {
    StringBuilder all = new StringBuilder();
    for (Split<Dataset> split : splits) {
      all.append(trainable.identity(Classification.TASK, split, usual).hex()).append('\n');
    }
    return Digest.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private List<Tuning.Summary> run(
      Tuning tuning, TrialFile trials, List<Split<Dataset>> splits, PrintWriter err)
      throws InputError {
    try (TuningProgress progress = new TuningProgress(err, tuning, trials);
        Interruption _ = Interruption.toldOn(err, () -> interrupted(trials))) {
      return tuning.search(trials, trial -> heldOut(trial, splits.get(trial.split())), progress);
    } catch (UncheckedIOException e) {
      throw new InputError(String.valueOf(e.getMessage()));
    }
  }

  private static String interrupted(TrialFile trials) {
    return "interrupted; the same command goes on with the trials so far, %d trials in %s"
        .formatted(trials.size(), trials.path());
  }

  private Evaluation heldOut(Trial trial, Split<Dataset> parts) throws TrainingException {
    TrainingOptions tried =
        options
            .builder()
            .temperature(trial.loss().temperature())
            .offset(trial.loss().offset())
            .epochs(trial.epochs())
            .seed(options.seed() + trial.split())
            .build();
    try {
      return trainable.train(Classification.TASK, parts, tried, ProgressListener.NONE).heldOut();
    } catch (DataException e) {
      // The identity of the search was taken of the same rows.
      throw new IllegalStateException(e);
    }
  }

  /** The command without its search. */
  private String repeated(LossConstants chosen) {
    String rest =
        arguments.stream()
            .filter(argument -> !argument.equals("--tune"))
            .map(argument -> PLAIN.matcher(argument).matches() ? argument : quoted(argument))
            .collect(Collectors.joining(" "));
    StringBuilder command = new StringBuilder("lipc " + rest);
    if (options.temperature().isEmpty()) {
      command.append(" --temperature ").append(LossConstants.text(chosen.temperature()));
    }
    if (options.offset().isEmpty()) {
      command.append(" --offset ").append(LossConstants.text(chosen.offset()));
    }
    return command.toString();
  }

  private static String quoted(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }
}
