package io.lipc.certifier.falsify;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Searches for an input of a box at which an output leaves a range: from some inputs it steps along
 * the sign of the output's slopes, to where the output is largest, or smallest. What is found has
 * been evaluated with every rounding paid for.
 */
public final class Heights {

  /** The most products: some 0.1 s, so that what is found hangs on no clock. */
  private static final long PRODUCTS = 100_000_000;

  private static final int MOST_STARTS = 8;
  private static final int STEPS = 24;

  /** The first step, by the width of a side; steps get shorter evenly. */
  private static final double FIRST = 0.5;

  private final Subject network;
  private final Program program;
  private final Claim.Range range;
  private final InputRegion region;

  private Heights(Subject network, Program program, Claim.Range range) {
    this.network = network;
    this.program = program;
    this.range = range;
    this.region = InputRegion.of(program);
  }

  /**
   * An input at which an output leaves a range.
   *
   * @param output its number
   * @param value its range there, which has no number in common with the one that is left
   */
  public record Left(int output, Range value, List<Double> input) {}

  /**
   * Searches with little work; empty if none is found.
   *
   * @param network with a box and all weights, its own and those of what it calls
   * @param program of the same
   */
  public static Optional<Left> search(
      Subject network, Program program, Claim.Range range, long seed) {
    return new Heights(network, program, range).search(new Random(seed));
  }

  private Optional<Left> search(Random random) {
    int outputs = network.certificate().outputSize();
    long perStart = Math.max(1, program.products() * 2L * STEPS * 2 * outputs);
    int starts = Math.clamp(PRODUCTS / perStart, 1, MOST_STARTS);
    for (int start = 0; start < starts; start++) {
      double[] from = start == 0 ? region.middle() : region.sample(random);
      for (int output = 0; output < outputs; output++) {
        for (int sign : List.of(1, -1)) {
          Optional<Left> found = left(output, climbed(from, output, sign));
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The input at which sign times the output was largest. */
  private double[] climbed(double[] from, int output, int sign) {
    double[] x = from.clone();
    double[] best = x;
    double height = Double.NEGATIVE_INFINITY;
    for (int step = 0; step <= STEPS; step++) {
      Linearisation at = new Linearisation(program, x);
      double reached = sign * at.output()[output];
      if (reached > height) {
        height = reached;
        best = x;
      }
      double[] covector = new double[at.output().length];
      covector[output] = sign;
      x = moved(x, at.transposedTimes(covector), FIRST * (1 - (double) step / STEPS));
    }
    return best;
  }

  /** The input, moved along the signs of slopes by a share of each side of the box. */
  private double[] moved(double[] x, double[] slopes, double share) {
    double[] direction = new double[x.length];
    Arrays.setAll(direction, i -> Math.signum(slopes[i]) * region.width(i));
    return region.moved(x, direction, share);
  }

  private Optional<Left> left(int output, double[] x) {
    List<Range> point = Arrays.stream(x).mapToObj(value -> new Range(value, value)).toList();
    Range value = OutputRanges.ofUnits(network, point).getLast().get(output);
    boolean left = value.lower() > range.upper() || value.upper() < range.lower();
    return left
        ? Optional.of(new Left(output, value, Arrays.stream(x).boxed().toList()))
        : Optional.empty();
  }
}
