package io.lipc.certificate.local;

import static io.lipc.certificate.enclosure.Outward.up;
import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.local.Differences.Step;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A Lipschitz bound between any norms, and the inputs in which outputs are monotone, by ranges of a
 * network's derivatives on a box.
 *
 * <p>For each two inputs x and x' of the box there are slopes with {@code f(x) - f(x') = J (x -
 * x')}, J the derivatives with these slopes ({@link Differences}); each J_ji is in its range {@link
 * Derivatives}. Where the box is cut, the segment from x to x' is cut with it, into pieces with
 * both ends in one leaf: then J is a mean of matrices, each of which is in the ranges of a leaf.
 */
public final class Rows {

  private static final Range SIGNS = new Range(-1, 1);

  private final LongConsumer spend;

  private Rows(LongConsumer spend) {
    this.spend = spend;
  }

  /** Whether a proof rests on derivatives instead of a matrix inequality. */
  public static boolean isInvoked(Proof proof) {
    return proof.witness() instanceof PositivityWitness.Rows;
  }

  /**
   * Checks a claim that rests on derivatives.
   *
   * @param subject on its box, well formed, with all weights
   * @param spend is told how many products are taken; an exception ends it
   * @throws Rejection if they do not show it
   */
  public static void check(Subject subject, BoxTree boxes, LongConsumer spend) {
    Certificate certificate = subject.certificate();
    switch (certificate.claim()) {
      case Claim.Local(Claim.Lipschitz claim, _) -> {
        double bound = bound(subject, boxes, spend);
        unless(bound <= claim.bound(), Reason.DERIVATIVES_NOT_PROVED, "bound " + bound);
      }
      case Claim.Monotone(List<Claim.Trend> trends, _) -> {
        for (Claim.Trend trend : trends) {
          boolean fits =
              trend.inputs().getLast() < certificate.inputSize()
                  && trend.outputs().getLast() < certificate.outputSize();
          unless(fits, Reason.WRONG_SHAPE, "a trend of an element that is not there");
        }
        double against = against(subject, trends, boxes, spend);
        unless(against <= 0, Reason.DERIVATIVES_NOT_PROVED, "a slope of " + against);
      }
      case Claim.Lipschitz _, Claim.Scaled _, Claim.Pairs _, Claim.Range _ ->
          throw new Rejection(Reason.MALFORMED, "rows without a box");
    }
  }

  /**
   * A Lipschitz bound of a network on its box, rounded up; infinite or NaN where nothing is known.
   *
   * @param subject on its box, well formed, with all weights
   * @param spend is told how many products are taken; an exception ends it
   */
  public static double bound(Subject subject, BoxTree boxes, LongConsumer spend) {
    return reach(subject, boxes, spend).bound();
  }

  /**
   * How far outputs move on a box.
   *
   * <p>For two inputs x and x' of the box, {@code |f_j(x) - f_j(x')| <= sum_i L_ji |x_i - x'_i|}:
   * the difference is that sum of products {@code J_ji (x_i - x'_i)}, and each J_ji is in its
   * range, or a mean of numbers that are, each in that of a part.
   *
   * @param bound the Lipschitz bound between the norms of the claim, rounded up; infinite or NaN
   *     where nothing is known
   * @param slopes the numbers L_ji, by output and input, rounded up; infinite or NaN likewise
   */
  public record Reach(double bound, List<List<Double>> slopes) {
    public Reach {
      slopes = slopes.stream().map(List::copyOf).toList();
    }

    /** How far they move on two boxes that have a face in common. */
    private Reach and(Reach other) {
      return new Reach(
          Math.max(bound, other.bound),
          IntStream.range(0, slopes.size())
              .mapToObj(j -> larger(slopes.get(j), other.slopes.get(j)))
              .toList());
    }

    private static List<Double> larger(List<Double> row, List<Double> other) {
      return IntStream.range(0, row.size())
          .mapToObj(i -> Math.max(row.get(i), other.get(i)))
          .toList();
    }
  }

  /**
   * How far outputs of a network move on its box.
   *
   * @param subject on its box, well formed, with all weights
   * @param spend is told how many products are taken; an exception ends it
   * @throws Rejection if its derivatives are not known
   */
  public static Reach reach(Subject subject, BoxTree boxes, LongConsumer spend) {
    Rows rows = new Rows(spend);
    Norms norms = subject.certificate().inequality().norms();
    return worst(subject, boxes, leaf -> rows.reach(leaf, norms), Reach::and);
  }

