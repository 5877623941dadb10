package io.lipc.certifier.falsify;

import io.lipc.certificate.Norms;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Late;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Searches for inputs at which a small network is steep from many places. Steepness has many local
 * maxima where activations have kinks: so the search climbs from many inputs, and half of them are
 * given up again and again. A smooth function has few, and its gradient leads to them.
 */
final class ManyClimbs {

  /** The most passes: they take about 0.1 s. */
  private static final long MOST_PASSES = 130_000;

  /** The passes without which there is no further start. */
  private static final long PASSES_PER_START = 400;

  /** The most places that are climbed from where activations have kinks. */
  private static final int STARTS = 64;

  /** The same for a smooth function. */
  private static final int SMOOTH_STARTS = 4;

  /** Steps of a power iteration from a random direction. */
  private static final int FIRST_STEPS = 2;

  /** The same where it begins with the direction of a place nearby. */
  private static final int NEXT_STEPS = 1;

  /**
   * The steps after which a power iteration that is reported is looked at, and the most of them.
   */
  private static final int MORE_STEPS = 6;

  private static final int MOST_STEPS = 60;

  /** One of so many passes is for random places. */
  private static final int SAMPLING = 4;

  /** The share of steepness that the first steps across kinks may lose. */
  private static final double MOST_LOSS = 0.1;

  /** One of so many steps on a smooth function is a random one. */
  private static final int RANDOM_STEPS = 8;

  /** Lengths of steps on a smooth function, as powers of two of the size of an input. */
  private static final int TINY = -12;

  private static final int LONGEST = 1;

  /** A step on it may be longer or shorter than the last good one by so many powers of two. */
  private static final int REACH = 3;

  private final Moves moves;
  private final InputRegion region;
  private final Random random;
  private final boolean isSmooth;
  private final long passes;

  private ManyClimbs(Program program, Norms norms, Random random, long passes) {
    this.moves = new Moves(program, norms, random);
    this.region = InputRegion.of(program);
    this.random = random;
    this.isSmooth = program.isSmooth();
    this.passes = passes;
  }

  /**
   * Two places, the steeper one first; none if there is no work or no time left for more than those
   * that are known.
   *
   * @param known places that another search has found
   * @param passes through the network that are left
   */
  static List<Slope> find(
      Program program, Norms norms, Random random, List<Slope> known, long passes) {
    if (passes < PASSES_PER_START) {
      return List.of();
    }
    Deadline half = program.deadline().part(0.5);
    try {
      return new ManyClimbs(
              new Program(program.steps(), half), norms, random, Math.min(passes, MOST_PASSES))
          .find(known);
    } catch (Late _) {
      return List.of();
    }
  }

  private List<Slope> find(List<Slope> known) {
    List<Slope> starts = new ArrayList<>(starts());
    starts.addAll(known);
    return climbed(steepest(starts.stream())).stream()
        .limit(2)
        .map(slope -> moves.refined(slope, MORE_STEPS, MOST_STEPS))
        .toList();
  }

  /**
   * The steepest of each of several equal parts of random places: the steepest of all may lie in
   * one region, where the function is linear.
   */
  private List<Slope> starts() {
    long most = isSmooth ? SMOOTH_STARTS : STARTS;
    int count = Math.clamp(passes / PASSES_PER_START, 1, (int) most);
    int each = Math.clamp(passes / SAMPLING / (2 * FIRST_STEPS + 1) / count, 1, Integer.MAX_VALUE);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                IntStream.range(0, each)
                    .mapToObj(_ -> i % 2 == 0 ? region.sample(random) : region.far(random))
                    .map(at -> moves.slope(at, moves.randomDirection(), FIRST_STEPS))
                    .reduce(Slope::steeper)
                    .orElseThrow())
        .toList();
  }

  /** Rounds of climbing, from half as many places each time; the steepest first. */
  private List<Slope> climbed(List<Slope> starts) {
    // Beside its power iteration: a gradient takes four passes, and a kink about two.
    int perStep = 2 * NEXT_STEPS + 1 + (isSmooth ? 4 : 2);
    int rounds = Integer.SIZE - Integer.numberOfLeadingZeros(starts.size());
    int steps = (int) ((passes - passes / SAMPLING) / perStep / rounds);
    List<Slope> places = starts;
    for (int left = starts.size(); left > 0; left /= 2) {
      int each = steps / left;
      places = steepest(places.stream().limit(left).map(place -> climbed(place, each)));
    }
    return places;
  }

  private static List<Slope> steepest(Stream<Slope> slopes) {
    return slopes
        .sorted(Comparator.comparingDouble((Slope slope) -> slope.norm).reversed())
        .toList();
  }

  private Slope climbed(Slope start, int steps) {
    return isSmooth ? climbedSmoothly(start, steps) : climbedAcrossKinks(start, steps);
  }

  /** Most steps cross a kink; those that lose a little are taken too, and fewer of them later. */
  private Slope climbedAcrossKinks(Slope start, int steps) {
    Slope best = start;
    Slope current = start;
    Kinks around = moves.kinks(moves.at(start.at), start);
    for (int i = 0; i < steps; i++) {
      double[] at =
          switch (i % 6) {
            case 0 -> moves.randomStep(current, moves.length());
            case 1 -> moves.alongDirection(current);
            case 2 -> moves.alongGradient(current, moves.length(), moves::length);
            default -> moves.across(around, current);
          };
      Linearisation function = moves.at(at);
      Slope next = moves.slope(function, at, current.direction, NEXT_STEPS);
      best = Slope.steeper(best, next);
      double loss = MOST_LOSS * (1 - (double) i / steps) * random.nextDouble();
      if (next.norm >= current.norm * (1 - loss)) {
        current = next;
        around = moves.kinks(function, next);
      }
    }
    return best;
  }

  /** Steps along the gradient, about as long as the last one that gained something. */
  private Slope climbedSmoothly(Slope start, int steps) {
    Slope best = start;
    int reach = -REACH;
    for (int i = 0; i < steps; i++) {
      boolean isRandom = i % RANDOM_STEPS == 0;
      int exponent = Math.clamp(reach + random.nextInt(-REACH, REACH + 1), TINY, LONGEST);
      double length = Math.scalb(random.nextDouble(0.7, 1.3), exponent);
      double[] at =
          isRandom
              ? moves.randomStep(best, moves.length())
              : moves.alongGradient(best, Math.scalb(1.0, TINY), () -> length);
      Slope next = moves.slope(at, best.direction, NEXT_STEPS);
      boolean isGain = next.norm > best.norm;
      best = isGain ? next : best;
      if (!isRandom && (isGain ? exponent != reach : exponent <= reach)) {
        // A gain says which lengths are good; a short step without one, that they are too long.
        reach = Math.max(TINY, reach + (isGain && exponent > reach ? 1 : -1));
      }
    }
    return best;
  }
}
