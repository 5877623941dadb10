package io.lipc.tools.train;

import io.lipc.formats.JsonValue;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.tools.command.InputError;
import io.lipc.tools.page.TrainingChart;
import io.lipc.training.frozen.FrozenRegression;
import io.lipc.training.frozen.TargetError;
import io.lipc.training.run.Regression;
import io.lipc.training.run.RegressionEvaluation;
import io.lipc.training.run.Split;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.DataException;
import io.lipc.training.table.RegressionData;
import io.lipc.training.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Goal of a regression: numbers to be predicted.
 *
 * @param targetColumns the columns with them
 */
record TargetGoal(List<String> targetColumns)
    implements Goal<RegressionData, RegressionEvaluation, FrozenRegression> {

  TargetGoal {
    targetColumns = List.copyOf(targetColumns);
  }

  @Override
  public Regression task() {
    return Regression.TASK;
  }

  @Override
  public Table<RegressionData> read(DataOptions options, Path file) throws InputError {
    return options.readTargets(file, targetColumns);
  }

  @Override
  public Optional<String> warning(Reading reading, Table<RegressionData> table, double bound)
      throws DataException {
    return TargetReach.warning(reading.of(table.data()), bound);
  }

  /** The options as they are: the loss of a regression has no constants to search for. */
  @Override
  public TrainingOptions options(
      TrainingOptions usual, Table<RegressionData> table, Split<RegressionData> split) {
    return usual;
  }

  @Override
  public TrainingChart.Quantity quantity() {
    return TrainingChart.Quantity.ERROR;
  }

  @Override
  public String outputsMember() {
    return "targets";
  }

  @Override
  public String named(List<String> outputs) {
    return outputs.stream().map(Quoted::of).collect(Collectors.joining(", ", "targets:  ", ""));
  }

  @Override
  public List<String> results(FrozenRegression evaluation, List<String> outputs, int rows) {
    return evaluation.errors().stream().map(error -> text(error, outputs, rows)).toList();
  }

  private static String text(TargetError error, List<String> outputs, int rows) {
    return String.format(
        Locale.ROOT,
        "error:    %s%d test rows: RMSE %.4g, %s, mean %.4g, largest %.4g",
        outputs.size() == 1 ? "" : Quoted.of(error.target()) + " on ",
        rows,
        error.rmse(),
        Double.isNaN(error.r2())
            ? "no R^2, since they have one value"
            : String.format(Locale.ROOT, "R^2 %.3f", error.r2()),
        error.meanError(),
        error.largestError());
  }

  @Override
  public List<String> certified(
      TrainedNetwork.InUnits<FrozenRegression> one, List<String> outputs, int rows) {
    FrozenRegression evaluation = one.evaluation();
    String nothing = "certified in " + one.units() + ": nothing, since ";
    if (evaluation.outside() == rows) {
      return List.of(nothing + "all test rows lie outside of the declared box of " + one.network());
    }
    if (evaluation.tube().maxError() == Double.POSITIVE_INFINITY) {
      return List.of(nothing + "an overflow is not excluded where inputs lie");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "tube:     an input that moves by at most r (l2) in %s moves %s by at most %s r + %s, the last for rounding"
            .formatted(
                one.units(),
                outputs.size() == 1 ? "the prediction" : "each prediction",
                Decimals.up(evaluation.tube().bound()),
                Decimals.up(2 * evaluation.tube().maxError())));
    evaluation.distances().forEach(at -> lines.add(text(at, one.units(), outputs)));
    if (evaluation.outside() > 0) {
      lines.add(
          "outside:  %d of %d test rows are not in the declared box of %s, and nothing is certified of them"
              .formatted(evaluation.outside(), rows, one.network()));
    }
    return lines;
  }

  private static String text(FrozenRegression.AtDistance at, String units, List<String> outputs) {
    StringBuilder text = new StringBuilder();
    text.append("certified at l2 distance ").append(at.distance()).append(" in ").append(units);
    text.append(": within +-").append(Decimals.up(at.halfWidth()));
    for (int target = 0; target < at.errors().size(); target++) {
      FrozenRegression.CertifiedError error = at.errors().get(target);
      text.append(at.errors().size() == 1 ? ", so " : "; ");
      text.append(at.errors().size() == 1 ? "" : Quoted.of(outputs.get(target)) + " ");
      text.append("off by at most ").append(Decimals.up(error.mean())).append(" on average, ");
      text.append(Decimals.up(error.largest())).append(" at worst");
    }
    return text.toString();
  }

  @Override
  public Map<String, JsonValue> members(FrozenRegression evaluation) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put(
        "errors", ReportText.array(evaluation.errors().stream().map(TargetGoal::json).toList()));
    members.put("maxError", ReportText.number(evaluation.tube().maxError()));
    Map<String, JsonValue> certified = new LinkedHashMap<>();
    evaluation.distances().forEach(at -> certified.put(Double.toString(at.distance()), json(at)));
    members.put("certified", new JsonValue.JsonObject(certified));
    members.put("outside", JsonValue.JsonNumber.of(evaluation.outside()));
    return members;
  }

  private static JsonValue json(TargetError error) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("target", new JsonValue.JsonString(error.target()));
    members.put("rmse", ReportText.number(error.rmse()));
    members.put("r2", ReportText.number(error.r2()));
    members.put("mean", ReportText.number(error.meanError()));
    members.put("largest", ReportText.number(error.largestError()));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue json(FrozenRegression.AtDistance at) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("halfWidth", ReportText.number(at.halfWidth()));
    members.put(
        "errors",
        ReportText.array(
            IntStream.range(0, at.errors().size())
                .mapToObj(target -> json(at.errors().get(target)))
                .toList()));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue json(FrozenRegression.CertifiedError error) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("mean", ReportText.number(error.mean()));
    members.put("largest", ReportText.number(error.largest()));
    return new JsonValue.JsonObject(members);
  }
}
