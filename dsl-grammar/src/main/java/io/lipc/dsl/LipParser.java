package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser;
import io.lipc.dsl.syntax.LipSyntaxParser.FileContext;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * The text front end: {@code characters -> tokens -> syntax tree -> declarations}. Faults of the
 * text are values in the result; nothing is thrown for them.
 */
public final class LipParser {

  private LipParser() {}

  /** Parses a text whose networks stand in the unnamed package unless it declares another. */
  public static ParsedFile parse(SourceText source) {
    return parse(source, "");
  }

  /**
   * Parses a text.
   *
   * @param defaultPackage where its networks stand if the text declares no package; may be empty
   */
  public static ParsedFile parse(SourceText source, String defaultPackage) {
    Problems problems = new Problems();
    Optional<List<Token>> tokens = Lexing.tokens(source, problems);
    if (tokens.isEmpty()) {
      return new ParsedFile(
          Optional.empty(), List.of(), List.of(), new TreeSet<>(), problems.inOrder(), List.of());
    }
    CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens.get()));
    return new FileReader(source, stream, problems).read(tree(stream, problems), defaultPackage);
  }

  /** The syntax tree; where there are problems it has gaps. */
  static FileContext tree(CommonTokenStream tokens, Problems problems) {
    LipSyntaxParser parser = new LipSyntaxParser(tokens);
    parser.removeErrorListeners();
    parser.setErrorHandler(new StatementRecovery(problems));
    return parser.file();
  }
}
