package io.lipc.formats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON text as a value; see {@link Json}. */
public sealed interface JsonValue {

  /** Members by name, in the order of the text. */
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** Elements in order. */
  record JsonArray(List<JsonValue> elements) implements JsonValue {
    public JsonArray {
      elements = List.copyOf(elements);
    }
  }

  /** A string without its quotes and escapes. */
  record JsonString(String value) implements JsonValue {}

  /** A number as it was written: which type holds it is for its reader to say. */
  record JsonNumber(String text) implements JsonValue {

    /** An integer. */
    public static JsonNumber of(long value) {
      return new JsonNumber(Long.toString(value));
    }
  }

  /** {@code true} or {@code false}. */
  record JsonBoolean(boolean value) implements JsonValue {}

  /** {@code null}. */
  record JsonNull() implements JsonValue {}
}
