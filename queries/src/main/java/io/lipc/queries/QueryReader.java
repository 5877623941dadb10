package io.lipc.queries;

import io.lipc.queries.Token.Kind;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads VNN-LIB queries as a stream. It reads the grammar of versions 1.0, 2.0 and 2.1, and beyond
 * it {@code real} in any case, {@code equalTo}, and numbers with an exponent, unless the exponent
 * may be a declared name: by the grammar {@code 1e5} is the number 1 and the name {@code e5}.
 * Everything else is refused, with its place.
 *
 * <p>These parts of the grammar are refused: {@code initialized}; element types other than {@code
 * real}, {@code float32} and {@code float64}; products of two variables; numbers with a leading 0,
 * as {@code 010}; names of nodes in other characters than visible ASCII; comments with characters
 * that may end a line elsewhere, as a form feed.
 *
 * <p>The limits are 256,000,000 characters, also of the canonical text, 10,000 open brackets, 200
 * changes between {@code and} and {@code or}, 1,000,000 comparisons, 20,000,000 terms in all
 * expressions, 100,000,000 elements and 32 dimensions of a tensor, and numbers of at most 1.8e308
 * with 1,300 decimals.
 */
public final class QueryReader {

  private final Tokens tokens;
  private final List<Formula> assertions = new ArrayList<>();

  private QueryReader(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The query that a text is.
   *
   * @param text is read to its end, through a buffer, and is not closed
   * @throws QueryException if the text is not a query, or has a part that is not supported
   */
  public static Query read(Reader text) throws IOException, QueryException {
    return read(text, () -> {});
  }

  /**
   * The same for a caller that may end it earlier.
   *
   * @param look is run every few milliseconds; an exception of it is thrown
   */
  public static Query read(Reader text, Runnable look) throws IOException, QueryException {
    return new QueryReader(new Tokens(text, look)).query();
  }

  private Query query() throws IOException, QueryException {
    Token command = command("`(vnnlib-version <2.0>)` or `(declare-const X_0 Real)`");
    if (!command.isWord("vnnlib-version")) {
      return flat(command);
    }
    Version version = version();
    tokens.take(Kind.CLOSE);
    return switch (version) {
      case V1_0 -> flat(command("`(declare-const X_0 Real)`"));
      case V2_0, V2_1 -> typed(version);
    };
  }

  /** A bracket with the word behind it. */
  private Token command(String expected) throws IOException, QueryException {
    tokens.take(Kind.OPEN, expected);
    return tokens.take(Kind.WORD, "a command");
  }

  private Version version() throws IOException, QueryException {
    Token text = tokens.take(Kind.WORD, "a version such as `<2.0>`");
    return Arrays.stream(Version.values())
        .filter(each -> text.isWord(each.text()))
        .findFirst()
        .orElseThrow(
            () ->
                text.fault(
                    QueryFault.VERSION,
                    "the version " + text.words() + " is not supported",
                    "`<1.0>`, `<2.0>` or `<2.1>`"));
  }

  /** The query of version 1.0 that begins with this command. */
  private Query flat(Token first) throws IOException, QueryException {
    FlatDeclarations scope = new FlatDeclarations();
    FormulaReader formulas = new FormulaReader(tokens, scope);
    Token command = first;
    while (true) {
      switch (command.text()) {
        case "declare-const" -> scope.variable(tokens);
        case "assert" -> assertions.add(formulas.read());
        default -> throw unknown(command, "`declare-const` or `assert`");
      }
      tokens.take(Kind.CLOSE);
      if (tokens.peek().is(Kind.END)) {
        break;
      }
      command = command("`(` or the end of the text");
    }
    return query(Version.V1_0, List.of(scope.network(tokens.peek())), formulas);
  }

  private Query typed(Version version) throws IOException, QueryException {
    Declarations scope = new Declarations(tokens);
    FormulaReader formulas = new FormulaReader(tokens, scope);
    do {
      Token command = command("`(declare-network`");
      if (command.isWord("declare-network") && assertions.isEmpty()) {
        scope.network();
      } else if (command.isWord("assert") && !scope.isEmpty()) {
        assertions.add(formulas.read());
        tokens.take(Kind.CLOSE);
      } else {
        throw unknown(command, "`declare-network`, and behind all networks `assert`");
      }
    } while (!tokens.peek().is(Kind.END));
    return query(version, scope.networks(), formulas);
  }

  private Query query(Version version, List<Network> networks, FormulaReader formulas)
      throws IOException, QueryException {
    if (assertions.isEmpty()) {
      throw tokens.peek().fault(QueryFault.SYNTAX, "the query asserts nothing", "`(assert`");
    }
    Query query = new Query(version, networks, FormulaReader.conjunction(assertions));
    int declarations = new CanonicalText(query).declarations().length();
    Limits.checkText(formulas.characters() + declarations, tokens.peek().place());
    return query;
  }

  private static QueryException unknown(Token command, String expected) {
    return command.fault(
        QueryFault.SYNTAX, "the command " + command.words() + " has no meaning here", expected);
  }
}
