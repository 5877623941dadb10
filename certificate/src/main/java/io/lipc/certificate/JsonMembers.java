package io.lipc.certificate;

import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The members of one JSON object, being written; {@link JsonFields} reads them. */
final class JsonMembers {

  private final Map<String, JsonValue> members = new LinkedHashMap<>();

  JsonMembers text(String name, String value) {
    members.put(name, new JsonString(value));
    return this;
  }

  JsonMembers word(String name, Enum<?> value) {
    return text(name, value.name().toLowerCase(Locale.ROOT));
  }

  JsonMembers integer(String name, int value) {
    members.put(name, JsonNumber.of(value));
    return this;
  }

  JsonMembers real(String name, double value) {
    return text(name, Double.toHexString(value));
  }

  JsonMembers reals(String name, List<Double> values) {
    return list(name, values, value -> new JsonString(Double.toHexString(value)));
  }

  JsonMembers integers(String name, List<Integer> values) {
    return list(name, values, value -> JsonNumber.of(value));
  }

  <T> JsonMembers list(String name, List<T> values, Function<T, JsonValue> write) {
    members.put(name, new JsonArray(values.stream().map(write).toList()));
    return this;
  }

  JsonObject object() {
    return new JsonObject(members);
  }
}
