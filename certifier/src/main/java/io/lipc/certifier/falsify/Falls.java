package io.lipc.certifier.falsify;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.ExactNumbers;
import io.lipc.certificate.enclosure.Intervals;
import io.lipc.certificate.function.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Searches for two inputs of a box that differ in one element, where an output goes against its
 * trend, or further than it may: slopes at random inputs, then at inputs near the worst one. What
 * is found has been evaluated without a rounding that counts for it.
 */
public final class Falls {

  private static final long PRODUCTS = 60_000_000;
  private static final int MIN_POINTS = 8;
  private static final int MAX_POINTS = 2000;

  /** Places whose neighbourhood is tried. */
  private static final int CANDIDATES = 4;

  /** Distances of a pair, as powers of two relative to the side of the box. */
  private static final int[] EXPONENTS = {0, -1, -2, -4, -6, -9, -13, -18, -24};

  private final Program program;
  private final List<Limit> limits;
  private final Unit.Box box;
  private final Random random;

  private Falls(Program program, List<Limit> limits, long seed) {
    this.program = program;
    this.limits = limits;
    this.box = program.box().orElseThrow();
    this.random = new Random(seed);
  }

  /**
   * How far slopes may be against a trend. A bound of a slope is two of these, one each way.
   *
   * @param trend which slopes, and which way they should go
   * @param most not negative; 0 where the trend itself is claimed
   */
  public record Limit(Claim.Trend trend, double most) {}

  /**
   * A slope at an input.
   *
   * @param limit the limit that it is about
   * @param element the number of the element of the input
   * @param output the number of the output
   * @param slope of the output by the element; in doubles, so it proves nothing
   * @param at the input
   */
  public record Slope(Limit limit, int element, int output, double slope, List<Double> at) {

    /** How far it is from its limit, by the size of that; negative where it is beyond. */
    double along() {
      double along = limit.trend().rising() ? slope : -slope;
      return limit.most() > 0 ? 1 + along / limit.most() : along;
    }
  }

  /**
   * Two inputs that show that a claim is false.
   *
   * @param where the limit, the element and the output
   * @param pair the inputs, the one with the smaller element first
   * @param from the output at the first one, or a number between it and {@code to}
   * @param to the output at the second one, or a number between it and {@code from}
   */
  public record Counterexample(Slope where, Pair pair, double from, double to) {}

  /**
   * The result of a search.
   *
   * @param worst the slope that is most beyond its limit, or nearest to it
   * @param counterexample if there is one
   */
  public record Found(Slope worst, Optional<Counterexample> counterexample) {}

  /**
   * Searches with little work, about 0.1 s.
   *
   * @param program of a network on a box
   * @param limits of elements that it has
   */
  public static Found search(Program program, List<Limit> limits, long seed) {
    return new Falls(program, limits, seed).search();
  }

  private Found search() {
    int outputs = (int) outputs().count();
    long perPoint = Math.max(1, program.products() * (2L * outputs + 1));
    int points = Math.clamp(PRODUCTS / perPoint, MIN_POINTS, MAX_POINTS);
    List<Slope> worst = new ArrayList<>(slopes(middle()));
    for (int i = 1; i < points / 2; i++) {
      keep(worst, slopes(sample()));
    }
    double radius = 0.25;
    for (int i = points / 2; i < points; i++) {
      double before = worst.getFirst().along();
      keep(worst, slopes(near(worst.getFirst().at(), radius)));
      radius *= worst.getFirst().along() < before ? 1.2 : 0.97;
    }
    Optional<Counterexample> found =
        worst.stream()
            .filter(slope -> slope.along() < 0)
            .flatMap(this::pairs)
            .sorted(Comparator.comparingDouble(this::moved))
            .filter(pair -> moved(pair) < 0)
            .flatMap(pair -> proved(pair).stream())
            .findFirst();
    return new Found(worst.getFirst(), found);
  }

  private Stream<Integer> outputs() {
    return limits.stream().flatMap(limit -> limit.trend().outputs().stream()).distinct();
  }

  private static void keep(List<Slope> worst, List<Slope> others) {
    worst.addAll(others);
    worst.sort(Comparator.comparingDouble(Slope::along));
    worst.subList(Math.min(CANDIDATES, worst.size()), worst.size()).clear();
  }

