package io.lipc.tools.local;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.LocalBracket;
import io.lipc.certifier.MonotoneSearch.Reason;
import io.lipc.certifier.falsify.Pair;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.model.Property;
import io.lipc.model.UpperBound;
import io.lipc.tools.command.BoxWords;
import io.lipc.tools.command.SlopeWords;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An answer of {@code lipc local}, for people and for programs.
 *
 * @param model the file
 * @param box on which it is
 * @param seconds wall-clock time, the checker's included
 * @param certificate the file that was written
 */
record LocalReport(
    Path model, LocalAnswer answer, Unit.Box box, double seconds, Optional<Path> certificate) {

  /** The version of what {@link #json} prints; docs/json.md has the members. */
  static final int VERSION = 1;

  /** Inputs of more elements are told to programs alone. */
  private static final int MOST_ELEMENTS = 6;

  /** The lines for people; upper bounds are rounded up, lower bounds down. */
  String text() {
    List<String> lines = new ArrayList<>();
    switch (answer) {
      case LocalAnswer.Bound bound -> {
        lines.add(field("network", name(bound.network()) + ", " + norms(bound.question().bound())));
        lines.add(field("inputs", BoxWords.of(box)));
        lines.add(field("answer", words(bound)));
        lines.add(field("bound", bracket(bound)));
        lines.add(field("parts", parts(bound.found())));
        lines.add(field("anywhere", everywhere(bound)));
        bound.slopes().ifPresent(slopes -> lines.addAll(slopes(slopes)));
        if (bound.isFalse()) {
          bound.pair().ifPresent(pair -> lines.addAll(inputs(pair)));
        }
      }
      case LocalAnswer.OfClass asked -> {
        lines.add(field("network", name(asked.network()) + ", " + asked.from().word()));
        lines.add(field("inputs", BoxWords.of(box)));
        lines.add(field("answer", words(asked)));
        asked
            .led()
            .ifPresent(
                led -> {
                  lines.add(field("class", words(led, asked.isProved())));
                  lines.add(field("parts", parts(led.found())));
                });
      }
      case LocalAnswer.Trends trends -> {
        lines.add(field("network", name(trends.network()) + ", " + words(trends.question())));
        lines.add(field("inputs", BoxWords.of(box)));
        lines.add(field("answer", words(trends)));
        trends.counterexample().ifPresent(found -> lines.addAll(inputs(found.found().pair())));
      }
    }
    certificate.ifPresent(file -> lines.add("certificate: " + file));
    lines.add(field("time", String.format(Locale.ROOT, "%.3f s", seconds)));
    return String.join("\n", lines);
  }

  private static String field(String name, String value) {
    return String.format(Locale.ROOT, "%-9s %s", name + ":", value);
  }

  private static String name(Subject network) {
    return network.certificate().network();
  }

  private static String norms(Property.Lipschitz bound) {
    return UnitLists.claimOf(bound).norms().toString();
  }

  private static String words(LocalAnswer.Bound bound) {
    if (bound.isFalse()) {
      return "false: two inputs of the box exceed the bound";
    }
    return bound.isProved() ? "proved" : "not proved (it may still be true)";
  }

  private static String bracket(LocalAnswer.Bound bound) {
    OptionalDouble upper = bound.found().upper();
    return "in ["
        + bound.lower()
        + ", "
        + (upper.isPresent() ? Decimals.up(upper.getAsDouble()) : "not proved")
        + "]"
        + bound
            .certificate()
            .map(own -> " by " + Quoted.of(own.certificate().method()) + ", certificate checked")
            .orElse("");
  }

  private static String everywhere(LocalAnswer.Bound bound) {
    Certificate global = bound.network().certificate();
    return "%s %s, the first bound for all inputs that was proved"
        .formatted(new UpperBound(global.lipschitz().bound()), global.lipschitz().norms());
  }

  private static String parts(LocalBracket.Found found) {
    return String.format(Locale.ROOT, "%,d", found.parts());
  }

  private static String words(LocalAnswer.OfClass asked) {
    if (asked.isProved()) {
      return "proved, certificate checked";
    }
    return asked.led().isEmpty()
        ? "not proved: no output surely leads at the middle"
        : "not proved (it may still be true)";
  }

  private static String words(LocalAnswer.Led led, boolean proved) {
    String lead =
        "output %d leads by %s at the middle"
            .formatted(led.lead().output(), Decimals.down(led.lead().least()));
    if (led.taken().isEmpty()) {
      return lead;
    }
    return lead
        + ", and inputs of the box take at most "
        + Decimals.up(led.taken().getAsDouble())
        + " of its lead over each other: "
        + (proved ? "it leads for all of them" : "another one may lead for some of them");
  }

  private static List<String> slopes(List<List<Double>> slopes) {
    if (slopes.isEmpty()) {
      return List.of(
          field("slopes", "not known: there was no time, or a layer has no derivatives"));
    }
    int inputs = slopes.getFirst().size();
    if (inputs > MOST_ELEMENTS || slopes.size() > MOST_ELEMENTS) {
      return List.of(
          field("slopes", "%d outputs by %d inputs, in --json".formatted(slopes.size(), inputs)));
    }
    return IntStream.range(0, slopes.size())
        .mapToObj(
            j ->
                field(
                    "slopes",
                    "output %d moves by at most %s".formatted(j, SlopeWords.sum(slopes.get(j)))))
        .toList();
  }

  private static String words(Property.Monotone monotone) {
    return monotone.trends().stream()
        .map(trend -> trend.word() + " in " + trend.about().name())
        .collect(Collectors.joining(" and "));
  }

  private static String words(LocalAnswer.Trends trends) {
    return switch (trends.reason().orElse(null)) {
      case null -> "proved, certificate checked";
      case Reason.False found ->
          "false: output %d goes from %s to %s as element %d rises"
              .formatted(
                  found.found().where().output(),
                  found.found().from(),
                  found.found().to(),
                  found.found().where().element());
      case Reason.Open open ->
          "not proved (it may still be true): output %d by element %d, on %s"
              .formatted(open.output(), open.element(), BoxWords.of(open.where()));
      case Reason.Unknown _ -> "not proved: its derivatives are not known, or there was no time";
    };
  }

  private static List<String> inputs(Pair pair) {
    return pair.first().size() > MOST_ELEMENTS
        ? List.of()
        : List.of(
            field("first", pair.first().toString()), field("second", pair.second().toString()));
  }

  /** The object for programs: exact decimals of the doubles, {@code null} for unknown values. */
  JsonObject json() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonNumber.of(VERSION));
    members.put("model", new JsonString(model.toString()));
    switch (answer) {
      case LocalAnswer.Bound bound -> members.putAll(members(bound));
      case LocalAnswer.OfClass asked -> members.putAll(members(asked));
      case LocalAnswer.Trends trends -> members.putAll(members(trends));
    }
    members.put("on", on());
    members.put("proved", new JsonBoolean(answer.isProved()));
    members.put("seconds", number(OptionalDouble.of(seconds)));
    members.put(
        "certificate",
        certificate.<JsonValue>map(file -> new JsonString(file.toString())).orElse(new JsonNull()));
    return new JsonObject(members);
  }

  private static Map<String, JsonValue> members(LocalAnswer.Bound bound) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("network", new JsonString(name(bound.network())));
    members.put("claim", new JsonString("lipschitz"));
    members.put("from", new JsonString(bound.question().bound().inputNorm().word()));
    members.put("to", new JsonString(bound.question().bound().outputNorm().word()));
    members.put("asked", number(bound.asked()));
    members.put("lower", number(OptionalDouble.of(bound.lower().value())));
    members.put("upper", number(bound.found().upper()));
    members.put("method", method(bound));
    members.put("parts", JsonNumber.of(bound.found().parts()));
    members.put(
        "everywhere", number(OptionalDouble.of(bound.network().certificate().lipschitz().bound())));
    members.put("pair", bound.pair().<JsonValue>map(LocalReport::json).orElse(new JsonNull()));
    members.put(
        "slopes",
        bound
            .slopes()
            .filter(slopes -> !slopes.isEmpty())
            .<JsonValue>map(
                slopes -> new JsonArray(slopes.stream().map(LocalReport::json).toList()))
            .orElse(new JsonNull()));
    return members;
  }

  private static JsonValue method(LocalAnswer answer) {
    return answer
        .certificate()
        .<JsonValue>map(own -> new JsonString(own.certificate().method()))
        .orElse(new JsonNull());
  }

  private static Map<String, JsonValue> members(LocalAnswer.OfClass asked) {
    Optional<LocalAnswer.Led> led = asked.led();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("network", new JsonString(name(asked.network())));
    members.put("claim", new JsonString("class"));
    members.put("from", new JsonString(asked.from().word()));
    members.put(
        "output",
        led.<JsonValue>map(one -> JsonNumber.of(one.lead().output())).orElse(new JsonNull()));
    members.put(
        "by", led.map(one -> number(OptionalDouble.of(one.lead().least()))).orElse(new JsonNull()));
    members.put("taken", led.map(one -> number(one.taken())).orElse(new JsonNull()));
    members.put("method", method(asked));
    members.put("parts", JsonNumber.of(led.map(one -> one.found().parts()).orElse(0)));
    return members;
  }

  private static Map<String, JsonValue> members(LocalAnswer.Trends trends) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("network", new JsonString(name(trends.network())));
    members.put("claim", new JsonString("monotone"));
    members.put(
        "trends",
        new JsonArray(
            trends.question().trends().stream()
                .<JsonValue>map(
                    trend -> new JsonString(trend.word() + " in " + trend.about().name()))
                .toList()));
    members.put("false", new JsonBoolean(trends.counterexample().isPresent()));
    members.put(
        "pair",
        trends
            .counterexample()
            .<JsonValue>map(found -> json(found.found().pair()))
            .orElse(new JsonNull()));
    return members;
  }

  private static JsonValue json(Pair pair) {
    return new JsonArray(List.of(json(pair.first()), json(pair.second())));
  }

  private static JsonValue json(List<Double> numbers) {
    return new JsonArray(numbers.stream().map(LocalReport::exact).toList());
  }

  private JsonValue on() {
    return new JsonArray(
        IntStream.range(0, box.lower().size())
            .<JsonValue>mapToObj(
                i -> new JsonArray(List.of(exact(box.lower().get(i)), exact(box.upper().get(i)))))
            .toList());
  }

  private static JsonValue exact(double value) {
    return new JsonNumber(new BigDecimal(value).toString());
  }

  private static JsonValue number(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? new JsonNumber(Double.toString(value.getAsDouble()))
        : new JsonNull();
  }
}
