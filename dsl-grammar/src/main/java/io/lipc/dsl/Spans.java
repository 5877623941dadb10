package io.lipc.dsl;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** Turns tokens and nodes of the tree into spans. */
final class Spans {

  private Spans() {}

  /** The span of a token; empty for the end of the file, which has no character. */
  static Span of(Token token) {
    return new Span(token.getLine(), token.getCharPositionInLine() + 1, length(token));
  }

  /** The end of the file, seen from the last token: an empty last line shows nothing. */
  static Span after(Token token) {
    return new Span(token.getLine(), token.getCharPositionInLine() + 1 + length(token), 0);
  }

  /** The part of a node that stands on its first line. */
  static Span of(ParserRuleContext node, TokenStream tokens) {
    return between(node.getStart(), node.getStop(), tokens);
  }

  /** The span from one token to another, as far as they stand on one line. */
  static Span between(Token first, Token last, TokenStream tokens) {
    Token end = last;
    if (last.getLine() != first.getLine()) {
      end = first;
      Token next = first;
      while (next.getLine() == first.getLine()) {
        end = next.getChannel() == Token.DEFAULT_CHANNEL ? next : end;
        next = tokens.get(next.getTokenIndex() + 1);
      }
    }
    int length = end.getCharPositionInLine() + length(end) - first.getCharPositionInLine();
    return new Span(first.getLine(), first.getCharPositionInLine() + 1, length);
  }

  /** Only a comment goes over several lines, and an unclosed one is shown by its opening. */
  private static int length(Token token) {
    if (token.getType() == Token.EOF) {
      return 0;
    }
    int length = token.getStopIndex() - token.getStartIndex() + 1;
    return token.getText().startsWith("/*") ? Math.min(length, 2) : length;
  }
}
