package io.lipc.queries;

import io.lipc.formats.Quoted;
import io.lipc.queries.Token.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** Reads arithmetic expressions, without recursion: texts may nest them 10,000 deep. */
final class ExpressionReader {

  /** As the grammar, and with an exponent; a leading 0 would be the sign of an octal number. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,4})?");

  private final Tokens tokens;
  private final Scope scope;
  private long terms;

  ExpressionReader(Tokens tokens, Scope scope) {
    this.tokens = tokens;
    this.scope = scope;
  }

  /** An operation of which the operands are read. */
  private static final class Operation {
    final Token operator;
    Linear value;
    int operands;

    Operation(Token operator) {
      this.operator = operator;
      value = Linear.constant(operator.isWord("*") ? BigDecimal.ONE : BigDecimal.ZERO);
    }
  }

  Linear read() throws IOException, QueryException {
    Deque<Operation> open = new ArrayDeque<>();
    while (true) {
      if (tokens.skips(Kind.OPEN)) {
        open.push(new Operation(operator()));
        continue;
      }
      Linear done = leaf();
      while (!open.isEmpty()) {
        combine(open.element(), done);
        if (!tokens.skips(Kind.CLOSE)) {
          break;
        }
        done = closed(open.pop());
      }
      if (open.isEmpty()) {
        return done;
      }
    }
  }

  private Token operator() throws IOException, QueryException {
    Token operator = tokens.take(Kind.WORD, "`+`, `-` or `*`");
    if (!operator.isWord("+") && !operator.isWord("-") && !operator.isWord("*")) {
      throw operator.fault(
          QueryFault.OPERATOR, operator.words() + " is no arithmetic operator", "`+`, `-` or `*`");
    }
    return operator;
  }

  private void combine(Operation operation, Linear operand) throws QueryException {
    Place place = operation.operator.place();
    if (operation.operator.isWord("*")) {
      spend(Math.max(operation.value.size(), operand.size()), place);
      operation.value = operation.value.times(operand, place);
    } else {
      if (operation.operator.isWord("-") && operation.operands > 0) {
        subtract(operation.value, operand, place);
      } else {
        spend(operation.value.add(operand, place), place);
      }
    }
    operation.operands++;
  }

  private Linear closed(Operation operation) throws QueryException {
    if (operation.operator.isWord("-") && operation.operands == 1) {
      spend(operation.value.size(), operation.operator.place());
      operation.value.negate();
    }
    return operation.value;
  }

  /** Subtracts {@code right}, which is used up, from {@code left}. */
  void subtract(Linear left, Linear right, Place place) throws QueryException {
    spend(right.size(), place);
    right.negate();
    spend(left.add(right, place), place);
  }

  /** How many terms were added or multiplied until now. */
  long terms() {
    return terms;
  }

  /**
   * Counts the terms of variables that an operation changes. An atom of {@code n} terms takes at
   * least {@code n - 1} for their sum, and one more for each coefficient other than 1. Its
   * canonical text takes no more than that, so the reader accepts it when it has accepted the
   * query. Operations on constants are not counted: the characters of a text limit them.
   */
  private void spend(int count, Place place) throws QueryException {
    terms += count;
    if (terms > Limits.TERMS) {
      throw Limits.exceeded(place, "terms in its expressions", Limits.TERMS);
    }
  }

  private Linear leaf() throws IOException, QueryException {
    Token word = tokens.take(Kind.WORD, "an arithmetic expression");
    char first = word.text().charAt(0);
    boolean name = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    return name ? scope.variable(word, tokens) : Linear.constant(number(word));
  }

  private BigDecimal number(Token word) throws QueryException {
    if (!NUMBER.matcher(word.text()).matches()) {
      throw word.fault(
          QueryFault.NUMBER, word.words() + " is no number", "a number such as `-0.5` or `2e-3`");
    }
    String exponent = Exponent.name(word.text());
    if (scope.isDeclared(exponent)) {
      throw word.fault(
          QueryFault.NUMBER,
          "the exponent of "
              + word.words()
              + " may be the declared "
              + Quoted.code(exponent)
              + ", as the grammar of the standard has no exponents",
          "a number without an exponent, or another name");
    }
    return Limits.within(new BigDecimal(word.text()).stripTrailingZeros(), word.place());
  }
}
