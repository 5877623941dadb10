package io.lipc.tools.train;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.OneLine;
import io.lipc.model.Decimals;
import io.lipc.model.Network;
import io.lipc.training.FrozenEvaluation;
import io.lipc.training.FrozenNetwork;
import io.lipc.training.Split;
import io.lipc.training.TrainingResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What training brought.
 *
 * @param out the file of the weights
 * @param split what was trained on, and the test rows
 * @param droppedRows how many rows of the table were left out
 * @param evaluation of the frozen weights on the test rows
 * @param verified whether the checker accepts the certificate that was written
 * @param seconds wall-clock time, reading and certification included
 */
record TrainReport(
    Network network,
    Path out,
    Split split,
    int droppedRows,
    TrainingResult result,
    FrozenNetwork frozen,
    FrozenEvaluation evaluation,
    boolean verified,
    double seconds) {

  /** The version of the line for programs; docs/json.md has the members. */
  private static final int VERSION = 1;

  private static final int MOST_NAMES = 20;

  /** For people, and as one line for programs. */
  void print(PrintWriter printer, boolean json) {
    printer.println(text());
    if (json) {
      printer.println(json());
    }
    printer.flush();
  }

  private String text() {
    StringBuilder lines = new StringBuilder();
    lines.append(
        String.format(
            Locale.ROOT,
            "%s: %s Lipschitz bound %s by %s (%s)%n",
            network.name(),
            frozen.subject().certificate().claim().norms(),
            Decimals.up(frozen.bound()),
            frozen.subject().certificate().method(),
            verified ? "certificate checked" : "NOT accepted by the checker"));
    lines.append(String.format(Locale.ROOT, "classes:  %s%n", classes()));
    if (droppedRows > 0) {
      lines.append(
          String.format(
              Locale.ROOT,
              "dropped:  %d of %d rows, in which a value is missing%n",
              droppedRows,
              droppedRows + split.training().size() + split.heldOut().size()));
    }
    lines.append(
        String.format(
            Locale.ROOT,
            "trained:  %d epochs on %d rows, %s%n",
            result.epochs(),
            split.training().size(),
            best()));
    lines.append(
        String.format(
            Locale.ROOT,
            "accuracy: %.1f %% of %d test rows%n",
            100 * evaluation.accuracy(),
            split.heldOut().size()));
    evaluation
        .certified()
        .forEach(
            (eps, share) ->
                lines.append(
                    String.format(
                        Locale.ROOT, "certified at l2 distance %s: %.1f %%%n", eps, 100 * share)));
    return lines.append("weights:  ").append(out).toString();
  }

  /** As the outputs are, in order. */
  private String classes() {
    List<String> names = result.classes();
    String rest = names.size() > MOST_NAMES ? ", ... (" + names.size() + ")" : "";
    return OneLine.of(names.stream().limit(MOST_NAMES).collect(Collectors.joining(", ", "", rest)));
  }

  /** Where no epoch was better than the start, the weights are random, and nothing else says so. */
  private String best() {
    return result.bestEpoch() == 0
        ? "none of them better than the random start, which is what was written; try another --rate"
        : "the best after " + result.bestEpoch();
  }

  private String json() {
    Map<String, JsonValue> certified = new LinkedHashMap<>();
    evaluation.certified().forEach((eps, share) -> certified.put(eps.toString(), number(share)));
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonValue.JsonNumber.of(VERSION));
    members.put("classes", classNames());
    members.put("droppedRows", JsonValue.JsonNumber.of(droppedRows));
    members.put("epochs", JsonValue.JsonNumber.of(result.epochs()));
    members.put("accuracy", number(evaluation.accuracy()));
    members.put("certified", new JsonValue.JsonObject(certified));
    members.put("bound", number(frozen.bound()));
    members.put("verified", new JsonValue.JsonBoolean(verified));
    members.put("seconds", number(seconds));
    return Json.write(new JsonValue.JsonObject(members));
  }

  private JsonValue classNames() {
    return new JsonValue.JsonArray(
        result.classes().stream().<JsonValue>map(JsonValue.JsonString::new).toList());
  }

  private static JsonValue number(double value) {
    return new JsonValue.JsonNumber(Double.toString(value));
  }
}
