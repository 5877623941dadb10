package io.lipc.runtime.radius;

import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.signs.SignedPairs;
import io.lipc.certificate.signs.SignedPairs.SearchedPair;
import io.lipc.certificate.signs.SignedPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Radii by the signs of units' inputs, for a network whose certificate of pairs has what they rest
 * on. The form of a pair is factorised when an input asks for it, and kept while there is room.
 */
public final class SignedRadius {

  /** So many numbers are kept for the forms of pairs, 8 bytes each. */
  private static final long MAX_NUMBERS = 1 << 25;

  private record Prepared(Optional<PairForm> form, double[] lambda) {}

  private final SignedPairs pairs;
  private final int outputs;
  private final int[] kinked;
  private final Recent<Prepared> prepared;

  private SignedRadius(SignedPairs pairs, int outputs, int[] kinked, long kept) {
    this.pairs = pairs;
    this.outputs = outputs;
    this.kinked = kinked;
    this.prepared = new Recent<>(kept, this::prepare);
  }

  /**
   * The radii of a network, if they may look at signs.
   *
   * @param claim what its radii rest on, with all that it is about
   */
  public static Optional<SignedRadius> of(RadiusClaim claim) {
    return claim.pairs().flatMap(pairs -> of(pairs.subject(), pairs.outputs()));
  }

  /**
   * The radii of a network.
   *
   * @param certificate of its pairs, accepted, with all that it is about
   * @param outputs the number of its outputs
   * @return empty if signs say nothing of it, or the form of one pair is too large to keep
   */
  public static Optional<SignedRadius> of(Subject certificate, int outputs) {
    return of(certificate, outputs, MAX_NUMBERS);
  }

  /**
   * The radii of a network, in little memory.
   *
   * @param certificate of its pairs, accepted, with all that it is about
   * @param outputs the number of its outputs
   * @param most numbers that are kept for forms, 8 bytes each
   * @return empty if signs say nothing of it, or the form of one pair has more numbers
   */
  public static Optional<SignedRadius> of(Subject certificate, int outputs, long most) {
    return SignedPairs.of(certificate)
        .flatMap(
            pairs -> {
              long kept = most / size(pairs);
              return kept == 0
                  ? Optional.empty()
                  : Optional.of(new SignedRadius(pairs, outputs, kinked(pairs), kept));
            });
  }

  private static long size(SignedPairs pairs) {
    return PairForm.size(pairs.inputs(), pairs.coordinates(), pairs.constraints());
  }

  private static int[] kinked(SignedPairs pairs) {
    boolean[] kinked = pairs.searched(0).kinked();
    return IntStream.range(0, kinked.length).filter(k -> kinked[k]).toArray();
  }

  /**
   * How far an input may move before another output than the winner can be computed as the largest.
   *
   * @param x an input of the box
   * @param winner the output that is the largest there
   * @param byBound for each output, how far the input may move before it can win, by the bound of
   *     its pair
   * @param maxError no computed output differs from the exact one by more, on the whole box
   * @return rounded down; not below the least of {@code byBound}, that of the winner left out
   */
  public double of(
      double[] x, int winner, double[] byBound, double maxError, LocalOptions options) {
    long start = System.nanoTime();
    List<Integer> others =
        IntStream.range(0, outputs)
            .filter(j -> j != winner)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> byBound[j]))
            .toList();
    double least = Double.POSITIVE_INFINITY;
    SignedPoint point = pairs.at(x);
    for (int j : others) {
      if (byBound[j] >= least) {
        return least;
      }
      boolean late = options.steps() == 0 || System.nanoTime() - start >= options.nanos();
      double bySigns = late ? 0 : bySigns(point, winner, j, maxError, least, options, start);
      least = Math.min(least, Math.max(byBound[j], bySigns));
    }
    return least;
  }

  private double bySigns(
      SignedPoint point,
      int winner,
      int other,
      double maxError,
      double wanted,
      LocalOptions options,
      long start) {
    int pair = PairUnits.number(winner, other, outputs);
    Prepared ready = prepared.get(pair);
    if (ready.form().isEmpty()) {
      return 0;
    }
    // A computed margin stays positive while the exact one is above both errors.
    double spare = 2 * maxError;
    boolean first = winner < other;
    double margin = point.margin(pair, first, spare);
    if (!(margin > 0)) {
      return 0;
    }
    double target = wanted * wanted / 2 * (1 + 1e-9);
    SignedPoint.Found found =
        SignSearch.search(
            ready.form().get(),
            kinked,
            ready.lambda(),
            point,
            first ? margin : -margin,
            target,
            options.steps(),
            () -> System.nanoTime() - start >= options.nanos());
    return point.radius(pair, first, spare, found);
  }

  private Prepared prepare(int pair) {
    SearchedPair numbers = pairs.searched(pair);
    return new Prepared(PairForm.of(numbers), numbers.lambda());
  }
}
