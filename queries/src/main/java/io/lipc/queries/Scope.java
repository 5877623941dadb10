package io.lipc.queries;

import io.lipc.queries.Token.Kind;
import java.io.IOException;

/** The variables of a query, which depend on its version. */
sealed interface Scope extends Names permits Declarations, FlatDeclarations {

  /** The element that {@code name}, with the indices that are read behind it, is. */
  Linear variable(Token name, Tokens tokens) throws IOException, QueryException;

  /** The refusal of a name that is not declared. */
  static QueryException undeclared(Token name) {
    return name.fault(
        QueryFault.NAME,
        "the variable " + name.words() + " is not declared",
        "a declared variable");
  }

  /** The element type of a word. */
  static NumberType type(Tokens tokens) throws IOException, QueryException {
    Token word = tokens.take(Kind.WORD, "an element type");
    return NumberType.of(word.text())
        .orElseThrow(
            () ->
                word.fault(
                    QueryFault.TYPE,
                    "the element type " + word.words() + " is not supported",
                    "`real`, `float32` or `float64`"));
  }
}
