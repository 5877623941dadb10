package io.lipc.tools.train;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.Quoted;
import io.lipc.training.FrozenEvaluation;
import io.lipc.training.Split;
import io.lipc.training.TrainingResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The result of training a classifier.
 *
 * @param out where the weights went, for sentences
 * @param split the training rows and the test rows
 * @param droppedRows how many rows of the table were left out
 * @param seconds wall-clock time, reading and certification included
 */
record TrainReport(
    String out,
    Split split,
    int droppedRows,
    TrainingResult result,
    TrainedNetwork<FrozenEvaluation> trained,
    double seconds) {

  /** The version of the line for programs; docs/json.md has the members. */
  private static final int VERSION = 1;

  private static final int MOST_NAMES = 20;

  /** Prints the report for people and, if asked for, as one line for programs. */
  void print(PrintWriter printer, boolean json) {
    printer.println(text());
    if (json) {
      printer.println(json());
    }
    printer.flush();
  }

  private String text() {
    List<String> lines = new ArrayList<>(trained.bounds());
    lines.add("classes:  " + classes());
    lines.addAll(ReportText.dropped(droppedRows, split.training().size() + split.heldOut().size()));
    lines.addAll(trained.columns());
    lines.add(ReportText.trained(result.epochs(), split.training().size(), result.bestEpoch()));
    lines.add(
        "accuracy: %s of %d test rows"
            .formatted(percent(trained.last().accuracy()), split.heldOut().size()));
    int rows = split.heldOut().size();
    trained
        .evaluations()
        .forEach(one -> lines.addAll(certified(one.evaluation(), one.units(), rows)));
    lines.add("weights:  " + out);
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> certified(FrozenEvaluation evaluation, String units, int rows) {
    return evaluation.certified().entrySet().stream()
        .map(
            at ->
                "certified at l2 distance %s in %s: %s"
                    .formatted(at.getKey(), units, provedPercent(at.getValue(), rows)))
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

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** As the outputs are, in order. */
  private String classes() {
    List<String> names = result.classes();
    String rest = names.size() > MOST_NAMES ? ", ... (" + names.size() + ")" : "";
    return names.stream()
        .limit(MOST_NAMES)
        .map(Quoted::of)
        .collect(Collectors.joining(", ", "", rest));
  }

  private String json() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonValue.JsonNumber.of(VERSION));
    members.put("classes", classNames());
    members.put("droppedRows", JsonValue.JsonNumber.of(droppedRows));
    members.put("epochs", JsonValue.JsonNumber.of(result.epochs()));
    members.put("accuracy", number(trained.evaluation().accuracy()));
    members.put("certified", shares(trained.evaluation()));
    members.put("bound", number(trained.frozen().bound()));
    members.put("verified", new JsonValue.JsonBoolean(trained.verified()));
    members.put(
        "raw",
        trained.raw().<JsonValue>map(TrainReport::object).orElseGet(JsonValue.JsonNull::new));
    members.put("seconds", number(seconds));
    return Json.write(new JsonValue.JsonObject(members));
  }

  private static JsonValue object(RawResult<FrozenEvaluation> raw) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("network", new JsonValue.JsonString(raw.network()));
    members.put("accuracy", number(raw.evaluation().accuracy()));
    members.put("certified", shares(raw.evaluation()));
    members.put("bound", number(raw.bound()));
    members.put("verified", new JsonValue.JsonBoolean(raw.verified()));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue shares(FrozenEvaluation evaluation) {
    Map<String, JsonValue> certified = new LinkedHashMap<>();
    evaluation.certified().forEach((eps, share) -> certified.put(eps.toString(), number(share)));
    return new JsonValue.JsonObject(certified);
  }

  private JsonValue classNames() {
    return new JsonValue.JsonArray(
        result.classes().stream().<JsonValue>map(JsonValue.JsonString::new).toList());
  }

  private static JsonValue number(double value) {
    return new JsonValue.JsonNumber(Double.toString(value));
  }
}
