package io.lipc.formats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value: object, array, string, number, boolean or null; see {@link Json}. */
public sealed interface JsonValue {

  /** A JSON object: its members by name, in the order of the text. */
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** A JSON array: its elements in order. */
  record JsonArray(List<JsonValue> elements) implements JsonValue {
    public JsonArray {
      elements = List.copyOf(elements);
    }
  }

  /** A JSON string, without its quotes and escapes. */
  record JsonString(String value) implements JsonValue {}

  /** A JSON number as it was written; its reader decides which type holds it. */
  record JsonNumber(String text) implements JsonValue {

    /** The JSON number of an integer. */
    public static JsonNumber of(long value) {
      return new JsonNumber(Long.toString(value));
    }
  }

  /** A JSON boolean: {@code true} or {@code false}. */
  record JsonBoolean(boolean value) implements JsonValue {}

  /** The JSON value {@code null}. */
  record JsonNull() implements JsonValue {}
}
