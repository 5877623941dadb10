package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser;
import io.lipc.dsl.syntax.LipSyntaxParser.ArgumentContext;
import io.lipc.dsl.syntax.LipSyntaxParser.ArgumentsContext;
import io.lipc.dsl.syntax.LipSyntaxParser.BodyContext;
import io.lipc.dsl.syntax.LipSyntaxParser.ContinuationContext;
import io.lipc.dsl.syntax.LipSyntaxParser.ExpressionContext;
import io.lipc.dsl.syntax.LipSyntaxParser.OperandContext;
import io.lipc.dsl.syntax.LipSyntaxParser.PipeContext;
import io.lipc.dsl.syntax.LipSyntaxParser.StatementContext;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says what a parser stumbled over in the words of the language's user. */
final class SyntaxFault {

  private final LipSyntaxParser parser;
  private final ParserRuleContext context;
  private final Token unexpected;
  private final IntervalSet expected;

  SyntaxFault(LipSyntaxParser parser, RecognitionException fault) {
    this.parser = parser;
    this.context = parser.getContext();
    this.unexpected = fault.getOffendingToken();
    this.expected = expected(parser, fault);
  }

  TextFinding describe() {
    Optional<TextFinding> misspelt = misspeltStatement();
    if (misspelt.isPresent()) {
      return misspelt.get();
    }
    Token before = parser.getTokenStream().LT(-1);
    Optional<String> help =
        ClaimHelp.of(unexpected, context, expected)
            .or(() -> SyntaxHelp.of(unexpected, before, expected));
    String shown = shown(unexpected);
    String expectation = expectation();
    return new TextFinding(
        span(),
        help.map(meaning -> Diagnostics.syntaxMeaning(shown, expectation, meaning))
            .orElseGet(() -> Diagnostics.syntax(shown, expectation, suggestion(unexpected))));
  }

  /**
   * After a look ahead of two tokens ANTLR knows the expected ones only for the first; the
   * configurations that were still possible before the fault know them for the second.
   */
  private static IntervalSet expected(LipSyntaxParser parser, RecognitionException fault) {
    IntervalSet set = new IntervalSet();
    if (fault instanceof NoViableAltException noAlternative
        && noAlternative.getDeadEndConfigs() != null) {
      for (ATNConfig config : noAlternative.getDeadEndConfigs()) {
        set.addAll(parser.getATN().nextTokens(config.state));
      }
    } else {
      set.addAll(fault.getExpectedTokens());
    }
    set.remove(Token.EPSILON);
    return set;
  }

  /** {@code retrun y;} is read as a binding without its equals sign; the fault is the word. */
  private Optional<TextFinding> misspeltStatement() {
    Token first = context.getStart();
    boolean second =
        context instanceof StatementContext
            && first.equals(parser.getTokenStream().LT(-1))
            && first.getType() == LipSyntaxParser.WORD
            && expected.contains(LipSyntaxParser.EQUALS);
    if (!second) {
      return Optional.empty();
    }
    return Words.closest(
            first.getText(), "certify", "weights", "parameters", "precision", "return", "network")
        .map(
            meant ->
                new TextFinding(
                    Spans.of(first),
                    Diagnostics.syntax(
                        shown(first), "a clause, a layer or `return`", Optional.of(meant))));
  }

  private Span span() {
    Token before = parser.getTokenStream().LT(-1);
    return unexpected.getType() == Token.EOF && before != null
        ? Spans.after(before)
        : Spans.of(unexpected);
  }

  /** A token as messages quote it. */
  static String shown(Token token) {
    String cut = Literals.shortened(token.getText());
    return switch (token.getType()) {
      case Token.EOF -> "end of file";
      case LipSyntaxParser.STRING -> "string `" + cut + "`";
      case LipSyntaxParser.UNCLOSED_STRING -> "unclosed string `" + cut + "`";
      case LipSyntaxParser.UNCLOSED_COMMENT -> "unclosed comment";
      case LipSyntaxParser.STRAY -> "character `" + cut + "`";
      default -> "`" + cut + "`";
    };
  }

