package io.lipc.tools.train;

import io.lipc.formats.JsonValue;
import io.lipc.formats.Quoted;
import io.lipc.tools.command.InputError;
import io.lipc.tools.page.TrainingChart;
import io.lipc.training.frozen.FrozenEvaluation;
import io.lipc.training.run.Classification;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.Split;
import io.lipc.training.run.TrainingException;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Goal of a classifier: the class of each row.
 *
 * @param labelColumn the column with their names
 * @param choice of the constants of the loss
 */
record ClassGoal(String labelColumn, Choice choice)
    implements Goal<Dataset, Evaluation, FrozenEvaluation> {

  private static final int MOST_NAMES = 20;

  /** Chooses the constants of the loss. */
  @FunctionalInterface
  interface Choice {

    /** The usual options, or those that a search on the training rows of a split has found. */
    TrainingOptions options(TrainingOptions usual, Table<Dataset> table, Split<Dataset> split)
        throws InputError, DataException, TrainingException;
  }

  @Override
  public Classification task() {
    return Classification.TASK;
  }

  @Override
  public Table<Dataset> read(DataOptions options, Path file) throws InputError {
    return options.read(file, labelColumn);
  }

  @Override
  public Optional<String> warning(Reading reading, Table<Dataset> table, double bound) {
    return Optional.empty();
  }

  @Override
  public TrainingOptions options(TrainingOptions usual, Table<Dataset> table, Split<Dataset> split)
      throws InputError, DataException, TrainingException {
    return choice.options(usual, table, split);
  }

  @Override
  public TrainingChart.Quantity quantity() {
    return TrainingChart.Quantity.SHARE;
  }

  @Override
  public String outputsMember() {
    return "classes";
  }

  /** The line of the classes, in the order of the outputs. */
  @Override
  public String named(List<String> outputs) {
    String rest = outputs.size() > MOST_NAMES ? ", ... (" + outputs.size() + ")" : "";
    return outputs.stream()
        .limit(MOST_NAMES)
        .map(Quoted::of)
        .collect(Collectors.joining(", ", "classes:  ", rest));
  }

  @Override
  public List<String> results(FrozenEvaluation evaluation, List<String> outputs, int rows) {
    return List.of(
        String.format(
            Locale.ROOT, "accuracy: %.1f %% of %d test rows", 100 * evaluation.accuracy(), rows));
  }

  @Override
  public List<String> certified(
      TrainedNetwork.InUnits<FrozenEvaluation> one, List<String> outputs, int rows) {
    return one.evaluation().certified().entrySet().stream()
        .map(
            at ->
                "certified at l2 distance %s in %s: %s"
                    .formatted(at.getKey(), one.units(), provedPercent(at.getValue(), rows)))
        .toList();
  }

  /**
   * A share of so many rows in percent, to a tenth, never more than it is: 1999 of 2000 rows are
   * not all of them.
   */
  static String provedPercent(double share, int rows) {
    long tenths = 1000 * Math.round(share * rows) / rows;
    return tenths / 10 + "." + tenths % 10 + " %";
  }

  @Override
  public Map<String, JsonValue> members(FrozenEvaluation evaluation) {
    Map<String, JsonValue> certified = new LinkedHashMap<>();
    evaluation
        .certified()
        .forEach((eps, share) -> certified.put(eps.toString(), ReportText.number(share)));
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("accuracy", ReportText.number(evaluation.accuracy()));
    members.put("certified", new JsonValue.JsonObject(certified));
    return members;
  }
}
