package io.lipc.tools.train;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.training.FrozenRegression;
import io.lipc.training.RegressionResult;
import io.lipc.training.RegressionSplit;
import io.lipc.training.TargetError;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The result of training a regression.
 *
 * @param out where the weights went, for sentences
 * @param split the training rows and the test rows
 * @param droppedRows how many rows of the table were left out
 * @param seconds wall-clock time, reading and certification included
 */
record RegressionReport(
    String out,
    RegressionSplit split,
    int droppedRows,
    RegressionResult result,
    TrainedNetwork<FrozenRegression> trained,
    double seconds) {

  /** The version of the line for programs; docs/json.md has the members. */
  private static final int VERSION = 1;

  /** Prints the report for people and, if asked for, as one line for programs. */
  void print(PrintWriter printer, boolean json) {
    lines().forEach(printer::println);
    if (json) {
      printer.println(json());
    }
    printer.flush();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>(trained.bounds());
    lines.add(
        "targets:  " + result.targets().stream().map(Quoted::of).collect(Collectors.joining(", ")));
    lines.addAll(ReportText.dropped(droppedRows, split.training().size() + split.heldOut().size()));
    lines.addAll(trained.columns());
    lines.add(ReportText.trained(result.epochs(), split.training().size(), result.bestEpoch()));
    trained.last().errors().forEach(error -> lines.add(text(error)));
    trained.evaluations().forEach(one -> lines.addAll(certified(one)));
    lines.add("weights:  " + out);
    return lines;
  }

  private String text(TargetError error) {
    return String.format(
        Locale.ROOT,
        "error:    %s%d test rows: RMSE %.4g, %s, mean %.4g, largest %.4g",
        result.targets().size() == 1 ? "" : Quoted.of(error.target()) + " on ",
        split.heldOut().size(),
        error.rmse(),
        Double.isNaN(error.r2())
            ? "no R^2, since they have one value"
            : String.format(Locale.ROOT, "R^2 %.3f", error.r2()),
        error.meanError(),
        error.largestError());
  }

  private List<String> certified(TrainedNetwork.InUnits<FrozenRegression> one) {
    FrozenRegression evaluation = one.evaluation();
    String nothing = "certified in " + one.units() + ": nothing, since ";
    if (evaluation.outside() == split.heldOut().size()) {
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
                result.targets().size() == 1 ? "the prediction" : "each prediction",
                Decimals.up(evaluation.tube().bound()),
                Decimals.up(2 * evaluation.tube().maxError())));
    evaluation.distances().forEach(at -> lines.add(text(at, one.units())));
    if (evaluation.outside() > 0) {
      lines.add(
          "outside:  %d of %d test rows are not in the declared box of %s, and nothing is certified of them"
              .formatted(evaluation.outside(), split.heldOut().size(), one.network()));
    }
    return lines;
  }

  private String text(FrozenRegression.AtDistance at, String units) {
    StringBuilder text = new StringBuilder();
    text.append("certified at l2 distance ").append(at.distance()).append(" in ").append(units);
    text.append(": within +-").append(Decimals.up(at.halfWidth()));
    for (int target = 0; target < at.errors().size(); target++) {
      FrozenRegression.CertifiedError error = at.errors().get(target);
      text.append(at.errors().size() == 1 ? ", so " : "; ");
      text.append(at.errors().size() == 1 ? "" : Quoted.of(result.targets().get(target)) + " ");
      text.append("off by at most ").append(Decimals.up(error.mean())).append(" on average, ");
      text.append(Decimals.up(error.largest())).append(" at worst");
    }
    return text.toString();
  }

  private String json() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonValue.JsonNumber.of(VERSION));
    members.put(
        "targets", array(result.targets().stream().map(JsonValue.JsonString::new).toList()));
    members.put("droppedRows", JsonValue.JsonNumber.of(droppedRows));
    members.put("epochs", JsonValue.JsonNumber.of(result.epochs()));
    members.putAll(members(trained.evaluation()));
    members.put("bound", number(trained.frozen().bound()));
    members.put("verified", new JsonValue.JsonBoolean(trained.verified()));
    members.put(
        "raw",
        trained.raw().<JsonValue>map(RegressionReport::json).orElseGet(JsonValue.JsonNull::new));
    members.put("seconds", number(seconds));
    return Json.write(new JsonValue.JsonObject(members));
  }

  private static JsonValue json(RawResult<FrozenRegression> raw) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("network", new JsonValue.JsonString(raw.network()));
    members.putAll(members(raw.evaluation()));
    members.put("bound", number(raw.bound()));
    members.put("verified", new JsonValue.JsonBoolean(raw.verified()));
    return new JsonValue.JsonObject(members);
  }

  private static Map<String, JsonValue> members(FrozenRegression evaluation) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("errors", array(evaluation.errors().stream().map(RegressionReport::json).toList()));
    members.put("maxError", number(evaluation.tube().maxError()));
    Map<String, JsonValue> certified = new LinkedHashMap<>();
    evaluation.distances().forEach(at -> certified.put(Double.toString(at.distance()), json(at)));
    members.put("certified", new JsonValue.JsonObject(certified));
    members.put("outside", JsonValue.JsonNumber.of(evaluation.outside()));
    return members;
  }

  private static JsonValue json(TargetError error) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("target", new JsonValue.JsonString(error.target()));
    members.put("rmse", number(error.rmse()));
    members.put("r2", number(error.r2()));
    members.put("mean", number(error.meanError()));
    members.put("largest", number(error.largestError()));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue json(FrozenRegression.AtDistance at) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("halfWidth", number(at.halfWidth()));
    members.put(
        "errors",
        array(
            IntStream.range(0, at.errors().size())
                .mapToObj(target -> json(at.errors().get(target)))
                .toList()));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue json(FrozenRegression.CertifiedError error) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("mean", number(error.mean()));
    members.put("largest", number(error.largest()));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue array(List<? extends JsonValue> elements) {
    return new JsonValue.JsonArray(List.copyOf(elements));
  }

  /** JSON has finite numbers alone; what is not known is null. */
  private static JsonValue number(double value) {
    return Double.isFinite(value)
        ? new JsonValue.JsonNumber(Double.toString(value))
        : new JsonValue.JsonNull();
  }
}
