package io.lipc.certifier.falsify;

import io.lipc.certificate.Norms;
import io.lipc.certificate.Unit;
import io.lipc.linalg.Dense;
import io.lipc.model.LowerBound;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Searches for two inputs whose outputs are far apart: Jacobian norms at random inputs, then steps
 * to better ones. The work is bounded by the size of the network, and depends on nothing but the
 * seed.
 */
public final class LowerBounds {

  /** About 0.1 s of products. */
  public static final long PRODUCTS = 60_000_000;

  private static final int POWER_STEPS = 6;
  private static final int MIN_POINTS = 6;
  private static final int MAX_POINTS = 600;

  /** Half distances of a pair, as powers of two relative to the size of the input. */
  private static final int[] EXPONENTS = {0, -2, -4, -7, -10, -14, -18, -22};

  /** The number of pairs that are evaluated rigorously. */
  private static final int FINALISTS = 3;

  private final Program program;
  private final Norms norms;
  private final Random random;
  private final long products;

  private LowerBounds(Program program, Norms norms, long seed, long products) {
    this.program = program;
    this.norms = norms;
    this.products = products;
    this.random = new Random(seed);
  }

  /**
   * The best pair found, with its ratio rounded down.
   *
   * @param pair empty where no two outputs differed
   */
  public record Found(LowerBound bound, Optional<Pair> pair) {}

  /** A place, the direction in which the function is steepest there, and how steep. */
  private static final class Slope {
    final double[] at;
    final double[] direction;
    final double norm;

    Slope(double[] at, double[] direction, double norm) {
      this.at = at;
      this.direction = direction;
      this.norm = norm;
    }
  }

  /** Two evaluations give the ratio, so that sorting does not ask for it again. */
  private record Rated(Pair pair, double ratio) {}

  /** Searches with the usual work, about 0.1 s. */
  public static Found search(Program program, Norms norms, long seed) {
    return search(program, norms, seed, PRODUCTS);
  }

  /** Whether a search of so many products looks at more than the fewest places. */
  public static boolean isWithin(Program program, long products) {
    return perPoint(program) * MIN_POINTS <= products;
  }

  /**
   * The same search with other work.
   *
   * @param products how many are done at most, unless the fewest places need more
   */
  public static Found search(Program program, Norms norms, long seed, long products) {
    LowerBounds search = new LowerBounds(program, norms, seed, products);
    List<Slope> steepest = search.steepest();
    return steepest.stream()
        .flatMap(search::pairs)
        .map(pair -> new Rated(pair, search.ratio(pair)))
        .sorted(Comparator.comparingDouble(Rated::ratio).reversed())
        .limit(FINALISTS)
        .map(Rated::pair)
        .map(
            pair -> new Found(new LowerBound(Ratio.below(program, norms, pair)), Optional.of(pair)))
        .filter(found -> found.bound().value() > 0)
        .max(Comparator.comparingDouble(found -> found.bound().value()))
        .orElse(new Found(new LowerBound(0), Optional.empty()));
  }

  private List<Slope> steepest() {
    int points = Math.clamp(products / perPoint(program), MIN_POINTS, MAX_POINTS);
    Slope sampled = slope(sample(), randomVector());
    for (int i = 1; i < points / 2; i++) {
      sampled = steeper(sampled, slope(sample(), randomVector()));
    }
    Slope climbed = sampled;
    double radius = 0.5;
    for (int i = 0; i < points / 2; i++) {
      Slope next = slope(step(climbed.at, radius), climbed.direction);
      radius *= next.norm > climbed.norm ? 1.2 : 0.93;
      climbed = steeper(climbed, next);
    }
    return List.of(climbed, sampled);
  }

  private static long perPoint(Program program) {
    return Math.max(1, program.products() * (2L * POWER_STEPS + 1));
  }

  private static Slope steeper(Slope a, Slope b) {
    return b.norm > a.norm ? b : a;
  }

