package io.lipc.tools.train;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.training.run.Split;
import io.lipc.training.run.TrainingResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a training run.
 *
 * @param <F> how frozen weights do
 * @param out where the weights went, for sentences
 * @param goal the goal of the run
 * @param split the training rows and the test rows
 * @param droppedRows how many rows of the table were left out
 * @param seconds wall-clock time, reading and certification included
 */
record TrainReport<F>(
    String out,
    Goal<?, ?, F> goal,
    Split<?> split,
    int droppedRows,
    TrainingResult<?> result,
    TrainedNetwork<F> trained,
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
    List<String> outputs = result.outputs();
    int rows = split.heldOut().size();
    List<String> lines = new ArrayList<>(trained.bounds());
    lines.add(goal.named(outputs));
    lines.addAll(ReportText.dropped(droppedRows, split.training().size() + rows));
    lines.addAll(trained.columns());
    lines.add(ReportText.trained(result.epochs(), split.training().size(), result.bestEpoch()));
    lines.addAll(goal.results(trained.last(), outputs, rows));
    trained.evaluations().forEach(one -> lines.addAll(goal.certified(one, outputs, rows)));
    lines.add("weights:  " + out);
    return lines;
  }

  private String json() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonValue.JsonNumber.of(VERSION));
    members.put(
        goal.outputsMember(),
        ReportText.array(result.outputs().stream().map(JsonValue.JsonString::new).toList()));
    members.put("droppedRows", JsonValue.JsonNumber.of(droppedRows));
    members.put("epochs", JsonValue.JsonNumber.of(result.epochs()));
    members.put("units", new JsonValue.JsonString(trained.units()));
    members.putAll(goal.members(trained.evaluation()));
    members.put("bound", ReportText.number(trained.frozen().bound()));
    members.put("verified", new JsonValue.JsonBoolean(trained.verified()));
    members.put("raw", trained.raw().<JsonValue>map(this::json).orElseGet(JsonValue.JsonNull::new));
    members.put("seconds", ReportText.number(seconds));
    return Json.write(new JsonValue.JsonObject(members));
  }

  private JsonValue json(RawResult<F> raw) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("network", new JsonValue.JsonString(raw.network()));
    members.put("units", new JsonValue.JsonString(raw.units()));
    members.putAll(goal.members(raw.evaluation()));
    members.put("bound", ReportText.number(raw.bound()));
    members.put(
        "scaledBound",
        raw.scaled()
            .<JsonValue>map(found -> ReportText.number(found.bound()))
            .orElseGet(JsonValue.JsonNull::new));
    members.put("verified", new JsonValue.JsonBoolean(raw.verified()));
    return new JsonValue.JsonObject(members);
  }
}
