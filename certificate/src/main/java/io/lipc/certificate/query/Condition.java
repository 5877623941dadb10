package io.lipc.certificate.query;

import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.function.Range;
import io.lipc.queries.Comparison;
import io.lipc.queries.Rational;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A query's formula, whose comparisons are about single elements of the units of a network. */
public sealed interface Condition {

  /** True where all members are; where there are none, too. */
  record All(List<Condition> members) implements Condition {
    public All {
      members = List.copyOf(members);
    }
  }

  /** True where a member is; where there are none, nowhere. */
  record Any(List<Condition> members) implements Condition {
    public Any {
      members = List.copyOf(members);
    }
  }

  /**
   * A comparison of an element with a number.
   *
   * @param bound the number, exactly
   * @param down the largest double that is not above it
   * @param up the least double that is not below it
   */
  record Atom(Element element, Comparison comparison, Rational bound, double down, double up)
      implements Condition {

    Atom(Element element, Comparison comparison, Rational bound) {
      this(element, comparison, bound, bound.down(), bound.up());
    }

    /** All values of the element with which the comparison is true are within. */
    public Range allowed() {
      return switch (comparison) {
        case LESS, AT_MOST -> new Range(Double.NEGATIVE_INFINITY, up);
        case GREATER, AT_LEAST -> new Range(down, Double.POSITIVE_INFINITY);
        case EQUAL -> new Range(down, up);
        case UNEQUAL -> new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      };
    }

    /**
     * Whether the comparison is false for all values of a range. A double is above the number where
     * it is above {@code down}, and not below it where it is not below {@code up}.
     */
    public boolean isRefuted(Range value) {
      boolean isAbove = value.lower() > down;
      boolean isBelow = value.upper() < up;
      boolean isNotBelow = value.lower() >= up;
      boolean isNotAbove = value.upper() <= down;
      return switch (comparison) {
        case LESS -> isNotBelow;
        case AT_MOST -> isAbove;
        case GREATER -> isNotAbove;
        case AT_LEAST -> isBelow;
        case EQUAL -> isAbove || isBelow;
        case UNEQUAL -> isNotBelow && isNotAbove;
      };
    }

    boolean isMet(Rational value) {
      int order = value.compareTo(bound);
      return switch (comparison) {
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case GREATER -> order > 0;
        case AT_LEAST -> order >= 0;
        case EQUAL -> order == 0;
        case UNEQUAL -> order != 0;
      };
    }

    /** Whether the comparison is true for all values of a range. */
    boolean isMet(Range value) {
      return switch (comparison) {
        case LESS -> value.upper() < up;
        case AT_MOST -> value.upper() <= down;
        case GREATER -> value.lower() > down;
        case AT_LEAST -> value.lower() >= up;
        case EQUAL -> value.lower() >= up && value.upper() <= down;
        case UNEQUAL -> value.lower() > down || value.upper() < up;
      };
    }
  }

  /** Whether the formula is false wherever each element is within its range. */
  default boolean isRefuted(Function<Element, Range> ranges) {
    return switch (this) {
      case All(List<Condition> members) ->
          members.stream().anyMatch(member -> member.isRefuted(ranges));
      case Any(List<Condition> members) ->
          members.stream().allMatch(member -> member.isRefuted(ranges));
      case Atom atom -> atom.isRefuted(ranges.apply(atom.element));
    };
  }

  /**
   * Whether the formula is true of an input, wherever each other element is within its range.
   *
   * @param inputs the elements of the input, exactly
   */
  default boolean isMet(List<Rational> inputs, Function<Element, Range> ranges) {
    return switch (this) {
      case All(List<Condition> members) ->
          members.stream().allMatch(member -> member.isMet(inputs, ranges));
      case Any(List<Condition> members) ->
          members.stream().anyMatch(member -> member.isMet(inputs, ranges));
      case Atom atom when atom.element.unit() == 0 -> atom.isMet(inputs.get(atom.element.number()));
      case Atom atom -> atom.isMet(ranges.apply(atom.element));
    };
  }

  /**
   * Ranges of elements in which they are wherever the formula is true: those of the comparisons
   * that have to be.
   */
  default Map<Element, Range> assumed() {
    return switch (this) {
      case All(List<Condition> members) -> {
        Map<Element, Range> all = new HashMap<>();
        for (Condition member : members) {
          // Members of an All are no Alls themselves: a query joins them.
          if (member instanceof Atom atom) {
            all.merge(atom.element, atom.allowed(), Condition::both);
          }
        }
        yield all;
      }
      case Atom atom -> Map.of(atom.element, atom.allowed());
      case Any _ -> Map.of();
    };
  }

  /** The numbers that are in both; the lower end is above the upper one where there are none. */
  private static Range both(Range one, Range other) {
    return one.and(other);
  }

  /** The number of its comparisons. */
  default long size() {
    return switch (this) {
      case All(List<Condition> members) -> members.stream().mapToLong(Condition::size).sum();
      case Any(List<Condition> members) -> members.stream().mapToLong(Condition::size).sum();
      case Atom _ -> 1;
    };
  }
}
