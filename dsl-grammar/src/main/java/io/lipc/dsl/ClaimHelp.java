package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** How to write what was meant, in clauses `certify` and in intervals of inputs. */
final class ClaimHelp {

  private ClaimHelp() {}

  /**
   * How to write what was meant, where that is known.
   *
   * @param context the rule in which the fault was found
   * @param expected the tokens that could stand there
   */
  static Optional<String> of(Token unexpected, ParserRuleContext context, IntervalSet expected) {
    if (isInBox(context)) {
      return box(unexpected, expected);
    }
    return switch (unexpected.getType()) {
      case LipSyntaxParser.EQUALS ->
          when(
              expected.contains(LipSyntaxParser.AT_MOST),
              "a bound is an upper limit: `certify lipschitz <= 1;`");
      case LipSyntaxParser.IN ->
          context instanceof LipSyntaxParser.SlopesContext
              ? when(
                  expected.contains(LipSyntaxParser.AT_MOST),
                  "write the bound before the input: `certify slopes <= 0.5 in x;`")
              : when(
                  expected.contains(LipSyntaxParser.ON),
                  "write `on` before the region: `certify lipschitz <= 1 on x in [-1, 1];`");
      case LipSyntaxParser.WORD ->
          when(
              unexpected.getText().equals("and")
                  && (context instanceof LipSyntaxParser.CertifyContext
                      || context instanceof LipSyntaxParser.MonotoneContext
                      || context instanceof LipSyntaxParser.SlopesContext),
              "separate parts by commas: `on x[0] in [0, 1], x[1] in [2, 3]`");
      case LipSyntaxParser.SEMICOLON ->
          when(
                  context instanceof LipSyntaxParser.TrendContext
                      && expected.contains(LipSyntaxParser.OPEN_BRACKET),
                  ofOutput("increasing in x"))
              .or(
                  () ->
                      when(
                          context instanceof LipSyntaxParser.SlopesContext
                              && expected.contains(LipSyntaxParser.OPEN_BRACKET),
                          ofOutput("slopes <= 0.5 in x")));
      default -> Optional.empty();
    };
  }

  private static String ofOutput(String claim) {
    return "name one output by its number, `" + claim + " of y[0]`, or leave out `of` for all";
  }

  private static Optional<String> box(Token unexpected, IntervalSet expected) {
    return switch (unexpected.getType()) {
      case LipSyntaxParser.OPEN, LipSyntaxParser.INTEGER, LipSyntaxParser.DECIMAL ->
          when(
              expected.contains(LipSyntaxParser.OPEN_BRACKET),
              "write the interval in square brackets: `in [-1, 1]`");
      case LipSyntaxParser.OPEN_BRACKET ->
          when(
              !expected.contains(LipSyntaxParser.OPEN_BRACKET),
              "write one interval for all elements, `in [-1, 1]`; for different ones declare several"
                  + " inputs: `a: real[1] in [0, 1], b: real[1] in [2, 3]`");
      case LipSyntaxParser.SEMICOLON ->
          when(
              expected.contains(LipSyntaxParser.CLOSE_BRACKET),
              "write numbers with a decimal point and a comma between them: `in [5.5, 6.5]`");
      default -> Optional.empty();
    };
  }

  /** Whether the fault is in an interval, or in one of its numbers. */
  private static boolean isInBox(ParserRuleContext context) {
    return context instanceof LipSyntaxParser.BoxContext
        || context.getParent() instanceof LipSyntaxParser.BoxContext;
  }

  private static Optional<String> when(boolean meant, String help) {
    return Optional.of(help).filter(_ -> meant);
  }
}
