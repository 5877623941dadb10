package io.lipc.tools.train;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.OneLine;
import io.lipc.model.Decimals;
import io.lipc.model.Network;
import io.lipc.training.FrozenNetwork;
import io.lipc.training.FrozenRegression;
import io.lipc.training.RegressionResult;
import io.lipc.training.RegressionSplit;
import io.lipc.training.TargetError;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the training of a regression brought.
 *
 * @param out the file of the weights
 * @param split what was trained on, and the test rows
 * @param droppedRows how many rows of the table were left out
 * @param evaluation of the frozen weights on the test rows
 * @param verified whether the checker accepts the certificate that was written
 * @param seconds wall-clock time, reading and certification included
 */
record RegressionReport(
    Network network,
    Path out,
    RegressionSplit split,
    int droppedRows,
    RegressionResult result,
    FrozenNetwork frozen,
    FrozenRegression evaluation,
    boolean verified,
    double seconds) {

  /** The version of the line for programs; docs/json.md has the members. */
  private static final int VERSION = 1;

  /** For people, and as one line for programs. */
  void print(PrintWriter printer, boolean json) {
    lines().forEach(printer::println);
    if (json) {
      printer.println(json());
    }
    printer.flush();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s Lipschitz bound %s by %s (%s)"
            .formatted(
                network.name(),
                frozen.subject().certificate().claim().norms(),
                Decimals.up(frozen.bound()),
                frozen.subject().certificate().method(),
                verified ? "certificate checked" : "NOT accepted by the checker"));
    lines.add("targets:  " + OneLine.of(String.join(", ", result.targets())));
    if (droppedRows > 0) {
      int rows = droppedRows + split.training().size() + split.heldOut().size();
      lines.add(
          "dropped:  %d of %d rows, in which a value is missing".formatted(droppedRows, rows));
    }
    lines.add(
        "trained:  %d epochs on %d rows, %s"
            .formatted(result.epochs(), split.training().size(), best()));
    evaluation.errors().forEach(error -> lines.add(text(error)));
    lines.addAll(certified());
    lines.add("weights:  " + out);
    return lines;
  }

  /** Where no epoch was better than the start, the weights are random, and nothing else says so. */
  private String best() {
    return result.bestEpoch() == 0
        ? "none of them better than the random start, which is what was written; try another --rate"
        : "the best after " + result.bestEpoch();
  }

  private String text(TargetError error) {
    return String.format(
        Locale.ROOT,
        "error:    %s%d test rows: RMSE %.4g, %s, mean %.4g, largest %.4g",
        result.targets().size() == 1 ? "" : OneLine.of(error.target()) + " on ",
        split.heldOut().size(),
        error.rmse(),
        Double.isNaN(error.r2())
            ? "no R^2, since they have one value"
            : String.format(Locale.ROOT, "R^2 %.3f", error.r2()),
        error.meanError(),
        error.largestError());
  }

  private List<String> certified() {
    if (evaluation.outside() == split.heldOut().size()) {
      return List.of("certified: nothing, since all test rows lie outside of the declared box");
    }
    if (evaluation.tube().maxError() == Double.POSITIVE_INFINITY) {
      return List.of("certified: nothing, since an overflow is not excluded where inputs lie");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "tube:     an input that moves by at most r (l2) moves %s by at most %s r + %s, the last"
                .formatted(
                    result.targets().size() == 1 ? "the prediction" : "each prediction",
                    Decimals.up(evaluation.tube().bound()),
                    Decimals.up(2 * evaluation.tube().maxError()))
            + " for rounding");
    evaluation.distances().forEach(at -> lines.add(text(at)));
    if (evaluation.outside() > 0) {
      lines.add(
          "outside:  %d of %d test rows are not in the declared box, and nothing is certified of them"
              .formatted(evaluation.outside(), split.heldOut().size()));
    }
    return lines;
  }

  private String text(FrozenRegression.AtDistance at) {
    StringBuilder text = new StringBuilder();
    text.append("certified at l2 distance ").append(at.distance());
    text.append(": within +-").append(Decimals.up(at.halfWidth()));
    for (int target = 0; target < at.errors().size(); target++) {
      FrozenRegression.CertifiedError error = at.errors().get(target);
      text.append(at.errors().size() == 1 ? ", so " : "; ");
      text.append(at.errors().size() == 1 ? "" : OneLine.of(result.targets().get(target)) + " ");
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
    members.put("errors", array(evaluation.errors().stream().map(RegressionReport::json).toList()));
    members.put("maxError", number(evaluation.tube().maxError()));
    Map<String, JsonValue> certified = new LinkedHashMap<>();
    evaluation.distances().forEach(at -> certified.put(Double.toString(at.distance()), json(at)));
    members.put("certified", new JsonValue.JsonObject(certified));
    members.put("outside", JsonValue.JsonNumber.of(evaluation.outside()));
    members.put("bound", number(frozen.bound()));
    members.put("verified", new JsonValue.JsonBoolean(verified));
    members.put("seconds", number(seconds));
    return Json.write(new JsonValue.JsonObject(members));
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
