package io.lipc.queries;

import io.lipc.queries.Formula.And;
import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Or;
import io.lipc.queries.Token.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads formulas, without recursion: texts may nest them 10,000 deep. */
final class FormulaReader {

  private static final String OPERATORS = "`and`, `or`, `<=`, `<`, `>=`, `>`, `==` or `!=`";

  private final Tokens tokens;
  private final ExpressionReader expressions;
  private int atoms;

  FormulaReader(Tokens tokens, Scope scope) {
    this.tokens = tokens;
    this.expressions = new ExpressionReader(tokens, scope);
  }

  /**
   * A connective of which the members are read.
   *
   * @param alternations the changes of connectives above it
   */
  private record Level(boolean conjunction, int alternations, List<Formula> members) {

    void add(Formula member) {
      switch (member) {
        case And and when conjunction -> members.addAll(and.members());
        case Or or when !conjunction -> members.addAll(or.members());
        case And _, Or _, Atom _ -> members.add(member);
      }
    }

    Formula formula() {
      if (members.size() == 1) {
        return members.getFirst();
      }
      return conjunction ? new And(members) : new Or(members);
    }
  }

  /** The conjunction of formulas. */
  static Formula conjunction(List<Formula> formulas) {
    Level level = new Level(true, 0, new ArrayList<>());
    formulas.forEach(level::add);
    return level.formula();
  }

  Formula read() throws IOException, QueryException {
    Deque<Level> open = new ArrayDeque<>();
    while (true) {
      tokens.take(Kind.OPEN, "a formula");
      Token operator = tokens.take(Kind.WORD, OPERATORS);
      if (operator.isWord("and") || operator.isWord("or")) {
        open.push(level(operator, open));
        continue;
      }
      Formula done = atom(operator);
      while (!open.isEmpty()) {
        open.element().add(done);
        if (!tokens.skips(Kind.CLOSE)) {
          break;
        }
        done = open.pop().formula();
      }
      if (open.isEmpty()) {
        return done;
      }
    }
  }

  private static Level level(Token operator, Deque<Level> open) throws QueryException {
    boolean conjunction = operator.isWord("and");
    int alternations = 0;
    if (!open.isEmpty()) {
      Level above = open.element();
      alternations = above.alternations + (above.conjunction == conjunction ? 0 : 1);
    }
    if (alternations > Limits.ALTERNATIONS) {
      throw Limits.exceeded(
          operator.place(), "changes between `and` and `or`", Limits.ALTERNATIONS);
    }
    return new Level(conjunction, alternations, new ArrayList<>());
  }

  private Atom atom(Token operator) throws IOException, QueryException {
    Comparison comparison =
        Comparison.of(operator.text())
            .orElseThrow(
                () ->
                    operator.fault(
                        QueryFault.OPERATOR,
                        operator.words() + " is no operator of formulas",
                        meant(operator.text())));
    if (++atoms > Limits.ATOMS) {
      throw Limits.exceeded(operator.place(), "comparisons", Limits.ATOMS);
    }
    Linear difference = expressions.read();
    Linear right = expressions.read();
    tokens.take(Kind.CLOSE, "`)` behind the two sides of a comparison");
    right.negate();
    difference.add(right, operator.place());
    if (!difference.hasVariables()) {
      throw operator.fault(
          QueryFault.TYPE,
          "both sides of a comparison are constants, which have no type",
          "a variable on one side");
    }
    return difference.compared(comparison);
  }

  private static String meant(String operator) {
    return switch (operator) {
      case "=" -> "`==`";
      case "=>" -> "`>=`, or `or` for an implication";
      case "=<" -> "`<=`";
      case "<>", "distinct" -> "`!=`";
      case "not" -> "the opposite comparison, as VNN-LIB has no negation";
      default -> OPERATORS;
    };
  }
}
