package io.lipc.certifier.falsify;

import io.lipc.certificate.Norms;
import io.lipc.formats.Norm;
import io.lipc.linalg.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Searches for inputs at which a function is steep: by power iterations on its Jacobian at random
 * inputs, then by steps from the steepest of them. The work is bounded by the size of the network,
 * and depends on nothing but the seed.
 */
final class SteepPlaces {

  private static final int MIN_POINTS = 6;
  private static final int MAX_POINTS = 2000;

  /** Steps of a power iteration from a random direction. */
  private static final int FIRST_STEPS = 6;

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

  private final Program program;
  private final Norms norms;
  private final InputRegion region;
  private final Random random;
  private final int points;

  private SteepPlaces(Program program, Norms norms, Random random, int points) {
    this.program = program;
    this.norms = norms;
    this.region = InputRegion.of(program);
    this.random = random;
    this.points = points;
  }

  /** Whether so many products are enough for more than the fewest points. */
  static boolean isWithin(Program program, long products) {
    return perPoint(program) * MIN_POINTS <= products;
  }

  private static long perPoint(Program program) {
    return Math.max(1, program.products() * (2L * FIRST_STEPS + 1));
  }

  /**
   * Some places, the steepest first.
   *
   * @param products how many are done at most, unless the fewest points need more
   */
  static List<Slope> find(Program program, Norms norms, long seed, long products) {
    int points = Math.clamp(products / perPoint(program), MIN_POINTS, MAX_POINTS);
    return new SteepPlaces(program, norms, new Random(seed), points).find();
  }

  private List<Slope> find() {
    List<Slope> sampled = new ArrayList<>();
    for (int i = 0; i < points / 2; i++) {
      double[] at = i == 0 ? region.middle() : region.sample(random);
      sampled.add(slope(at, randomDirection(), FIRST_STEPS));
    }
    List<Slope> starts =
        steepest(sampled.stream()).limit(points < MANY_POINTS ? 1 : STARTS).toList();
    int steps = (points - points / 2) * STEPS_PER_POINT / starts.size();
    List<Slope> climbed = starts.stream().map(start -> climbed(start, steps)).toList();
    return steepest(
            Stream.concat(steepest(climbed.stream()).limit(2), starts.stream().limit(1))
                .map(this::refined))
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
            case 0 -> randomStep(current, Math.scalb(1.0, random.nextInt(-6, 2)));
            case 1 -> alongDirection(current);
            default -> alongGradient(current);
          };
      Slope next = slope(at, current.direction, NEXT_STEPS);
      best = Slope.steeper(best, next);
      double loss = MOST_LOSS * (1 - (double) i / steps) * random.nextDouble();
      current = next.norm >= current.norm * (1 - loss) ? next : current;
      if (i % RETURNS == RETURNS - 1) {
        current = best;
      }
    }
    return best;
  }

  private double[] randomStep(Slope from, double radius) {
    double[] step = new double[region.size()];
    double size = region.box().isPresent() ? 1 : region.scale(from.at);
    for (int i = 0; i < step.length; i++) {
      step[i] = random.nextGaussian() * size * region.width(i) / 2;
    }
    return region.moved(from.at, step, radius);
  }

  /**
   * A step along the steepest direction, in which more of a rectifier's elements that contribute to
   * it are switched on.
   */
  private double[] alongDirection(Slope from) {
    double sign = random.nextBoolean() ? 1 : -1;
    return region.moved(from.at, from.direction, sign * length(norms.input(), from.at));
  }

  /**
   * A step along the gradient of {@code u' J(x) v}, whose differences are taken over a length at
   * which activations with kinks have a gradient as well.
   */
  private double[] alongGradient(Slope from) {
    double width = length(norms.input(), from.at);
    double[] gradient = pulledBack(from, width);
    Dense.addScaled(gradient, pulledBack(from, -width), -1);
    double norm = Dense.norm(gradient);
    return norm > 0 && Double.isFinite(norm)
        ? region.moved(from.at, gradient, length(Norm.L2, from.at) / norm)
        : randomStep(from, 0.5);
  }

  private double[] pulledBack(Slope from, double distance) {
    double[] at = region.moved(from.at, from.direction, distance);
    return new Linearisation(program, at).transposedTimes(from.covector);
  }

  /** A random length of a step along a vector of norm 1. */
  private double length(Norm norm, double[] at) {
    double whole =
        switch (norm) {
          case L2 -> Math.sqrt(at.length) * region.scale(at);
          case LINF -> region.scale(at);
        };
    return Math.scalb(whole, random.nextInt(-6, 2));
  }

  private double[] randomDirection() {
    double[] v = new double[region.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextGaussian();
    }
    return Steepness.along(norms.input(), v);
  }

  /** The same place, with a power iteration that goes on as long as it gains something. */
  private Slope refined(Slope slope) {
    Slope best = slope;
    double before = 0;
    int steps = Math.clamp((long) points, 2 * FIRST_STEPS, MOST_STEPS);
    for (int i = 0; i < steps && best.norm > before * (1 + 1e-14); i += FIRST_STEPS) {
      before = best.norm;
      best = Slope.steeper(best, slope(best.at, best.direction, FIRST_STEPS));
    }
    return Slope.steeper(slope(best.at, withoutTraces(best.direction), 2), best);
  }

  /** A direction of few elements, which a power iteration approaches and does not reach. */
  private static double[] withoutTraces(double[] direction) {
    double most = Arrays.stream(direction).map(Math::abs).max().orElse(0);
    return Arrays.stream(direction).map(v -> Math.abs(v) < 1e-6 * most ? 0 : v).toArray();
  }

  /**
   * Power iteration on {@code J'J}, from {@code start}; in other norms its generalisation (Boyd,
   * The power method for lp norms, 1974).
   */
  private Slope slope(double[] at, double[] start, int steps) {
    Linearisation function = new Linearisation(program, at);
    double[] direction = start;
    double[] covector = new double[program.outputSize()];
    double norm = 0;
    for (int i = 0; i < steps; i++) {
      double[] image = function.times(direction);
      norm = Steepness.norm(norms.output(), image);
      if (!(norm > 0 && Double.isFinite(norm))) {
        break;
      }
      covector = Steepness.reaching(norms.output(), image);
      double[] back = function.transposedTimes(covector);
      double length = Dense.norm(back);
      if (!(length > 0 && Double.isFinite(length))) {
        break;
      }
      direction = Steepness.along(norms.input(), back);
    }
    return new Slope(at, direction, covector, Double.isFinite(norm) ? norm : 0);
  }
}
