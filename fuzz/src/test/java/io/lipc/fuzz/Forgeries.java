package io.lipc.fuzz;

import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Certificates that somebody has written on purpose: every member of every sample is left out, and
 * replaced by what stands under its name in any other sample and by values of its type that nobody
 * uses; every object gets each member that its like have; every list loses, doubles and exchanges
 * elements and gets those of other lists; and every sample gives the reasons of every other one.
 * Unlike random mutants they are well formed, so that they come as far as the checker.
 */
final class Forgeries {

  /** The order of the members of a certificate; what is put in stands where it would. */
  private static final List<String> ORDER =
      List.of(
          "format",
          "network",
          "kind",
          "type",
          "declared",
          "bound",
          "trends",
          "slopes",
          "outputs",
          "method",
          "units",
          "tensors",
          "input norm",
          "output norm",
          "per",
          "per tensor",
          "delta",
          "lower",
          "upper",
          "calls",
          "gains",
          "segmentations",
          "multipliers",
          "procedure",
          "rows",
          "torus",
          "twist",
          "head",
          "boxes",
          "proofs");

  /** What a certificate says for its bound; any of these may come from another one. */
  private static final List<List<String>> REASONS =
      List.of(
          List.of("kind"),
          List.of("tensors"),
          List.of("calls"),
          List.of("procedure", "rows", "torus", "twist", "head", "boxes", "proofs"),
          List.of("gains", "segmentations", "multipliers"),
          List.of("bound", "declared", "trends", "slopes", "outputs"),
          List.of("input norm", "output norm", "per", "per tensor", "delta", "lower", "upper"));

  private static final List<JsonValue> FOREIGN =
      List.of(
          new JsonString("0x1.0p-10"),
          new JsonString("0x0.0p0"),
          new JsonString("-0x0.0p0"),
          new JsonString("0x1.0p900"),
          new JsonString("NaN"),
          new JsonString("Infinity"),
          new JsonString("inlined"),
          new JsonString("bounded"),
          new JsonString(""),
          JsonNumber.of(0),
          JsonNumber.of(1),
          JsonNumber.of(2),
          JsonNumber.of(-1),
          JsonNumber.of(99),
          JsonNumber.of(131_000),
          new JsonArray(List.of()));

  private final List<JsonObject> samples = new ArrayList<>();

  /** All values by the name of their member. */
  private final Map<String, Set<JsonValue>> values = new TreeMap<>();

  /** Names of members that objects have, by the name of the list that they stand in. */
  private final Map<String, Set<String>> members = new TreeMap<>();

  /**
   * Forgeries of these certificates.
   *
   * @throws IllegalArgumentException if one has a member that no forgery would have, or has them in
   *     another order: then hardly any would be a certificate
   */
  Forgeries(List<String> texts) throws FormatException {
    for (String text : texts) {
      JsonObject sample = (JsonObject) Json.read(text);
      if (!text(sample).equals(text)) {
        throw new IllegalArgumentException("written in another way: " + text);
      }
      samples.add(sample);
      collect("", sample);
    }
  }

  private void collect(String list, JsonValue value) {
    switch (value) {
      case JsonObject(Map<String, JsonValue> all) ->
          all.forEach(
              (name, member) -> {
                members.computeIfAbsent(list, _ -> new LinkedHashSet<>()).add(name);
                values.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(member);
                collect(name, member);
              });
      case JsonArray(List<JsonValue> elements) ->
          elements.forEach(
              element -> {
                values.computeIfAbsent(list + "[]", _ -> new LinkedHashSet<>()).add(element);
                collect(list, element);
              });
      default -> {}
    }
  }

