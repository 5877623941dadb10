package io.lipc.certifier.falsify;

import io.lipc.certificate.Norms;
import io.lipc.linalg.Dense;
import io.lipc.model.LowerBound;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Searches for two inputs whose outputs are far apart: around the places where {@link SteepPlaces}
 * finds the function steep, at several distances.
 */
public final class LowerBounds {

  /** About 0.1 s of products: what a build takes for a lower bound. */
  public static final long QUICK = 60_000_000;

  /** About 0.5 s of products: what a report takes. */
  public static final long PRODUCTS = 300_000_000;

  /** Half distances of a pair, as powers of two relative to the size of the input. */
  private static final int[] EXPONENTS = {0, -2, -4, -7, -10, -14, -18, -22};

  /** The number of pairs that are evaluated rigorously. */
  private static final int FINALISTS = 3;

  private final Program program;
  private final Norms norms;
  private final InputRegion region;

  private LowerBounds(Program program, Norms norms) {
    this.program = program;
    this.norms = norms;
    this.region = InputRegion.of(program);
  }

  /**
   * The best pair found, with its ratio rounded down.
   *
   * @param pair empty where no two outputs differed
   */
  public record Found(LowerBound bound, Optional<Pair> pair) {}

  /** Two evaluations give the ratio, so that sorting does not ask for it again. */
  private record Rated(Pair pair, double ratio) {}

  /** Searches with the work of a report. */
  public static Found search(Program program, Norms norms, long seed) {
    return search(program, norms, seed, PRODUCTS);
  }

  /** Whether a search of so many products looks at more than the fewest places. */
  public static boolean isWithin(Program program, long products) {
    return SteepPlaces.isWithin(program, products);
  }

  /**
   * The same search with other work.
   *
   * @param products how many are done at most, unless the fewest places need more; for a small
   *     network as many again
   */
  public static Found search(Program program, Norms norms, long seed, long products) {
    LowerBounds search = new LowerBounds(program, norms);
    return SteepPlaces.find(program, norms, seed, products).stream()
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

  /** Pairs around a place, along its direction, at several distances. */
  private Stream<Pair> pairs(Slope slope) {
    double size = region.scale(slope.at);
    return Arrays.stream(EXPONENTS)
        .mapToObj(
            exponent -> {
              double half = Math.scalb(size, exponent);
              return new Pair(
                  boxed(region.moved(slope.at, slope.direction, half)),
                  boxed(region.moved(slope.at, slope.direction, -half)));
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

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double[] unboxed(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
