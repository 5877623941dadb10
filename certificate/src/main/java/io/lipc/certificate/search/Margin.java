package io.lipc.certificate.search;

import io.lipc.certificate.function.Range;
import io.lipc.certificate.query.Condition;
import io.lipc.certificate.query.Condition.Atom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far ranges are from refuting a condition.
 *
 * @param value not positive where they refute it, by more than checkers differ in their roundings
 * @param atom the comparison that has this value; empty where none has
 * @param fromBelow whether it is the lower end of the atom's range that has to rise
 */
record Margin(double value, Optional<Atom> atom, boolean fromBelow) {

  /** The share of a range's size by which a bound has to be passed. */
  private static final double SURE = 0x1p-30;

  static final Margin REFUTED = new Margin(Double.NEGATIVE_INFINITY, Optional.empty(), false);

  private static final Margin UNKNOWN =
      new Margin(Double.POSITIVE_INFINITY, Optional.empty(), false);

  private static final Comparator<Margin> BY_VALUE = Comparator.comparingDouble(Margin::value);

  /** The margin of a condition, with ranges of the elements of all units. */
  static Margin of(Condition condition, List<List<Range>> ranges) {
    return switch (condition) {
      case Condition.All(List<Condition> members) ->
          members.stream().map(member -> of(member, ranges)).min(BY_VALUE).orElse(UNKNOWN);
      case Condition.Any(List<Condition> members) ->
          members.stream().map(member -> of(member, ranges)).max(BY_VALUE).orElse(REFUTED);
      case Atom atom -> of(atom, ranges.get(atom.element().unit()).get(atom.element().number()));
    };
  }

  /** An input is cut for what it does to forms: until it refutes a comparison, it has no margin. */
  private static Margin of(Atom atom, Range range) {
    if (atom.element().unit() == 0) {
      return atom.isRefuted(range) ? REFUTED : UNKNOWN;
    }
    Margin below = beside(atom, range, atom.up() - range.lower(), true);
    Margin above = beside(atom, range, range.upper() - atom.down(), false);
    return switch (atom.comparison()) {
      case LESS, AT_MOST -> below;
      case GREATER, AT_LEAST -> above;
      case EQUAL -> below.value < above.value ? below : above;
      case UNEQUAL -> below.value > above.value ? below : above;
    };
  }

  /** A bound that is met exactly is no matter of roundings. */
  private static Margin beside(Atom atom, Range range, double left, boolean fromBelow) {
    boolean refuted = atom.isRefuted(range);
    if (left == 0 && refuted) {
      return new Margin(0, Optional.of(atom), fromBelow);
    }
    double sure = left + SURE * (Math.abs(atom.up()) + range.magnitude());
    double value = sure <= 0 && !refuted ? Double.MIN_VALUE : sure;
    return new Margin(value, Optional.of(atom), fromBelow);
  }
}