  private String expectation() {
    if (unexpected.getType() == LipSyntaxParser.UNCLOSED_COMMENT) {
      return "`*/` before the end of the file";
    }
    if (unexpected.getType() == LipSyntaxParser.UNCLOSED_STRING) {
      return "a closing quote on the same line";
    }
    boolean endsNetwork =
        unexpected.getType() == LipSyntaxParser.NETWORK || unexpected.getType() == Token.EOF;
    if (endsNetwork && expected.contains(LipSyntaxParser.CLOSE_BRACE)) {
      return "`}`";
    }
    List<String> words = new ArrayList<>();
    IntervalSet rest = new IntervalSet(expected);
    if (rest.size() > 1) {
      rest.remove(Token.EOF);
    }
    describeClasses(rest, words);
    for (int type : rest.toList()) {
      words.add(literal(type));
    }
    String last = words.removeLast();
    String all = words.isEmpty() ? last : String.join(", ", words) + " or " + last;
    return mixes() ? all + " (mixing `+` and `|>` needs brackets)" : all;
  }

  private static void removeAll(IntervalSet rest, int... types) {
    for (int type : types) {
      rest.remove(type);
    }
  }

  /** The tokens that may be names, as the grammar says. */
  private IntervalSet names() {
    ATN grammar = parser.getATN();
    return grammar.nextTokens(grammar.ruleToStartState[LipSyntaxParser.RULE_name]);
  }

  /** Moves the tokens that a user knows by a common name from {@code rest} to {@code words}. */
  private void describeClasses(IntervalSet rest, List<String> words) {
    if (rest.contains(LipSyntaxParser.WORD)) {
      words.add(named(rest));
      names().toList().forEach(rest::remove);
    }
    if (rest.contains(LipSyntaxParser.DECIMAL)) {
      words.add("a number");
      removeAll(
          rest,
          LipSyntaxParser.INTEGER,
          LipSyntaxParser.DECIMAL,
          LipSyntaxParser.PLUS,
          LipSyntaxParser.MINUS);
    } else if (rest.contains(LipSyntaxParser.INTEGER)) {
      words.add("a whole number");
      rest.remove(LipSyntaxParser.INTEGER);
    }
    if (rest.contains(LipSyntaxParser.STRING)) {
      words.add("a string");
      rest.remove(LipSyntaxParser.STRING);
    }
  }

  /** The noun for an expected name, which depends on the place. */
  private String named(IntervalSet rest) {
    for (RuleContext at = context; at != null; at = at.getParent()) {
      switch (at) {
        case BodyContext _ -> {
          return "a clause, a layer";
        }
        case StatementContext _ -> {
          return "a name";
        }
        case OperandContext _, ExpressionContext _ -> {
          rest.remove(LipSyntaxParser.OPEN);
          return "a layer";
        }
        case PipeContext _ -> {
          return "an activation or another operation";
        }
        case ContinuationContext _ -> {
          rest.remove(LipSyntaxParser.OPEN);
          return "a layer";
        }
        case ArgumentContext _, ArgumentsContext _ -> {
          removeAll(
              rest,
              LipSyntaxParser.OPEN,
              LipSyntaxParser.OPEN_BRACKET,
              LipSyntaxParser.STRING,
              LipSyntaxParser.INTEGER,
              LipSyntaxParser.DECIMAL,
              LipSyntaxParser.PLUS,
              LipSyntaxParser.MINUS);
          return "an argument";
        }
        default -> {
          // A rule that says nothing; the one around it may.
        }
      }
    }
    return "a name";
  }

  private String literal(int type) {
    if (type == Token.EOF) {
      return "end of file";
    }
    String literal = parser.getVocabulary().getLiteralName(type);
    return "`" + literal.substring(1, literal.length() - 1) + "`";
  }

  /** Whether a sum goes on as a pipe or a pipe as a sum. */
  private boolean mixes() {
    boolean connects =
        unexpected.getType() == LipSyntaxParser.PIPE
            || unexpected.getType() == LipSyntaxParser.PLUS;
    return connects
        && (expected.contains(LipSyntaxParser.SEMICOLON)
            || expected.contains(LipSyntaxParser.CLOSE));
  }

  /** A keyword that was expected and nearly written. */
  private Optional<String> suggestion(Token token) {
    if (token.getType() != LipSyntaxParser.WORD) {
      return Optional.empty();
    }
    List<String> keywords = new ArrayList<>();
    for (int type : expected.toList()) {
      if (type > 0 && type <= LipSyntaxParser.SIGNS) {
        String literal = parser.getVocabulary().getLiteralName(type);
        keywords.add(literal.substring(1, literal.length() - 1));
      }
    }
    return Suggestions.closest(token.getText(), keywords);
  }
}
