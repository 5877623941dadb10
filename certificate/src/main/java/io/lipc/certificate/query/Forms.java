package io.lipc.certificate.query;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.queries.Comparison;
import io.lipc.queries.Formula;
import io.lipc.queries.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The linear forms of the inputs and outputs of a network that the comparisons of a formula are
 * about, without those that are one input.
 *
 * <p>{@code sum a_i v_i op b} is multiplied by the number that makes the coefficients integers
 * without a common factor, the first of them positive: then comparisons that say the same of
 * another bound have the same form, and its coefficients are doubles, exactly.
 */
final class Forms {

  /** Integers of so many bits are doubles. */
  private static final int BITS = 53;

  private final int unit;
  private final List<List<Formula.Term>> all = new ArrayList<>();

  /** The number of each form, by its text: in a map by hashes a hostile query would take years. */
  private final Map<String, Integer> numbers = new TreeMap<>();

  /**
   * No forms yet.
   *
   * @param unit the number of the unit that gives them
   */
  Forms(int unit) {
    this.unit = unit;
  }

  /**
   * The forms so far, in the order of the formula: integers of at most 53 bits with the elements
   * whose coefficients they are; tensor 0 is the input, tensor 1 the output.
   */
  List<List<Formula.Term>> all() {
    return List.copyOf(all);
  }

  /**
   * A formula as a condition on the input and on the forms, which are counted.
   *
   * @throws Rejection if a coefficient has too many digits
   */
  Condition of(Formula formula) {
    return switch (formula) {
      case Formula.And(List<Formula> members) -> new Condition.All(of(members));
      case Formula.Or(List<Formula> members) -> new Condition.Any(of(members));
      case Formula.Atom atom when atom.terms().isEmpty() -> constant(atom);
      case Formula.Atom atom -> of(atom);
    };
  }

  private List<Condition> of(List<Formula> members) {
    List<Condition> all = new ArrayList<>();
    members.forEach(member -> all.add(of(member)));
    return all;
  }

  /** {@code 0 op bound}, which is true or not. */
  private static Condition constant(Formula.Atom atom) {
    int sign = -atom.bound().signum();
    boolean isTrue =
        switch (atom.comparison()) {
          case LESS -> sign < 0;
          case AT_MOST -> sign <= 0;
          case GREATER -> sign > 0;
          case AT_LEAST -> sign >= 0;
          case EQUAL -> sign == 0;
          case UNEQUAL -> sign != 0;
        };
    return isTrue ? new Condition.All(List.of()) : new Condition.Any(List.of());
  }

  private Condition of(Formula.Atom atom) {
    int scale = atom.terms().stream().mapToInt(term -> term.coefficient().scale()).max().orElse(0);
    BigInteger divisor =
        atom.terms().stream()
            .map(term -> integer(term, scale))
            .reduce(BigInteger.ZERO, BigInteger::gcd);
    boolean turns = atom.terms().getFirst().coefficient().signum() < 0;
    BigInteger signed = turns ? divisor.negate() : divisor;
    List<Formula.Term> form =
        atom.terms().stream()
            .map(
                term ->
                    new Formula.Term(
                        new BigDecimal(integer(term, scale).divide(signed)), term.element()))
            .toList();
    Rational bound = Rational.of(atom.bound().movePointRight(scale), new BigDecimal(signed));
    return new Condition.Atom(
        element(form), turns ? turned(atom.comparison()) : atom.comparison(), bound);
  }

  private static BigInteger integer(Formula.Term term, int scale) {
    return term.coefficient().movePointRight(scale).toBigIntegerExact();
  }

  /** A form of one input has the coefficient 1. */
  private Element element(List<Formula.Term> form) {
    if (form.size() == 1 && form.getFirst().element().tensor() == 0) {
      return Element.ofInput(form.getFirst().element().index());
    }
    for (Formula.Term term : form) {
      boolean isDouble = term.coefficient().toBigInteger().bitLength() <= BITS;
      unless(isDouble, Reason.TOO_LARGE, "a coefficient of more than " + BITS + " bits");
    }
    Integer before = numbers.putIfAbsent(text(form), all.size());
    if (before == null) {
      all.add(form);
    }
    return new Element(unit, before == null ? all.size() - 1 : before);
  }

  private static String text(List<Formula.Term> form) {
    StringBuilder text = new StringBuilder();
    for (Formula.Term term : form) {
      text.append(term.coefficient().toBigInteger()).append(' ').append(term.element().tensor());
      text.append(' ').append(term.element().index()).append(',');
    }
    return text.toString();
  }

  private static Comparison turned(Comparison comparison) {
    return switch (comparison) {
      case LESS -> Comparison.GREATER;
      case AT_MOST -> Comparison.AT_LEAST;
      case GREATER -> Comparison.LESS;
      case AT_LEAST -> Comparison.AT_MOST;
      case EQUAL -> Comparison.EQUAL;
      case UNEQUAL -> Comparison.UNEQUAL;
    };
  }
}
