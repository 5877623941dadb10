package io.lipc.queries;

import io.lipc.formats.Quoted;
import io.lipc.queries.Token.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The tokens of a text, read one after the other: never more of the text than one token. */
final class Tokens {

  private static final int END = -1;

  /** So many characters take a millisecond at most, what is made of them included. */
  private static final int LOOK = 1 << 10;

  private final Reader text;
  private final Runnable look;
  private @Nullable Token ahead;
  private int character = '\n';
  private int line;
  private int column;
  private long characters;
  private int depth;

  /**
   * The tokens of a text.
   *
   * @param look is run every few milliseconds
   */
  Tokens(Reader text, Runnable look) throws IOException, QueryException {
    this.text = new BufferedReader(text);
    this.look = look;
    advance();
  }

  /** The next token, which stays the next one. */
  Token peek() throws IOException, QueryException {
    Token token = ahead == null ? scan() : ahead;
    ahead = token;
    return token;
  }

  /** The next token, which is read by this. */
  Token take() throws IOException, QueryException {
    Token token = peek();
    ahead = null;
    return token;
  }

  /** The next token, which has to be of this kind. */
  Token take(Kind kind, String expected) throws IOException, QueryException {
    Token token = take();
    if (!token.is(kind)) {
      throw token.unexpected(expected);
    }
    return token;
  }

  Token take(Kind kind) throws IOException, QueryException {
    return take(kind, kind.words());
  }

  /** Whether the next token is of this kind; if so, it is read. */
  boolean skips(Kind kind) throws IOException, QueryException {
    if (!peek().is(kind)) {
      return false;
    }
    take();
    return true;
  }

  private Token scan() throws IOException, QueryException {
    skipBlanks();
    Place place = place();
    return switch (character) {
      case END -> new Token(Kind.END, "", place);
      case '(' -> opened(place);
      case ')' -> closed(place);
      case '[' -> single(Kind.OPEN_INDICES, place);
      case ']' -> single(Kind.CLOSE_INDICES, place);
      case ',' -> single(Kind.COMMA, place);
      case '"' -> string(place);
      default -> word(place);
    };
  }

  private Token opened(Place place) throws IOException, QueryException {
    if (++depth > Limits.DEPTH) {
      throw Limits.exceeded(place, "open brackets", Limits.DEPTH);
    }
    return single(Kind.OPEN, place);
  }

  private Token closed(Place place) throws IOException, QueryException {
    if (--depth < 0) {
      throw place.fault(QueryFault.SYNTAX, "this `)` closes no `(`", "`(` or the end of the text");
    }
    return single(Kind.CLOSE, place);
  }

  private Token single(Kind kind, Place place) throws IOException, QueryException {
    String bracket = Character.toString(character);
    advance();
    return new Token(kind, bracket, place);
  }

  private Token word(Place place) throws IOException, QueryException {
    StringBuilder word = new StringBuilder();
    while (character > ' ' && "()[],;\"".indexOf(character) < 0) {
      append(word, (char) character, place);
      advance();
    }
    if (word.isEmpty()) {
      throw place.fault(
          QueryFault.SYNTAX,
          "the character " + Quoted.code(Character.toString(character)) + " is no blank",
          "a space, a tab or a line feed");
    }
    return new Token(Kind.WORD, word.toString(), place);
  }

  private Token string(Place place) throws IOException, QueryException {
    StringBuilder string = new StringBuilder();
    advance();
    while (character != '"') {
      append(string, character == '\\' ? escape() : visible(place), place);
      advance();
    }
    advance();
    return new Token(Kind.STRING, string.toString(), place);
  }

  private char visible(Place start) throws QueryException {
    if (character == END) {
      throw start.fault(QueryFault.SYNTAX, "a string is not closed", "`\"` at its end");
    }
    // The canonical text is printed for people: no string may look like another one, or like more.
    if (character < ' ' || character > '~') {
      throw place()
          .fault(
              QueryFault.NAME,
              "a string holds " + Quoted.code(Character.toString(character)),
              "visible ASCII characters");
    }
    return (char) character;
  }

  private char escape() throws IOException, QueryException {
    Place place = place();
    advance();
    return switch (character) {
      case '"', '\\' -> (char) character;
      case 'n' -> '\n';
      case 't' -> '\t';
      default ->
          throw place.fault(
              QueryFault.SYNTAX, "an unknown escape", "`\\\"`, `\\\\`, `\\n` or `\\t`");
    };
  }

  private static void append(StringBuilder word, char next, Place place) throws QueryException {
    if (word.length() == Limits.WORD) {
      throw Limits.exceeded(place, "characters in one word", Limits.WORD);
    }
    word.append(next);
  }

  private void skipBlanks() throws IOException, QueryException {
    while (character == ';' || isBlank()) {
      boolean comment = character == ';';
      advance();
      while (comment && character != '\n' && character != END) {
        checkComment();
        advance();
      }
    }
  }

  /** Other programs may end the line at a control character, and take what is behind for text. */
  private void checkComment() throws QueryException {
    boolean isAllowed =
        character < 0x7F ? character >= ' ' || isBlank() : character >= 0xA0 && !isSeparator();
    if (!isAllowed) {
      throw place()
          .fault(
              QueryFault.SYNTAX,
              "a comment holds " + Quoted.code(Character.toString(character)),
              "tabs, visible ASCII characters, or characters from U+00A0 on but U+2028 and U+2029");
    }
  }

  /** Whether Unicode has this character for the end of a line or of a paragraph. */
  private boolean isSeparator() {
    return character == 0x2028 || character == 0x2029;
  }

  private boolean isBlank() {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
  }

  private Place place() {
    return new Place(line, column);
  }

  private void advance() throws IOException, QueryException {
    int before = character;
    character = text.read();
    line += before == '\n' ? 1 : 0;
    column = before == '\n' ? 1 : column + 1;
    // An editor may show a new line there, which a comment before it would hide from this reader.
    if (before == '\r' && character != '\n') {
      throw place().fault(QueryFault.SYNTAX, "a carriage return ends a line", "a line feed");
    }
    if (character != END && ++characters > Limits.CHARACTERS) {
      throw Limits.exceeded(place(), "characters", Limits.CHARACTERS);
    }
    if (characters % LOOK == 0) {
      look.run();
    }
  }
}
