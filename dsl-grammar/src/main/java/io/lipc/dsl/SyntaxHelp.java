package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Helps for constructs of other languages that this one does not have. */
final class SyntaxHelp {

  private static final String SCALE = "multiply by a constant: `x |> scale(2)`";

  private static final String BRACKETS =
      "say which comes first: `(a + b) |> relu` or `a + (b |> relu)`";

  /** Words of other languages for tensors or their elements. */
  private static final Set<String> TYPES = Set.of("float", "double", "tensor", "vector");

  /** The help for a tuple. */
  static final String ONE_OUTPUT = "a network has one output; join several: `concat(a, b)`";

  private SyntaxHelp() {}

  /**
   * How to write what was meant.
   *
   * @param before the token before the unexpected one, where there is one
   * @param expected the tokens that could stand there
   */
  static Optional<String> of(Token unexpected, @Nullable Token before, IntervalSet expected) {
    boolean ends =
        expected.contains(LipSyntaxParser.SEMICOLON)
            || expected.contains(LipSyntaxParser.OPEN_BRACE);
    boolean layer =
        expected.contains(LipSyntaxParser.WORD) && expected.contains(LipSyntaxParser.OPEN);
    if (before != null
        && before.getLine() < unexpected.getLine()
        && expected.contains(LipSyntaxParser.SEMICOLON)) {
      return Optional.of("end the statement on line " + before.getLine() + " with `;`");
    }
    return switch (unexpected.getType()) {
      case LipSyntaxParser.STRAY -> stray(unexpected.getText());
      case LipSyntaxParser.INTEGER, LipSyntaxParser.DECIMAL -> when(layer, SCALE);
      case LipSyntaxParser.PIPE, LipSyntaxParser.PLUS -> when(ends, BRACKETS);
      case LipSyntaxParser.MINUS ->
          when(ends, "to subtract, add the negative: `a + (b |> scale(-1))`");
      case LipSyntaxParser.COMMA ->
          when(
              ends
                  || (expected.contains(LipSyntaxParser.CLOSE)
                      && !expected.contains(LipSyntaxParser.COMMA)),
              ONE_OUTPUT);
      case LipSyntaxParser.OPEN -> when(isAfter(before, LipSyntaxParser.ARROW), ONE_OUTPUT);
      case LipSyntaxParser.DOT ->
          when(expected.contains(LipSyntaxParser.DECIMAL), "write a digit before the point: `0.5`");
      case LipSyntaxParser.AT_MOST ->
          isAfter(before, LipSyntaxParser.LIPSCHITZ)
              ? Optional.of("begin the clause with `certify`: `certify lipschitz <= 2;`")
              : when(
                  ends && isAfter(before, LipSyntaxParser.PAIRS),
                  "end it there: each pair has the bound that is found for it");
      case LipSyntaxParser.SEMICOLON ->
          when(
              isAfter(before, LipSyntaxParser.PAIRS) && expected.contains(LipSyntaxParser.EQUALS),
              "begin the clause with `certify`: `certify pairs;`");
      case LipSyntaxParser.WORD ->
          when(
              expected.contains(LipSyntaxParser.REAL) && TYPES.contains(unexpected.getText()),
              "tensors are `real[4]`; `precision f64;` says how they are stored");
      default -> Optional.empty();
    };
  }

  private static boolean isAfter(@Nullable Token before, int type) {
    return before != null && before.getType() == type;
  }

  private static Optional<String> stray(String text) {
    return text.equals("*")
        ? Optional.of(SCALE)
        : when(
            text.codePoints().allMatch(Character::isLetter),
            "names consist of the letters a to z and A to Z, digits and `_`");
  }

  private static Optional<String> when(boolean meant, String help) {
    return Optional.of(help).filter(_ -> meant);
  }
}
