package io.lipc.formats;

import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.util.Locale;

/** Reads and writes JSON (RFC 8259), strictly: no extensions, and no two members of one name. */
public final class Json {

  /** The greatest depth to which arrays and objects may nest in a text that is read. */
  public static final int MAX_DEPTH = 64;

  private Json() {}

  /**
   * The value that {@code text} is.
   *
   * @throws FormatException with line and column, if it is not one JSON value with blanks around
   */
  public static JsonValue read(String text) throws FormatException {
    return read(text, () -> {});
  }

  /**
   * The same for a caller that may end the reading earlier.
   *
   * @param look is run every few milliseconds; what it throws is thrown
   */
  static JsonValue read(String text, Runnable look) throws FormatException {
    return new JsonReader(text, look).read();
  }

  /**
   * The JSON text of {@code value} on one line: equal values give equal texts, and {@link #read}
   * gives the value back.
   */
  public static String write(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(JsonValue value, StringBuilder out) {
    switch (value) {
      case JsonObject object -> writeObject(object, out);
      case JsonArray array -> writeArray(array, out);
      case JsonString string -> writeString(string.value(), out);
      case JsonNumber number -> out.append(number.text());
      case JsonBoolean truth -> out.append(truth.value());
      case JsonNull _ -> out.append("null");
    }
  }

  private static void writeObject(JsonObject object, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (var member : object.members().entrySet()) {
      out.append(separator);
      writeString(member.getKey(), out);
      out.append(": ");
      write(member.getValue(), out);
      separator = ", ";
    }
    out.append('}');
  }

  private static void writeArray(JsonArray array, StringBuilder out) {
    out.append('[');
    String separator = "";
    for (JsonValue element : array.elements()) {
      out.append(separator);
      write(element, out);
      separator = ", ";
    }
    out.append(']');
  }

  private static void writeString(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        // Escaped surrogates keep the text free of anything that UTF-8 could not carry.
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
