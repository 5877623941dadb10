package io.lipc.queries;

import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Term;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An expression as it is read: a sum of elements with coefficients, and a constant. */
final class Linear {

  private SortedMap<Element, BigDecimal> terms = new TreeMap<>();
  private BigDecimal constant;

  /** The type of the variables in the text, also of those that cancel; null if there is none. */
  private @Nullable NumberType type;

  private Linear(BigDecimal constant, @Nullable NumberType type) {
    this.constant = constant;
    this.type = type;
  }

  static Linear constant(BigDecimal value) {
    return new Linear(value, null);
  }

  static Linear variable(Element element, NumberType type) {
    Linear linear = new Linear(BigDecimal.ZERO, type);
    linear.terms.put(element, BigDecimal.ONE);
    return linear;
  }

  boolean hasVariables() {
    return type != null;
  }

  /** How many terms a product with a constant changes, beside its own constant. */
  int size() {
    return terms.size();
  }

  /** Adds {@code other}, which is used up, and gives the number of its terms that this took. */
  int add(Linear other, Place place) throws QueryException {
    if (type != null && other.type != null && type != other.type) {
      throw place.fault(
          QueryFault.TYPE,
          "one comparison has the types " + type.word() + " and " + other.type.word(),
          "elements of one type");
    }
    type = type == null ? other.type : type;
    constant = Limits.within(constant.add(other.constant), place);
    SortedMap<Element, BigDecimal> smaller = other.terms;
    if (smaller.size() > terms.size()) {
      smaller = terms;
      terms = other.terms;
    }
    for (var term : smaller.entrySet()) {
      BigDecimal sum = terms.getOrDefault(term.getKey(), BigDecimal.ZERO).add(term.getValue());
      terms.put(term.getKey(), Limits.within(sum, place));
    }
    return smaller.size();
  }

  void negate() {
    constant = constant.negate();
    terms.replaceAll((element, coefficient) -> coefficient.negate());
  }

  /** The product with {@code factor}, one of which has no variables. */
  Linear times(Linear factor, Place place) throws QueryException {
    if (!factor.hasVariables()) {
      scale(factor.constant, place);
      return this;
    }
    if (hasVariables()) {
      throw place.fault(
          QueryFault.NONLINEAR,
          "two factors of this product have variables, but the theory POLY is not supported",
          "at most one factor with variables");
    }
    factor.scale(constant, place);
    return factor;
  }

  private void scale(BigDecimal factor, Place place) throws QueryException {
    constant = Limits.within(constant.multiply(factor), place);
    for (var term : terms.entrySet()) {
      term.setValue(Limits.within(term.getValue().multiply(factor), place));
    }
  }

  /** The atom that compares this sum with 0. */
  Atom compared(Comparison comparison) {
    List<Term> coefficients =
        terms.entrySet().stream()
            .filter(term -> term.getValue().signum() != 0)
            .map(term -> new Term(term.getValue(), term.getKey()))
            .toList();
    return new Atom(coefficients, comparison, constant.negate());
  }
}
