package io.lipc.queries;

import io.lipc.queries.Formula.And;
import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Or;
import io.lipc.queries.Tensor.Role;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A box around the inputs for which a query's formula can be true: an interval for each element of
 * each input, of all networks. It is closed, so that it also holds inputs which strict comparisons
 * exclude: the formula still has to be asked about them.
 *
 * <p>The bounds come from the atoms in one input element. A conjunction has the bounds of all its
 * members, of which the narrowest count. A disjunction has a bound only where each of its members
 * has one, and then the widest of them, so that no member bounds what another one allows. Atoms in
 * several elements, or in an output, bound nothing here.
 *
 * <p>The sides are the exact decimals of the text, also of elements that are floats. The standard
 * lets {@code 0.7} mean the nearest float there, which may lie outside. A proof about floats has to
 * widen each side to that float.
 */
public record Box(SortedMap<Element, Interval> sides) {

  /**
   * All numbers from {@code lower} to {@code upper}; none if these are in the wrong order, as those
   * of a query may be.
   */
  public record Interval(Rational lower, Rational upper) {
    /** Whether no number is inside. */
    public boolean isEmpty() {
      return lower.compareTo(upper) > 0;
    }
  }

  public Box {
    sides = Collections.unmodifiableSortedMap(new TreeMap<>(sides));
  }

  /** Whether the bounds of an element contradict each other: then no input makes the query true. */
  public boolean isEmpty() {
    return sides.values().stream().anyMatch(Interval::isEmpty);
  }

  /**
   * The box of a query.
   *
   * @throws QueryException if an element of an input has no lower or no upper bound
   */
  public static Box of(Query query) throws QueryException {
    Map<Element, Range> ranges = ranges(query.formula());
    SortedMap<Element, Interval> sides = new TreeMap<>();
    List<Tensor> tensors = query.tensors();
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      for (int j = 0; tensor.role() == Role.INPUT && j < tensor.size(); j++) {
        Element element = new Element(i, j);
        Range range = ranges.getOrDefault(element, Range.ALL);
        if (range.lower == null || range.upper == null) {
          throw unbounded(tensor.nameOf(j, query.version()), range);
        }
        sides.put(element, new Interval(range.lower, range.upper));
      }
    }
    return new Box(sides);
  }

  private static QueryException unbounded(String element, Range range) {
    String missing = range.lower == null ? "lower" : "upper";
    return new QueryException(
        QueryFault.UNBOUNDED,
        element + " has no " + missing + " bound",
        "an assertion such as `("
            + (range.lower == null ? ">= " : "<= ")
            + element
            + " 0.5)`, or one in each member of an `or`");
  }

  /** The bounds of one element that atoms state; one that is missing is null. */
  private record Range(@Nullable Rational lower, @Nullable Rational upper) {

    static final Range ALL = new Range(null, null);

    Range and(Range other) {
      return new Range(
          lower == null || other.lower == null
              ? (lower == null ? other.lower : lower)
              : Rational.greatest(lower, other.lower),
          upper == null || other.upper == null
              ? (upper == null ? other.upper : upper)
              : Rational.least(upper, other.upper));
    }

    Range or(Range other) {
      return new Range(
          lower == null || other.lower == null ? null : Rational.least(lower, other.lower),
          upper == null || other.upper == null ? null : Rational.greatest(upper, other.upper));
    }
  }

  /** The elements of which a formula says something. */
  private static Map<Element, Range> ranges(Formula formula) {
    return switch (formula) {
      case And and -> ofAll(and.members());
      case Or or -> ofAny(or.members());
      case Atom atom -> ofAtom(atom);
    };
  }

  private static Map<Element, Range> ofAll(List<Formula> members) {
    Map<Element, Range> all = new HashMap<>();
    members.forEach(
        member ->
            ranges(member).forEach((element, range) -> all.merge(element, range, Range::and)));
    return all;
  }

  private static Map<Element, Range> ofAny(List<Formula> members) {
    Map<Element, Range> any = ranges(members.getFirst());
    for (Formula member : members.subList(1, members.size())) {
      any = or(any, ranges(member));
    }
    return any;
  }

  /** The ranges of the elements that both bound; the work is that of the smaller map. */
  private static Map<Element, Range> or(Map<Element, Range> one, Map<Element, Range> other) {
    boolean isSmaller = one.size() <= other.size();
    Map<Element, Range> few = isSmaller ? one : other;
    Map<Element, Range> many = isSmaller ? other : one;
    Map<Element, Range> both = new HashMap<>();
    few.forEach(
        (element, range) -> {
          if (many.containsKey(element)) {
            both.put(element, range.or(many.get(element)));
          }
        });
    return both;
  }

  private static Map<Element, Range> ofAtom(Atom atom) {
    Map<Element, Range> ranges = new HashMap<>();
    if (atom.terms().size() == 1) {
      var term = atom.terms().getFirst();
      Rational bound = Rational.of(atom.bound(), term.coefficient());
      ranges.put(term.element(), range(atom.comparison(), bound, term.coefficient().signum() < 0));
    }
    return ranges;
  }

  /**
   * What {@code coefficient * element COMPARISON bound * coefficient} says about the element.
   *
   * @param turned whether the coefficient is negative
   */
  private static Range range(Comparison comparison, Rational bound, boolean turned) {
    Range below = new Range(null, bound);
    Range above = new Range(bound, null);
    return switch (comparison) {
      case LESS, AT_MOST -> turned ? above : below;
      case GREATER, AT_LEAST -> turned ? below : above;
      case EQUAL -> new Range(bound, bound);
      case UNEQUAL -> Range.ALL;
    };
  }
}
