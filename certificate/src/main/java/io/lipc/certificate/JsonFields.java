package io.lipc.certificate;

import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The members of one JSON object, each read once; what is left at the end is refused. */
final class JsonFields {

  private static final Pattern REAL =
      Pattern.compile("-?0x[01]\\.[0-9a-f]{1,13}p-?[0-9]{1,4}|NaN|-?Infinity");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,10}");

  private final String where;
  private final Map<String, JsonValue> left;

  private JsonFields(String where, Map<String, JsonValue> members) {
    this.where = where;
    this.left = new LinkedHashMap<>(members);
  }

  /** Reads one element of a list. */
  interface Reader<T> {
    T read(JsonValue value) throws FormatException;
  }

  static JsonFields of(String where, JsonValue value) throws FormatException {
    if (value instanceof JsonObject(Map<String, JsonValue> members)) {
      return new JsonFields(where, members);
    }
    throw new FormatException(where + " is not an object");
  }

  boolean has(String name) {
    return left.containsKey(name);
  }

  /** Whether a member is this text; it stays to be read. */
  boolean is(String name, String text) {
    return left.get(name) instanceof JsonString(String found) && found.equals(text);
  }

  private JsonValue take(String name) throws FormatException {
    JsonValue value = left.remove(name);
    if (value == null) {
      throw new FormatException(where + " lacks `" + name + "`");
    }
    return value;
  }

  String text(String name) throws FormatException {
    return asText(name, take(name));
  }

  <E extends Enum<E>> E word(String name, Class<E> type) throws FormatException {
    String word = text(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    throw fault(name, word);
  }

  int integer(String name) throws FormatException {
    return asInteger(name, take(name));
  }

  double real(String name) throws FormatException {
    return asReal(name, take(name));
  }

  List<Double> reals(String name) throws FormatException {
    return list(name, value -> asReal(name, value));
  }

  List<Integer> integers(String name) throws FormatException {
    return list(name, value -> asInteger(name, value));
  }

  <T> List<T> list(String name, Reader<T> reader) throws FormatException {
    if (!(take(name) instanceof JsonArray(List<JsonValue> elements))) {
      throw new FormatException("`" + name + "` of " + where + " is not a list");
    }
    List<T> values = new ArrayList<>();
    for (JsonValue element : elements) {
      values.add(reader.read(element));
    }
    return values;
  }

  /** Refuses members that nothing has read. */
  void end() throws FormatException {
    for (String name : left.keySet()) {
      throw new FormatException(where + " has an unknown member " + Quoted.code(name));
    }
  }

  String asText(String name, JsonValue value) throws FormatException {
    if (value instanceof JsonString(String text)) {
      return text;
    }
    throw fault(name, Json.write(value));
  }

  private double asReal(String name, JsonValue value) throws FormatException {
    String text = asText(name, value);
    if (!REAL.matcher(text).matches()) {
      throw fault(name, text);
    }
    return Double.parseDouble(text);
  }

  private int asInteger(String name, JsonValue value) throws FormatException {
    if (value instanceof JsonNumber(String text)
        && INTEGER.matcher(text).matches()
        && Long.parseLong(text) == (int) Long.parseLong(text)) {
      return Integer.parseInt(text);
    }
    throw fault(name, Json.write(value));
  }

  FormatException fault(String name, String found) {
    String shown = found.length() > 40 ? found.substring(0, 40) + "..." : found;
    return unfit(name, Quoted.of(shown));
  }

  /** A fault in words of ours. */
  FormatException unfit(String name, String found) {
    return new FormatException("`" + name + "` of " + where + " cannot be " + found);
  }
}
