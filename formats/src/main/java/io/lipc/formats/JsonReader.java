package io.lipc.formats;

import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One reading of one JSON text, by recursive descent; {@link Json} is the way in. */
final class JsonReader {

  /** A look at the clock comes each time that so many characters of a string are read. */
  private static final int LOOKS = 1 << 14;

  private final String text;
  private final Runnable look;
  private int at;

  JsonReader(String text, Runnable look) {
    this.text = text;
    this.look = look;
  }

  JsonValue read() throws FormatException {
    JsonValue value = value(0);
    blanks();
    if (at < text.length()) {
      throw fault("the end of the text is expected");
    }
    return value;
  }

  private JsonValue value(int depth) throws FormatException {
    look.run();
    blanks();
    return switch (peek()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> new JsonString(string());
      case 't' -> word("true", new JsonBoolean(true));
      case 'f' -> word("false", new JsonBoolean(false));
      case 'n' -> word("null", new JsonNull());
      default -> number();
    };
  }

  private JsonObject object(int depth) throws FormatException {
    open(depth);
    Map<String, JsonValue> members = new LinkedHashMap<>();
    if (closes('}')) {
      return new JsonObject(members);
    }
    do {
      blanks();
      int start = at;
      String name = string();
      if (members.containsKey(name)) {
        at = start;
        throw fault("a second member " + Quoted.code(name));
      }
      blanks();
      expect(':');
      members.put(name, value(depth));
    } while (continues('}'));
    return new JsonObject(members);
  }

  private JsonArray array(int depth) throws FormatException {
    open(depth);
    List<JsonValue> elements = new ArrayList<>();
    if (closes(']')) {
      return new JsonArray(elements);
    }
    do {
      elements.add(value(depth));
    } while (continues(']'));
    return new JsonArray(elements);
  }

  /** Steps over the opening bracket. */
  private void open(int depth) throws FormatException {
    if (depth > Json.MAX_DEPTH) {
      throw fault("more than " + Json.MAX_DEPTH + " brackets are nested");
    }
    at++;
  }

  private boolean closes(char bracket) {
    blanks();
    if (peek() != bracket) {
      return false;
    }
    at++;
    return true;
  }

  /** Whether a comma follows, and not the closing bracket. */
  private boolean continues(char bracket) throws FormatException {
    if (closes(bracket)) {
      return false;
    }
    if (peek() != ',') {
      throw fault("`,` or `" + bracket + "` is expected");
    }
    at++;
    return true;
  }

  private JsonValue word(String word, JsonValue value) throws FormatException {
    if (!text.startsWith(word, at)) {
      throw fault("a value is expected");
    }
    at += word.length();
    return value;
  }

  private JsonNumber number() throws FormatException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits("a value is expected");
    }
    if (peek() == '.') {
      at++;
      digits("a digit is expected");
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits("a digit is expected");
    }
    return new JsonNumber(text.substring(start, at));
  }

  private void digits(String expectation) throws FormatException {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw fault(expectation);
    }
  }

  private String string() throws FormatException {
    int start = at;
    expect('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      if (at == text.length()) {
        at = start;
        throw fault("a string is not closed");
      }
      if (at % LOOKS == 0) {
        look.run();
      }
      char c = text.charAt(at);
      if (c < ' ') {
        throw fault("a control character stands in a string");
      }
      at++;
      out.append(c == '\\' ? escape() : c);
    }
    at++;
    if (hasLoneSurrogate(out)) {
      at = start;
      throw fault("a string holds half of a surrogate pair");
    }
    return out.toString();
  }

  private char escape() throws FormatException {
    char c = peek();
    int index = "\"\\/bfnrtu".indexOf(c);
    if (index < 0) {
      throw fault("an unknown escape");
    }
    at++;
    return c == 'u' ? unicode() : "\"\\/\b\f\n\r\t".charAt(index);
  }

  private char unicode() throws FormatException {
    int code = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw fault("a hexadecimal digit is expected");
      }
      code = 16 * code + digit;
    }
    return (char) code;
  }

  private static boolean hasLoneSurrogate(CharSequence string) {
    return string
        .codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private void expect(char c) throws FormatException {
    if (peek() != c) {
      throw fault("`" + c + "` is expected");
    }
    at++;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The next character; NUL at the end, which no rule accepts. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private FormatException fault(String what) {
    String before = text.substring(0, at);
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = at - before.lastIndexOf('\n');
    return new FormatException(what + " at line " + line + ", column " + column);
  }
}
