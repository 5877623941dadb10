package io.lipc.certificate.local;

import io.lipc.certificate.function.Range;
import io.lipc.certificate.local.Differences.Step;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Steps with every slope at one end of its range or the other.
 *
 * <p>An element of the derivatives is a sum over paths of products of slopes, and no element of a
 * step lies twice on a path. So as a function of one slope the derivatives are {@code A + s B}, and
 * a norm of them, or one of them, is convex in s: it takes its largest value at an end. That is so
 * of each slope, whatever the others are.
 */
final class Vertices {

  /** The most slopes that are not a single number. */
  private static final int MOST_FREE = 10;

  private Vertices() {}

  /** The property of every choice of ends, from that of each, joined for two. */
  static <T> T worst(List<Step> steps, Function<List<Step>, T> value, BinaryOperator<T> both) {
    int free =
        (int)
            steps.stream().flatMap(step -> step.slopes().stream()).filter(Vertices::isFree).count();
    Rejection.unless(free <= MOST_FREE, Reason.MALFORMED, free + " free slopes");
    return IntStream.range(0, 1 << free)
        .parallel()
        .mapToObj(choice -> value.apply(chosen(steps, choice)))
        .reduce(both)
        .orElseThrow();
  }

  private static boolean isFree(Range slope) {
    return slope.lower() < slope.upper();
  }

  /** The steps with an end for each free slope, by the bits of a number. */
  private static List<Step> chosen(List<Step> steps, int choice) {
    List<Step> chosen = new ArrayList<>();
    int left = choice;
    for (Step step : steps) {
      List<Range> slopes = new ArrayList<>();
      for (Range slope : step.slopes()) {
        double end = left % 2 == 0 ? slope.lower() : slope.upper();
        slopes.add(new Range(end, end));
        left = isFree(slope) ? left / 2 : left;
      }
      chosen.add(new Step(step.operands(), step.rows(), slopes));
    }
    return chosen;
  }
}
