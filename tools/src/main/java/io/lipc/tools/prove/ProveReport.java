package io.lipc.tools.prove;

import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Range;
import io.lipc.certifier.QuerySearch.Answer;
import io.lipc.certifier.QuerySearch.Witness;
import io.lipc.compiler.report.WitnessWords;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.queries.Query;
import io.lipc.queries.Rational;
import io.lipc.tools.command.BoxWords;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An answer of {@code lipc prove}, for people and for programs.
 *
 * @param seconds wall-clock time, the checker's included
 * @param certificate the file for the certificate, which is written where the answer has one
 * @param witness the file for an input, likewise
 */
record ProveReport(
    Path model,
    Path file,
    Query query,
    Answered answered,
    double seconds,
    Optional<Path> certificate,
    Optional<Path> witness) {

  /** The version of what {@link #json} prints; docs/json.md has the members. */
  static final int VERSION = 1;

  /** Digits by which doubles can be told apart. */
  private static final int DIGITS = 17;

  /** The lines for people. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(field("network", answered.claimed().certificate().network()));
    lines.add(field("query", file.toString()));
    switch (answered.answer()) {
      case Answer.Unsatisfiable(_, int parts) -> {
        lines.add(field("answer", "unsat: no input satisfies it, certificate checked"));
        lines.add(field("parts", count(parts)));
        certificate.ifPresent(path -> lines.add("certificate: " + path));
      }
      case Answer.Satisfiable(Witness found) -> {
        lines.add(field("answer", "sat: this input satisfies it"));
        WitnessWords.inputs(query, found).forEach((name, value) -> lines.add(field(name, value)));
        WitnessWords.outputs(query, found).forEach((name, value) -> lines.add(field(name, value)));
        witness.ifPresent(path -> lines.add(field("witness", path.toString())));
      }
      case Answer.Open open -> {
        lines.add(field("answer", "not decided: " + reason(open)));
        lines.add(
            field(
                "parts", "%s, %s of them open".formatted(count(open.parts()), count(open.open()))));
        open.where().ifPresent(box -> lines.add(field("worst", BoxWords.of(box))));
      }
    }
    lines.add(field("time", String.format(Locale.ROOT, "%.3f s", seconds)));
    return String.join("\n", lines);
  }

  /** Why nothing is known, as a clause. */
  private static String reason(Answer.Open open) {
    return switch (open.reason()) {
      case TIME -> open.parts() == 0 ? "no time was left to look at the box" : "no time is left";
      case PARTS -> "--parts allows no more parts";
      case CUTS -> "the worst part cannot be cut further";
      case CHECK -> "no part is open, but the checker did not accept the certificate";
    };
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String field(String name, String value) {
    return String.format(Locale.ROOT, "%-13s%s", name + ":", value);
  }

  /**
   * The object for programs: exact decimals of the doubles, {@code null} for what there is none of.
   */
  JsonObject json() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonNumber.of(VERSION));
    members.put("model", new JsonString(model.toString()));
    members.put("query", new JsonString(file.toString()));
    members.put("network", new JsonString(answered.claimed().certificate().network()));
    members.put("semantics", new JsonString("real"));
    members.putAll(answer());
    members.put("proved", new JsonBoolean(answered.isProved()));
    members.put("seconds", new JsonNumber(Double.toString(seconds)));
    members.put("certificate", file(certificate, answered.isProved()));
    return new JsonObject(members);
  }

  private static JsonValue file(Optional<Path> file, boolean written) {
    return file.filter(_ -> written)
        .<JsonValue>map(path -> new JsonString(path.toString()))
        .orElse(new JsonNull());
  }

  private Map<String, JsonValue> answer() {
    return switch (answered.answer()) {
      case Answer.Unsatisfiable(_, int parts) ->
          members("unsat", parts, 0, new JsonNull(), new JsonNull());
      case Answer.Satisfiable(Witness found) -> members("sat", 0, 0, new JsonNull(), json(found));
      case Answer.Open open ->
          members(
              "unknown",
              open.parts(),
              open.open(),
              open.where().map(ProveReport::json).orElse(new JsonNull()),
              new JsonNull());
    };
  }

  private static Map<String, JsonValue> members(
      String answer, int parts, int open, JsonValue worst, JsonValue witness) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("answer", new JsonString(answer));
    members.put("parts", JsonNumber.of(parts));
    members.put("open", JsonNumber.of(open));
    members.put("worst", worst);
    members.put("witness", witness);
    return members;
  }

  private static JsonValue json(Witness found) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("input", new JsonArray(found.input().stream().map(ProveReport::exact).toList()));
    members.put(
        "output", new JsonArray(found.outputs().stream().map(ProveReport::outward).toList()));
    return new JsonObject(members);
  }

  /** A number, or a fraction as a text where its digits have no end. */
  private static JsonValue exact(Rational value) {
    return value
        .decimal()
        .<JsonValue>map(decimal -> new JsonNumber(decimal.toString()))
        .orElseGet(() -> new JsonString(value.toString()));
  }

  /** Two decimals with the exact output between them. */
  private static JsonValue outward(Range range) {
    return new JsonArray(
        List.of(
            decimal(range.lower(), RoundingMode.FLOOR),
            decimal(range.upper(), RoundingMode.CEILING)));
  }

  private static JsonNumber decimal(double end, RoundingMode mode) {
    return new JsonNumber(new BigDecimal(end).round(new MathContext(DIGITS, mode)).toString());
  }

  private static JsonValue json(Unit.Box box) {
    return new JsonArray(
        IntStream.range(0, box.lower().size())
            .<JsonValue>mapToObj(
                i -> new JsonArray(List.of(exact(box.lower().get(i)), exact(box.upper().get(i)))))
            .toList());
  }

  private static JsonValue exact(double value) {
    return new JsonNumber(new BigDecimal(value).toString());
  }
}