  /** Gives {@code reader} the text of every forgery of a sample. */
  void of(int sample, Consumer<String> reader) {
    Consumer<JsonValue> write = value -> reader.accept(text((JsonObject) value));
    change("", samples.get(sample), write);
    for (JsonObject other : samples) {
      for (int some = 1; some < 1 << REASONS.size(); some++) {
        Map<String, JsonValue> mixed = new LinkedHashMap<>(samples.get(sample).members());
        for (int i = 0; i < REASONS.size(); i++) {
          if ((some >> i & 1) == 1) {
            REASONS.get(i).forEach(mixed::remove);
            REASONS.get(i).stream()
                .filter(other.members()::containsKey)
                .forEach(name -> mixed.put(name, other.members().get(name)));
          }
        }
        write.accept(new JsonObject(mixed));
      }
    }
  }

  /** Every change of one place in {@code value}, which stands under a name. */
  private void change(String name, JsonValue value, Consumer<JsonValue> changed) {
    switch (value) {
      case JsonObject(Map<String, JsonValue> all) -> changeMembers(name, all, changed);
      case JsonArray(List<JsonValue> elements) -> changeElements(name, elements, changed);
      default -> {}
    }
  }

  private void changeMembers(String list, Map<String, JsonValue> all, Consumer<JsonValue> changed) {
    for (String name : members.getOrDefault(list, Set.of())) {
      List<JsonValue> others = new ArrayList<>(values.getOrDefault(name, Set.of()));
      others.addAll(FOREIGN);
      others.forEach(other -> changed.accept(with(all, name, other)));
      JsonValue own = all.get(name);
      if (own != null) {
        Map<String, JsonValue> without = new LinkedHashMap<>(all);
        without.remove(name);
        changed.accept(new JsonObject(without));
        change(name, own, inner -> changed.accept(with(all, name, inner)));
      }
    }
  }

  private static JsonObject with(Map<String, JsonValue> all, String name, JsonValue value) {
    Map<String, JsonValue> changed = new LinkedHashMap<>(all);
    changed.put(name, value);
    return new JsonObject(changed);
  }

  private void changeElements(String name, List<JsonValue> elements, Consumer<JsonValue> changed) {
    // Long lists are all alike.
    for (int i = 0; i < Math.min(elements.size(), 12); i++) {
      int at = i;
      List<JsonValue> without = new ArrayList<>(elements);
      JsonValue element = without.remove(i);
      changed.accept(new JsonArray(without));
      List<JsonValue> twice = new ArrayList<>(elements);
      twice.add(i, element);
      changed.accept(new JsonArray(twice));
      if (i > 0) {
        List<JsonValue> swapped = new ArrayList<>(elements);
        Collections.swap(swapped, i - 1, i);
        changed.accept(new JsonArray(swapped));
      }
      change(name, element, inner -> changed.accept(replaced(elements, at, inner)));
      if (!(element instanceof JsonObject)) {
        FOREIGN.forEach(other -> changed.accept(replaced(elements, at, other)));
      }
    }
    for (JsonValue other : values.getOrDefault(name + "[]", Set.of())) {
      List<JsonValue> longer = new ArrayList<>(elements);
      longer.add(other);
      changed.accept(new JsonArray(longer));
    }
  }

  private static JsonArray replaced(List<JsonValue> elements, int at, JsonValue element) {
    List<JsonValue> changed = new ArrayList<>(elements);
    changed.set(at, element);
    return new JsonArray(changed);
  }

  /** In the one layout that certificates have. */
  private static String text(JsonObject certificate) {
    List<String> lines = new ArrayList<>();
    for (String name : ORDER) {
      JsonValue value = certificate.members().get(name);
      if (value != null) {
        lines.add("  " + Json.write(new JsonString(name)) + ": " + layout(value));
      }
    }
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }

  private static String layout(JsonValue value) {
    if (value instanceof JsonArray(List<JsonValue> elements) && !elements.isEmpty()) {
      List<String> lines = elements.stream().map(element -> "    " + Json.write(element)).toList();
      return "[\n" + String.join(",\n", lines) + "\n  ]";
    }
    return Json.write(value);
  }
}
