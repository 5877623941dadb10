package io.lipc.queries;

import io.lipc.formats.Quoted;

/**
 * A token of a query's text.
 *
 * @param text the characters of a word, or those that a string stands for; else the bracket or the
 *     comma, and empty at the end
 */
record Token(Kind kind, String text, Place place) {

  enum Kind {
    OPEN("`(`"),
    CLOSE("`)`"),
    OPEN_INDICES("`[`"),
    CLOSE_INDICES("`]`"),
    COMMA("`,`"),
    WORD("a word"),
    STRING("a string"),
    END("the end of the text");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** How messages name this kind. */
    String words() {
      return words;
    }
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** How messages name this token. */
  String words() {
    return kind == Kind.WORD ? Quoted.code(text) : kind.words();
  }

  /** The refusal of this token. */
  QueryException fault(QueryFault fault, String problem, String expected) {
    return place.fault(fault, problem, expected);
  }

  /** The refusal of this token where another one has to stand. */
  QueryException unexpected(String expected) {
    return fault(QueryFault.SYNTAX, "here is " + words(), expected);
  }
}
