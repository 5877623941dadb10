package io.lipc.queries;

import java.math.BigDecimal;
import java.util.List;

/**
 * A formula over the elements of declared tensors, as its text nests it: no normal form is made,
 * and {@code or} is never distributed over {@code and}. Only what says the same is joined: {@code
 * (and (and a b) c)} is {@code (and a b c)}, and {@code (or a)} is {@code a}. Connectives therefore
 * alternate. They change at most 200 times on the way to an atom, so at most 201 are nested, and
 * recursive methods may read a formula.
 */
public sealed interface Formula {

  /** True if all members are. */
  record And(List<Formula> members) implements Formula {
    public And {
      members = List.copyOf(members);
    }
  }

  /** True if a member is. */
  record Or(List<Formula> members) implements Formula {
    public Or {
      members = List.copyOf(members);
    }
  }

  /**
   * {@code sum of terms COMPARISON bound}, in exact arithmetic. The standard leaves it open how an
   * expression of floats is rounded: here it is not, and only the values of elements are floats.
   * Also a decimal is itself here, where it may mean the nearest float of the elements' type: a
   * proof about floats has to cover both readings.
   *
   * @param terms have coefficients other than 0 and each another element, in the elements' order;
   *     none if all elements of the text cancel
   * @param bound has no trailing zeros, as the coefficients
   */
  record Atom(List<Term> terms, Comparison comparison, BigDecimal bound) implements Formula {
    public Atom {
      terms = List.copyOf(terms);
      bound = bound.stripTrailingZeros();
    }
  }

  /** {@code coefficient * element}. */
  record Term(BigDecimal coefficient, Element element) {
    public Term {
      coefficient = coefficient.stripTrailingZeros();
    }
  }
}
