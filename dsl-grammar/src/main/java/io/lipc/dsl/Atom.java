package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * A token or a comment with what its layout depends on. The layout keeps these properties of
 * comments, so that it finds them again in its own result.
 *
 * @param type of the token
 * @param text of the token
 * @param startsLine whether nothing stands before it on its line
 * @param endsLine whether nothing stands after it on its last line
 * @param afterBlank whether an empty line stands before it
 * @param isSign whether it is the sign of a number
 */
record Atom(
    int type,
    String text,
    boolean startsLine,
    boolean endsLine,
    boolean afterBlank,
    boolean isSign) {

  /** The atoms of a text without the end of the file. */
  static List<Atom> all(List<Token> tokens) {
    List<Atom> atoms = new ArrayList<>(tokens.size());
    int line = 0;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      Token next = tokens.get(i + 1);
      int lastLine = token.getLine() + (int) token.getText().chars().filter(c -> c == '\n').count();
      atoms.add(
          new Atom(
              token.getType(),
              token.getText(),
              token.getLine() > line,
              next.getLine() > lastLine || next.getType() == Token.EOF,
              i > 0 && token.getLine() > line + 1,
              isSign(token, tokens, i + 1)));
      line = lastLine;
    }
    return atoms;
  }

  /** No number is an operand of a sum. */
  private static boolean isSign(Token token, List<Token> tokens, int after) {
    if (token.getType() != LipSyntaxLexer.PLUS) {
      return token.getType() == LipSyntaxLexer.MINUS;
    }
    int next = after;
    while (tokens.get(next).getChannel() != Token.DEFAULT_CHANNEL) {
      next++;
    }
    int type = tokens.get(next).getType();
    return type == LipSyntaxLexer.INTEGER || type == LipSyntaxLexer.DECIMAL;
  }

  boolean is(int tokenType) {
    return type == tokenType;
  }

  boolean isComment() {
    return is(LipSyntaxLexer.COMMENT) || isLineComment();
  }

  boolean isLineComment() {
    return is(LipSyntaxLexer.LINE_COMMENT);
  }

  boolean isDocComment() {
    return is(LipSyntaxLexer.COMMENT) && text.startsWith("/**");
  }

  boolean hasLines() {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }

  /** Whether it is a comment that shares its line with nothing. */
  boolean isAlone() {
    return isComment() && startsLine && (endsLine || isLineComment() || hasLines());
  }

  /** In columns. */
  int width() {
    return isLineComment() ? 0 : text.codePointCount(0, text.length());
  }

  /** Whether it is an operator that a long expression is broken before. */
  boolean isOperator() {
    return is(LipSyntaxLexer.PIPE) || (is(LipSyntaxLexer.PLUS) && !isSign);
  }

  /** Whether a blank stands between two neighbours on a line. */
  static boolean blankBetween(Atom left, Atom right) {
    return switch (right.type) {
      case LipSyntaxLexer.COMMA,
          LipSyntaxLexer.SEMICOLON,
          LipSyntaxLexer.CLOSE,
          LipSyntaxLexer.CLOSE_BRACKET,
          LipSyntaxLexer.COLON,
          LipSyntaxLexer.DOT ->
          false;
      case LipSyntaxLexer.OPEN ->
          left.isComment()
              || left.isOperator()
              || left.is(LipSyntaxLexer.EQUALS)
              || left.is(LipSyntaxLexer.COMMA)
              || left.is(LipSyntaxLexer.RETURN);
      case LipSyntaxLexer.OPEN_BRACKET ->
          left.isComment()
              || left.is(LipSyntaxLexer.IN)
              || left.is(LipSyntaxLexer.EQUALS)
              || left.is(LipSyntaxLexer.COMMA);
      case LipSyntaxLexer.COMMENT, LipSyntaxLexer.LINE_COMMENT -> true;
      default ->
          !left.isSign
              && !left.is(LipSyntaxLexer.OPEN)
              && !left.is(LipSyntaxLexer.OPEN_BRACKET)
              && !left.is(LipSyntaxLexer.DOT);
    };
  }
}
