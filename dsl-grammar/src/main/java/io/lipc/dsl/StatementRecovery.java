package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser;
import io.lipc.dsl.syntax.LipSyntaxParser.BodyContext;
import io.lipc.dsl.syntax.LipSyntaxParser.FileContext;
import io.lipc.dsl.syntax.LipSyntaxParser.HeaderContext;
import io.lipc.dsl.syntax.LipSyntaxParser.ImportedContext;
import io.lipc.dsl.syntax.LipSyntaxParser.NetworkContext;
import io.lipc.dsl.syntax.LipSyntaxParser.StatementContext;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * One finding per syntax fault. ANTLR's own strategy inserts and deletes tokens until the text fits
 * and so reports what follows from a fault as further faults. Here a fault ends the statement that
 * it stands in, or the head of the network, and parsing goes on behind it.
 */
final class StatementRecovery extends DefaultErrorStrategy {

  private final Problems problems;
  private int lastFault = -1;

  StatementRecovery(Problems problems) {
    this.problems = problems;
  }

  @Override
  public void reportError(Parser parser, RecognitionException fault) {
    if (inErrorRecoveryMode(parser)) {
      return;
    }
    beginErrorCondition(parser);
    TextFinding finding = new SyntaxFault((LipSyntaxParser) parser, fault).describe();
    problems.add(finding.span(), finding.diagnostic());
    lastFault = parser.getCurrentToken().getTokenIndex();
  }

  /** Lets a fault unwind to the rule that it can be mended in, and skips what is lost there. */
  @Override
  public void recover(Parser parser, RecognitionException fault) {
    switch (parser.getContext()) {
      case StatementContext _ -> skipStatement(parser, fault);
      case HeaderContext _, ImportedContext _ -> skipToImport(parser);
      case NetworkContext _, FileContext _ -> skipToNetwork(parser);
      default -> throw fault;
    }
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  /**
   * Called where a list may go on or end. A token that allows neither is reported here, with both
   * possibilities; where the rule itself may end, its caller knows better what is expected.
   */
  @Override
  public void sync(Parser parser) {
    if (inErrorRecoveryMode(parser) && !(parser.getContext() instanceof BodyContext)) {
      return;
    }
    while (!canGoOn(parser)) {
      RecognitionException fault = new InputMismatchException(parser);
      switch (parser.getContext()) {
        case BodyContext _ when !endsStatement(parser.getInputStream().LA(1)) -> {
          reportError(parser, fault);
          skipStatement(parser, fault);
        }
        case FileContext file -> {
          if (!followsFaultyNetwork(file)) {
            reportError(parser, fault);
          }
          skipToNetwork(parser);
        }
        default -> throw fault;
      }
    }
  }

  private static boolean canGoOn(Parser parser) {
    ATNState state = parser.getATN().states.get(parser.getState());
    IntervalSet expected = parser.getATN().nextTokens(state);
    return expected.contains(parser.getInputStream().LA(1)) || expected.contains(Token.EPSILON);
  }

  /**
   * Whether the text follows a network that was cut short by a fault, and so is part of that fault.
   */
  private boolean followsFaultyNetwork(FileContext file) {
    return !file.network().isEmpty()
        && file.network().getLast().getStart().getTokenIndex() <= lastFault;
  }

  private void skipStatement(Parser parser, RecognitionException fault) {
    if (onlySemicolonIsMissing(parser, fault)) {
      endErrorCondition(parser);
      return;
    }
    int next = parser.getInputStream().LA(1);
    while (next != LipSyntaxParser.SEMICOLON && !endsStatement(next)) {
      parser.consume();
      next = parser.getInputStream().LA(1);
    }
    if (next == LipSyntaxParser.SEMICOLON) {
      parser.consume();
      endErrorCondition(parser);
    }
  }

  /** The next statement begins where the semicolon was expected, so nothing has to be skipped. */
  private static boolean onlySemicolonIsMissing(Parser parser, RecognitionException fault) {
    IntervalSet expected = fault.getExpectedTokens();
    if (expected == null || !expected.contains(LipSyntaxParser.SEMICOLON)) {
      return false;
    }
    return switch (parser.getInputStream().LA(1)) {
      case LipSyntaxParser.RETURN,
          LipSyntaxParser.CERTIFY,
          LipSyntaxParser.WEIGHTS,
          LipSyntaxParser.PARAMETERS,
          LipSyntaxParser.PRECISION ->
          true;
      default -> parser.getInputStream().LA(2) == LipSyntaxParser.EQUALS;
    };
  }

  private static boolean endsStatement(int token) {
    return switch (token) {
      case LipSyntaxParser.CLOSE_BRACE, LipSyntaxParser.NETWORK, Token.EOF -> true;
      default -> false;
    };
  }

  /** A line that is cut short by a fault does not take the imports below with it. */
  private void skipToImport(Parser parser) {
    int next = parser.getInputStream().LA(1);
    while (next != LipSyntaxParser.SEMICOLON
        && next != LipSyntaxParser.IMPORT
        && next != LipSyntaxParser.NETWORK
        && next != Token.EOF) {
      parser.consume();
      next = parser.getInputStream().LA(1);
    }
    if (next == LipSyntaxParser.SEMICOLON) {
      parser.consume();
    }
    endErrorCondition(parser);
  }

  private void skipToNetwork(Parser parser) {
    int next = parser.getInputStream().LA(1);
    while (next != LipSyntaxParser.NETWORK && next != Token.EOF) {
      parser.consume();
      next = parser.getInputStream().LA(1);
    }
    endErrorCondition(parser);
  }
}
