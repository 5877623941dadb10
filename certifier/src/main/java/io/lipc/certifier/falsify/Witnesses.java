package io.lipc.certifier.falsify;

import io.lipc.certificate.query.Condition;
import io.lipc.certificate.query.Condition.Atom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Searches for an input that satisfies a query: from some inputs it steps along the sign of the
 * slopes of the comparison that is farthest from being true.
 */
public final class Witnesses {

  /** The most products: some seconds, so that what is found hangs on no clock. */
  private static final long PRODUCTS = 1_000_000_000;

  private static final int MOST_STARTS = 100;
  private static final int STEPS = 25;

  /** The first step, by the width of a side. */
  private static final double FIRST = 0.25;

  /** Each step by the one before. */
  private static final double SHORTER = 0.85;

  private final Program program;
  private final Condition condition;
  private final Predicate<double[]> isMet;
  private final InputRegion region;
  private final List<Atom> sides;

  private Witnesses(Program program, Condition condition, Predicate<double[]> isMet) {
    this.program = program;
    this.condition = condition;
    this.isMet = isMet;
    this.region = InputRegion.of(program);
    this.sides = sides(condition);
  }

  /**
   * An input that satisfies a query; empty if none is found with little work.
   *
   * @param program of the network and the forms of the query
   * @param isMet whether an input satisfies the query, with every rounding paid for
   */
  public static Optional<double[]> search(
      Program program, Condition condition, Predicate<double[]> isMet, long seed) {
    return new Witnesses(program, condition, isMet).search(new Random(seed));
  }

  private Optional<double[]> search(Random random) {
    long perStart = Math.max(1, program.products() * 2L * STEPS);
    long starts = Math.clamp(PRODUCTS / perStart, 1, MOST_STARTS);
    for (int start = 0; start < starts; start++) {
      double[] from = start == 0 ? region.middle() : region.sample(random);
      // Every second start follows one alternative, and not that which is nearest.
      Optional<double[]> found = climbed(from, start % 2 == 0 ? -1 : start / 2);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<double[]> climbed(double[] from, int alternative) {
    double[] x = within(from);
    double step = FIRST;
    for (int i = 0; i < STEPS; i++) {
      Linearisation at = new Linearisation(program, x);
      Distance distance = Distance.of(condition, x, at.output(), alternative);
      if (distance.value <= 0 && isMet.test(x)) {
        return Optional.of(x);
      }
      if (distance.atom.isEmpty() || distance.atom.get().element().unit() == 0) {
        return Optional.empty();
      }
      double[] covector = new double[at.output().length];
      covector[distance.atom.get().element().number()] = distance.sign;
      x = moved(x, at.transposedTimes(covector), step);
      step *= SHORTER;
    }
    return Optional.empty();
  }

  /** The input, moved against the signs of slopes by a share of each side of the box. */
  private double[] moved(double[] x, double[] slopes, double share) {
    double[] direction = new double[x.length];
    Arrays.setAll(direction, i -> -Math.signum(slopes[i]) * region.width(i));
    return within(region.moved(x, direction, share));
  }

  /** The nearest input in the box of the query, whose ends need not be doubles. */
  private double[] within(double[] x) {
    double[] inside = x.clone();
    for (Atom side : sides) {
      int i = side.element().number();
      inside[i] =
          switch (side.comparison()) {
            case LESS -> Math.min(inside[i], Math.nextDown(side.up()));
            case AT_MOST -> Math.min(inside[i], side.down());
            case GREATER -> Math.max(inside[i], Math.nextUp(side.down()));
            case AT_LEAST -> Math.max(inside[i], side.up());
            case EQUAL -> side.down();
            case UNEQUAL -> inside[i];
          };
    }
    return inside;
  }

  /** The comparisons of one input that have to be true. */
  private static List<Atom> sides(Condition condition) {
    return switch (condition) {
      case Condition.All(List<Condition> members) ->
          members.stream()
              .filter(Atom.class::isInstance)
              .flatMap(member -> sides(member).stream())
              .toList();
      case Condition.Any _ -> List.of();
      case Atom atom -> atom.element().unit() == 0 ? List.of(atom) : List.of();
    };
  }

  /**
   * How far values are from satisfying a condition.
   *
   * @param value not positive where they satisfy it, but for roundings
   * @param atom the comparison that has this value; empty where none has
   * @param sign 1 where the atom's element has to fall, -1 where it has to rise
   */
  private record Distance(double value, Optional<Atom> atom, int sign) {

    static final Comparator<Distance> BY_VALUE = Comparator.comparingDouble(Distance::value);

    /**
     * The distance of a condition.
     *
     * @param alternative the number of the member of each disjunction that counts, as often as it
     *     has members less; negative for the nearest one
     */
    static Distance of(Condition condition, double[] x, double[] forms, int alternative) {
      return switch (condition) {
        case Condition.All(List<Condition> members) ->
            members.stream()
                .map(member -> of(member, x, forms, alternative))
                .max(BY_VALUE)
                .orElse(new Distance(Double.NEGATIVE_INFINITY, Optional.empty(), 1));
        case Condition.Any(List<Condition> members) when alternative >= 0 && !members.isEmpty() ->
            of(members.get(alternative % members.size()), x, forms, alternative);
        case Condition.Any(List<Condition> members) ->
            members.stream()
                .map(member -> of(member, x, forms, alternative))
                .min(BY_VALUE)
                .orElse(new Distance(Double.POSITIVE_INFINITY, Optional.empty(), 1));
        case Atom atom ->
            of(atom, (atom.element().unit() == 0 ? x : forms)[atom.element().number()]);
      };
    }

    private static Distance of(Atom atom, double value) {
      Distance above = new Distance(value - atom.down(), Optional.of(atom), 1);
      Distance below = new Distance(atom.up() - value, Optional.of(atom), -1);
      return switch (atom.comparison()) {
        case LESS, AT_MOST -> above;
        case GREATER, AT_LEAST -> below;
        case EQUAL -> above.value > below.value ? above : below;
        case UNEQUAL -> above.value < below.value ? above : below;
      };
    }
  }
}
