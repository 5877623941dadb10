package io.lipc.certifier.falsify;

import io.lipc.certificate.Norms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Searches for inputs at which a function is steep: by power iterations on its Jacobian at random
 * inputs, then by steps from the steepest of them, then by {@link ManyClimbs} if the network is so
 * small that work is left. The work is bounded by the size of the network, and depends on nothing
 * but the seed.
 */
final class SteepPlaces {

  private static final int MIN_POINTS = 6;
  private static final int MAX_POINTS = 2000;

  /** Steps of a power iteration from a random direction. */
  private static final int FIRST_STEPS = 6;

  /** The passes through the network at a point. */
  private static final long PASSES = 2L * FIRST_STEPS + 1;

  /** The time of a pass that does not depend on the size of the network, in products. */
  private static final int PASS = 1600;

  /** The same where it begins with the direction of a place nearby. */
  private static final int NEXT_STEPS = 2;

  /** The same where it ends with what is reported, as far as the work allows. */
  private static final int MOST_STEPS = 60;

  /** With more than so many points, several places are climbed from. */
  private static final int MANY_POINTS = 60;

  private static final int STARTS = 3;

  /** The share of steepness that the first steps may lose. */
  private static final double MOST_LOSS = 0.1;

  /** After so many steps the search goes on from the steepest place. */
  private static final int RETURNS = 60;

  /** A step costs about half a point, because its power iteration is shorter. */
  private static final int STEPS_PER_POINT = 2;

  private final Moves moves;
  private final InputRegion region;
  private final Random random;
  private final int points;

  private SteepPlaces(Program program, Norms norms, Random random, int points) {
    this.moves = new Moves(program, norms, random);
    this.region = InputRegion.of(program);
    this.random = random;
    this.points = points;
  }

  /** Whether so many products are enough for more than the fewest points. */
  static boolean isWithin(Program program, long products) {
    return perPoint(program) * MIN_POINTS <= products;
  }

  private static long perPoint(Program program) {
    return Math.max(1, program.products() * PASSES);
  }

  /**
   * Some places, the steepest of each of two searches first.
   *
   * @param products how many each search does at most, unless the fewest points need more
   */
  static List<Slope> find(Program program, Norms norms, long seed, long products) {
    int points = Math.clamp(products / perPoint(program), MIN_POINTS, MAX_POINTS);
    Random random = new Random(seed);
    List<Slope> found = new ArrayList<>(new SteepPlaces(program, norms, random, points).find());
    if (points == MAX_POINTS) {
      found.addAll(ManyClimbs.find(program, norms, random, found, products / perPass(program)));
    }
    return found;
  }

  /** A pass through a tiny network takes the time of more products than it has. */
  private static long perPass(Program program) {
    return program.products() + PASS;
  }

  private List<Slope> find() {
    List<Slope> sampled = new ArrayList<>();
    for (int i = 0; i < points / 2; i++) {
      double[] at = i == 0 ? region.middle() : region.sample(random);
      sampled.add(moves.slope(at, moves.randomDirection(), FIRST_STEPS));
    }
    List<Slope> starts =
        steepest(sampled.stream()).limit(points < MANY_POINTS ? 1 : STARTS).toList();
    int steps = (points - points / 2) * STEPS_PER_POINT / starts.size();
    List<Slope> climbed = starts.stream().map(start -> climbed(start, steps)).toList();
    int most = Math.clamp((long) points, 2 * FIRST_STEPS, MOST_STEPS);
    return steepest(
            Stream.concat(steepest(climbed.stream()).limit(2), starts.stream().limit(1))
                .map(slope -> moves.refined(slope, FIRST_STEPS, most)))
        .toList();
  }

  private static Stream<Slope> steepest(Stream<Slope> slopes) {
    return slopes.sorted(Comparator.comparingDouble((Slope slope) -> slope.norm).reversed());
  }

  /**
   * Steps of three kinds from a place. Where activations have kinks, steepness is constant in each
   * region: so steps to places that are a little less steep are taken too, and fewer of them later.
   */
  private Slope climbed(Slope start, int steps) {
    Slope best = start;
    Slope current = start;
    for (int i = 0; i < steps; i++) {
      double[] at =
          switch (i % 3) {
            case 0 -> moves.randomStep(current, moves.length());
            case 1 -> moves.alongDirection(current);
            default -> moves.alongGradient(current, moves.length(), moves::length);
          };
      Slope next = moves.slope(at, current.direction, NEXT_STEPS);
      best = Slope.steeper(best, next);
      double loss = MOST_LOSS * (1 - (double) i / steps) * random.nextDouble();
      current = next.norm >= current.norm * (1 - loss) ? next : current;
      if (i % RETURNS == RETURNS - 1) {
        current = best;
      }
    }
    return best;
  }
}