  /**
   * Power iteration on {@code J'J}, from {@code start}; in other norms its generalisation (Boyd,
   * The power method for lp norms, 1974).
   */
  private Slope slope(double[] at, double[] start) {
    Linearisation function = new Linearisation(program, at);
    double[] direction = start;
    double norm = 0;
    for (int i = 0; i < POWER_STEPS; i++) {
      double[] image = function.times(direction);
      norm = Steepness.norm(norms.output(), image);
      if (!(norm > 0 && Double.isFinite(norm))) {
        break;
      }
      double[] back = function.transposedTimes(Steepness.reaching(norms.output(), image));
      double length = Dense.norm(back);
      if (!(length > 0 && Double.isFinite(length))) {
        break;
      }
      direction = Steepness.along(norms.input(), back);
    }
    return new Slope(at, direction, Double.isFinite(norm) ? norm : 0);
  }

  private double[] sample() {
    double[] x = new double[program.inputSize()];
    double size = Math.scalb(1.0, random.nextInt(-3, 4));
    for (int i = 0; i < x.length; i++) {
      x[i] =
          program.box().isPresent()
              ? between(program.box().get(), i, random.nextDouble())
              : size * random.nextGaussian();
    }
    return x;
  }

  private double[] step(double[] from, double radius) {
    double[] x = from.clone();
    double size =
        program.box().isPresent() ? 1 : Math.max(1, Dense.norm(from)) / Math.sqrt(x.length);
    for (int i = 0; i < x.length; i++) {
      x[i] += radius * random.nextGaussian() * size * width(i) / 2;
    }
    return clamped(x);
  }

  private double[] randomVector() {
    double[] v = new double[program.inputSize()];
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextGaussian();
    }
    return Steepness.along(norms.input(), v);
  }

  /** Pairs around a place, along its direction, at several distances. */
  private Stream<Pair> pairs(Slope slope) {
    double size =
        program.box().isPresent()
            ? largestWidth() / 2
            : Math.max(1, Dense.norm(slope.at) / Math.sqrt(slope.at.length));
    return Arrays.stream(EXPONENTS)
        .mapToObj(
            exponent -> {
              double[] first = slope.at.clone();
              double[] second = slope.at.clone();
              Dense.addScaled(first, slope.direction, Math.scalb(size, exponent));
              Dense.addScaled(second, slope.direction, -Math.scalb(size, exponent));
              return new Pair(boxed(clamped(first)), boxed(clamped(second)));
            });
  }

  private double ratio(Pair pair) {
    double[] first = unboxed(pair.first());
    double[] second = unboxed(pair.second());
    double[] outputs = new Linearisation(program, first).output();
    Dense.addScaled(outputs, new Linearisation(program, second).output(), -1);
    Dense.addScaled(first, second, -1);
    double ratio = Steepness.norm(norms.output(), outputs) / Steepness.norm(norms.input(), first);
    // Equal inputs give 0 / 0. Of equal ratios the farthest pair comes first, because sorting is
    // stable: near pairs lose digits to cancellation.
    return Double.isNaN(ratio) ? 0 : ratio;
  }

  /** The largest width of all sides of the box, because the first may have no width. */
  private double largestWidth() {
    return IntStream.range(0, program.inputSize()).mapToDouble(this::width).max().orElseThrow();
  }

  private double width(int i) {
    return program.box().map(box -> box.upper().get(i) - box.lower().get(i)).orElse(2.0);
  }

  private static double between(Unit.Box box, int i, double share) {
    double value = box.lower().get(i) * (1 - share) + box.upper().get(i) * share;
    return Math.clamp(value, box.lower().get(i), box.upper().get(i));
  }

  private double[] clamped(double[] x) {
    program
        .box()
        .ifPresent(
            box -> {
              for (int i = 0; i < x.length; i++) {
                x[i] = Math.clamp(x[i], box.lower().get(i), box.upper().get(i));
              }
            });
    return x;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double[] unboxed(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
