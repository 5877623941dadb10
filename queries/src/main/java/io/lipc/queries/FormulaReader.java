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
  private final Scope scope;
  private final ExpressionReader expressions;
  private int atoms;
  private long characters;

  FormulaReader(Tokens tokens, Scope scope) {
    this.tokens = tokens;
    this.scope = scope;
    this.expressions = new ExpressionReader(tokens, scope);
  }

  /** A number of characters that the canonical texts of all assertions do not exceed together. */
  long characters() {
    return characters;
  }

  /** How many terms were added or multiplied until now. */
  long terms() {
    return expressions.terms();
  }

  /**
   * A connective of which the members are read.
   *
   * @param alternations the changes of connectives above it
   * @param isJoined whether its members are those of the level above, which is of the same kind: so
   *     they are not copied at each bracket
   */
  private record Level(
      boolean conjunction, int alternations, boolean isJoined, List<Formula> members) {

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
    Level level = new Level(true, 0, false, new ArrayList<>());
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
      Atom atom = atom(operator);
      if (open.isEmpty()) {
        return atom;
      }
      open.element().add(atom);
      while (tokens.skips(Kind.CLOSE)) {
        Level closed = open.pop();
        if (open.isEmpty()) {
          return closed.formula();
        }
        if (!closed.isJoined) {
          open.element().add(closed.formula());
        }
      }
    }
  }

  private static Level level(Token operator, Deque<Level> open) throws QueryException {
    boolean conjunction = operator.isWord("and");
    int alternations = 0;
    if (!open.isEmpty()) {
      Level above = open.element();
      if (above.conjunction == conjunction) {
        return new Level(conjunction, above.alternations, true, above.members);
      }
      alternations = above.alternations + 1;
    }
    if (alternations > Limits.ALTERNATIONS) {
      throw Limits.exceeded(
          operator.place(), "changes between `and` and `or`", Limits.ALTERNATIONS);
    }
    return new Level(conjunction, alternations, false, new ArrayList<>());
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
    expressions.subtract(difference, right, operator.place());
    if (!difference.hasVariables()) {
      throw operator.fault(
          QueryFault.TYPE,
          "both sides of a comparison are constants, which have no type",
          "a variable on one side");
    }
    return counted(difference.compared(comparison), operator.place());
  }

  private Atom counted(Atom atom, Place place) throws QueryException {
    characters += CanonicalText.mostCharacters(atom, scope);
    Limits.checkText(characters, place);
    return atom;
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
