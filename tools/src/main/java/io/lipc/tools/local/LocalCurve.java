package io.lipc.tools.local;

import io.lipc.certificate.Subject;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import io.lipc.tools.page.RadiusChart;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Bounds on boxes around one input, by their radius.
 *
 * @param model the file
 * @param network with a bound for all inputs
 * @param norms of the bounds
 * @param boxes by increasing radius
 * @param seconds wall-clock time of all
 */
record LocalCurve(Path model, Subject network, String norms, List<Sized> boxes, double seconds) {

  /** An answer about the box of a radius. */
  record Sized(double radius, LocalAnswer.Bound bound, LocalReport report) {}

  boolean isProved() {
    return boxes.stream().allMatch(one -> one.bound().isProved());
  }

  /** The lines for people; upper bounds are rounded up, lower bounds down. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("network:  " + name() + ", " + norms);
    lines.add(
        "anywhere: %s %s, the first bound for all inputs that was proved"
            .formatted(
                new UpperBound(network.certificate().lipschitz().bound()),
                network.certificate().lipschitz().norms()));
    lines.add(row("radius", "reached", "proved", "parts"));
    for (Sized one : boxes) {
      var upper = one.bound().found().upper();
      lines.add(
          row(
              Decimals.plain(one.radius()),
              one.bound().lower().toString(),
              upper.isPresent() ? Decimals.up(upper.getAsDouble()) : "not proved",
              String.format(Locale.ROOT, "%,d", one.bound().found().parts())));
    }
    boxes.stream()
        .flatMap(one -> one.report().certificate().stream())
        .forEach(file -> lines.add("certificate: " + file));
    lines.add(String.format(Locale.ROOT, "time:     %.3f s", seconds));
    return String.join("\n", lines);
  }

  private static String row(String radius, String reached, String proved, String parts) {
    return String.format(Locale.ROOT, "%-10s  %-12s  %-12s  %s", radius, reached, proved, parts)
        .stripTrailing();
  }

  private String name() {
    return network.certificate().network();
  }

  /** The object for programs: one for each radius, with its radius. */
  JsonObject json() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonNumber.of(LocalReport.VERSION));
    members.put("model", new JsonString(model.toString()));
    members.put("network", new JsonString(name()));
    members.put("claim", new JsonString("lipschitz by radius"));
    members.put("boxes", new JsonArray(boxes.stream().map(LocalCurve::json).toList()));
    members.put("proved", new JsonBoolean(isProved()));
    members.put("seconds", new JsonNumber(Double.toString(seconds)));
    return new JsonObject(members);
  }

  private static JsonValue json(Sized one) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("radius", new JsonNumber(new BigDecimal(one.radius()).toString()));
    members.putAll(one.report().json().members());
    return new JsonObject(members);
  }

  /** The drawing. */
  String svg() {
    return RadiusChart.svg(
        name(),
        norms,
        boxes.stream()
            .map(
                one ->
                    new RadiusChart.Bracket(
                        one.radius(),
                        one.bound().lower().value(),
                        one.bound().found().upper().orElse(Double.NaN)))
            .toList());
  }

  /** The file of a radius: {@code c-0.05.json} in place of {@code c.json}. */
  static Path file(Path certificate, double radius) {
    String name = String.valueOf(certificate.getFileName());
    int end = name.endsWith(".json") ? name.length() - ".json".length() : name.length();
    return certificate.resolveSibling(
        name.substring(0, end) + "-" + Decimals.plain(radius) + ".json");
  }
}
