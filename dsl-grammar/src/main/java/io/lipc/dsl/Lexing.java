package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxLexer;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.ProofDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** Turns characters into tokens, and refuses texts that must not be parsed. */
final class Lexing {

  /** A tree over more tokens would not fit into javac's usual memory. */
  static final int MAX_TOKENS = 500_000;

  /** Deeper brackets are refused, so that no recursion over a tree can exhaust the stack. */
  static final int MAX_DEPTH = 256;

  private Lexing() {}

  /** The tokens with EOF; empty, with one finding, where there are too many or too deep ones. */
  static Optional<List<Token>> tokens(SourceText source, Problems problems) {
    return tokens(source, problems, token -> token.getType() != LipSyntaxLexer.LINE_COMMENT);
  }

  /** The tokens of {@link #tokens}, with the comments that declare nothing. */
  static Optional<List<Token>> tokensAndComments(SourceText source, Problems problems) {
    return tokens(source, problems, _ -> true);
  }

  private static Optional<List<Token>> tokens(
      SourceText source, Problems problems, Predicate<Token> kept) {
    LipSyntaxLexer lexer = new LipSyntaxLexer(CharStreams.fromString(source.text()));
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.nextToken();
      if (kept.test(token)) {
        tokens.add(token);
      }
      if (tokens.size() > MAX_TOKENS) {
        String reason = "it has more than " + MAX_TOKENS + " tokens";
        problems.add(
            Spans.of(token),
            ProofDiagnostics.sourceNotReadable(source.name(), reason, "split the file"));
        return Optional.empty();
      }
    } while (token.getType() != Token.EOF);
    return nestingIsShallow(tokens, problems) ? Optional.of(tokens) : Optional.empty();
  }

  private static boolean nestingIsShallow(List<Token> tokens, Problems problems) {
    int depth = 0;
    int deepest = 0;
    Optional<Token> first = Optional.empty();
    for (Token token : tokens) {
      switch (token.getType()) {
        case LipSyntaxLexer.OPEN, LipSyntaxLexer.OPEN_BRACKET, LipSyntaxLexer.OPEN_BRACE -> depth++;
        case LipSyntaxLexer.CLOSE, LipSyntaxLexer.CLOSE_BRACKET, LipSyntaxLexer.CLOSE_BRACE ->
            depth = Math.max(0, depth - 1);
        default -> {
          // Not a bracket.
        }
      }
      if (depth > MAX_DEPTH && first.isEmpty()) {
        first = Optional.of(token);
      }
      deepest = Math.max(deepest, depth);
    }
    int depthFound = deepest;
    first.ifPresent(
        token -> problems.add(Spans.of(token), Diagnostics.nestingTooDeep(depthFound, MAX_DEPTH)));
    return first.isEmpty();
  }
}