  /**
   * The largest derivative against its trend, of those that a claim is about, rounded up: where it
   * is not positive, the claim is true. NaN where nothing is known.
   *
   * @param subject on its box, well formed, with all weights
   * @param spend is told how many products are taken; an exception ends it
   */
  public static double against(
      Subject subject, List<Claim.Trend> trends, BoxTree boxes, LongConsumer spend) {
    Rows rows = new Rows(spend);
    return worst(subject, boxes, leaf -> rows.against(leaf, trends), Math::max);
  }

  /** What is known of all leaves; a number that is NaN stays. */
  private static <T> T worst(
      Subject subject, BoxTree boxes, Function<Subject, T> leaf, BinaryOperator<T> both) {
    return switch (boxes) {
      case BoxTree.Leaf _ -> leaf.apply(subject);
      case BoxTree.Cut(int element, double at, BoxTree below, BoxTree above) -> {
        Unit.Box box = subject.certificate().input().box().orElseThrow();
        boolean within =
            element < box.lower().size()
                && box.lower().get(element) < at
                && at < box.upper().get(element);
        unless(within, Reason.MALFORMED, "a cut of element " + element + " at " + at);
        Unit.Box first = new Unit.Box(box.lower(), with(box.upper(), element, at));
        Unit.Box second = new Unit.Box(with(box.lower(), element, at), box.upper());
        yield both.apply(
            worst(on(subject, first), below, leaf, both),
            worst(on(subject, second), above, leaf, both));
      }
    };
  }

  private static List<Double> with(List<Double> ends, int element, double at) {
    List<Double> changed = new ArrayList<>(ends);
    changed.set(element, at);
    return changed;
  }

  private static Subject on(Subject subject, Unit.Box box) {
    Certificate certificate = subject.certificate();
    List<Unit> units = new ArrayList<>(certificate.units());
    units.set(0, new Unit.Input(certificate.input().extents(), Optional.of(box)));
    return new Subject(
        certificate.of(units), subject.digest(), subject.weights(), subject.callees());
  }

  private Reach reach(Subject subject, Norms norms) {
    List<Step> steps = Differences.of(subject, spend);
    int inputs = subject.certificate().inputSize();
    DoubleStream.Builder rows = DoubleStream.builder();
    List<List<Double>> slopes = new ArrayList<>();
    for (int j = 0; j < subject.certificate().outputSize(); j++) {
      Derivatives derivatives = new Derivatives(steps, j, spend);
      List<Range> row = IntStream.range(0, inputs).mapToObj(derivatives::ofInput).toList();
      slopes.add(row.stream().map(Range::magnitude).toList());
      rows.add(norm(derivatives, row, norms.input()));
    }
    DoubleStream all = rows.build();
    double bound = norms.output() == Norm.LINF ? all.reduce(0, Math::max) : length(all);
    return new Reach(bound, slopes);
  }

  /** The root of the sum of squares, rounded up. */
  private static double length(DoubleStream magnitudes) {
    double sum = magnitudes.reduce(0, (a, b) -> Products.highSum(a, -Products.low(-b, b)));
    return sum == 0 ? 0 : up(Math.sqrt(sum));
  }

  /**
   * How far an output moves at most where the input moves by 1. For linf that is the sum of all
   * magnitudes, which is also bounded as a whole: {@code |J_i|} is the largest {@code s J_i}, s in
   * [-1, 1], and so below a line over J_i.
   */
  private static double norm(Derivatives derivatives, List<Range> row, Norm input) {
    if (input == Norm.L2) {
      return length(row.stream().mapToDouble(Range::magnitude));
    }
    double sum = 0;
    double offsets = 0;
    double[] form = new double[row.size()];
    for (int i = 0; i < form.length; i++) {
      sum = Products.highSum(sum, row.get(i).magnitude());
      Line line = Line.above(SIGNS, row.get(i));
      form[i] = -line.slope();
      offsets = Products.highSum(offsets, line.offset());
    }
    double together = up(offsets - derivatives.leastOfInput(form));
    // Where one is not a number, nothing is known of it.
    return together < sum ? together : sum;
  }

  private double against(Subject subject, List<Claim.Trend> trends) {
    List<Step> steps = Differences.of(subject, spend);
    double most = Double.NEGATIVE_INFINITY;
    for (int j : trends.stream().flatMap(trend -> trend.outputs().stream()).distinct().toList()) {
      Derivatives derivatives = new Derivatives(steps, j, spend);
      for (Claim.Trend trend : trends) {
        if (trend.outputs().contains(j)) {
          most = Math.max(most, against(derivatives, trend));
        }
      }
    }
    return most;
  }

  private static double against(Derivatives derivatives, Claim.Trend trend) {
    return trend.inputs().stream()
        .map(derivatives::ofInput)
        .mapToDouble(slope -> trend.rising() ? -slope.lower() : slope.upper())
        .reduce(Double.NEGATIVE_INFINITY, Math::max);
  }
}