  /** The worst slope of each limit and output at an input. */
  private List<Slope> slopes(double[] x) {
    Linearisation function = new Linearisation(program, x);
    List<Double> at = Arrays.stream(x).boxed().toList();
    List<Slope> slopes = new ArrayList<>();
    outputs()
        .forEach(
            j -> {
              double[] unit = new double[program.outputSize()];
              unit[j] = 1;
              double[] row = function.transposedTimes(unit);
              for (Limit limit : limits) {
                if (limit.trend().outputs().contains(j)) {
                  limit.trend().inputs().stream()
                      .map(i -> new Slope(limit, i, j, row[i], at))
                      .min(Comparator.comparingDouble(Slope::along))
                      .ifPresent(slopes::add);
                }
              }
            });
    return slopes;
  }

  private double[] middle() {
    double[] x = new double[program.inputSize()];
    Arrays.setAll(x, box::middle);
    return x;
  }

  /** Corners and faces as often as inner places. */
  private double[] sample() {
    double[] x = new double[program.inputSize()];
    for (int i = 0; i < x.length; i++) {
      double share = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble();
      x[i] = clamped(i, box.lower().get(i) * (1 - share) + box.upper().get(i) * share);
    }
    return x;
  }

  private double[] near(List<Double> at, double radius) {
    double[] x = new double[at.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = clamped(i, at.get(i) + radius * random.nextGaussian() * width(i));
    }
    return x;
  }

  private double width(int i) {
    return box.upper().get(i) - box.lower().get(i);
  }

  private double clamped(int i, double value) {
    return Math.clamp(value, box.lower().get(i), box.upper().get(i));
  }

  private Stream<Counterexample> pairs(Slope slope) {
    return Arrays.stream(EXPONENTS)
        .mapToObj(
            exponent -> {
              int i = slope.element();
              double half = Math.scalb(width(i), exponent) / 2;
              List<Double> first = new ArrayList<>(slope.at());
              List<Double> second = new ArrayList<>(slope.at());
              first.set(i, clamped(i, slope.at().get(i) - half));
              second.set(i, clamped(i, slope.at().get(i) + half));
              return new Counterexample(slope, new Pair(first, second), 0, 0);
            })
        .filter(one -> !one.pair().first().equals(one.pair().second()));
  }

  /** How far the output moves along its trend, and how far it may move against it, in doubles. */
  private double moved(Counterexample one) {
    Slope where = one.where();
    double moved =
        output(one.pair().second(), where.output()) - output(one.pair().first(), where.output());
    double distance =
        one.pair().second().get(where.element()) - one.pair().first().get(where.element());
    double along = where.limit().trend().rising() ? moved : -moved;
    return along + where.limit().most() * distance;
  }

  private double output(List<Double> x, int output) {
    double[] input = x.stream().mapToDouble(Double::doubleValue).toArray();
    return new Linearisation(program, input).output()[output];
  }

  /** The pair with its outputs, if they are beyond the limit, and beyond all rounding. */
  private Optional<Counterexample> proved(Counterexample one) {
    Range first = enclosed(one.pair().first(), one.where().output());
    Range second = enclosed(one.pair().second(), one.where().output());
    boolean rising = one.where().limit().trend().rising();
    double from = rising ? first.lower() : first.upper();
    double to = rising ? second.upper() : second.lower();
    Counterexample found = new Counterexample(one.where(), one.pair(), from, to);
    return isBeyond(found) ? Optional.of(found) : Optional.empty();
  }

  /** Without rounding: ends of an enclosure that are infinite say nothing. */
  private static boolean isBeyond(Counterexample found) {
    if (!Double.isFinite(found.from()) || !Double.isFinite(found.to())) {
      return false;
    }
    int i = found.where().element();
    BigDecimal distance =
        new BigDecimal(found.pair().second().get(i))
            .subtract(new BigDecimal(found.pair().first().get(i)));
    BigDecimal against = new BigDecimal(found.from()).subtract(new BigDecimal(found.to()));
    BigDecimal most = new BigDecimal(found.where().limit().most()).multiply(distance);
    boolean rising = found.where().limit().trend().rising();
    return (rising ? against : against.negate()).compareTo(most) > 0;
  }

  /** A range of the output; of an exact number, the doubles beside it. */
  private Range enclosed(List<Double> x, int output) {
    if (!Ratio.isShort(program)) {
      return program.output(new Intervals(), x.stream().map(Intervals::of).toList()).get(output);
    }
    BigDecimal exact =
        program.output(new ExactNumbers(), x.stream().map(BigDecimal::new).toList()).get(output);
    double nearest = exact.doubleValue();
    int side = Double.isFinite(nearest) ? exact.compareTo(new BigDecimal(nearest)) : 0;
    return new Range(
        side < 0 ? Math.nextDown(nearest) : nearest, side > 0 ? Math.nextUp(nearest) : nearest);
  }
}
