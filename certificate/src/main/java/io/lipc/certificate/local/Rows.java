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
import io.lipc.certificate.function.Range;
import io.lipc.certificate.local.Differences.Step;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A Lipschitz bound between any norms, one bound for each input, and the inputs in which outputs
 * are monotone, by ranges of a network's derivatives on a box.
 *
 * <p>Let x and x' be inputs of the box. Almost everywhere on the segment between them, {@code
 * f(x(t))} has the derivative {@code J (x - x')}, J with slopes of the activations in a leaf that
 * holds x(t): leaves are closed and cover the box, whatever their shape is. Each J_ji is in its
 * range of {@link Derivatives} of {@link Differences} there. So {@code f(x) - f(x') = K (x - x')},
 * K a mean of such matrices, and a sign or a bound that all of them have is one of K. The proof is
 * in docs/soundness.md.
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
      case Claim.Slopes claim -> checkSlopes(claim, subject, boxes, spend);
      case Claim.Lipschitz _, Claim.Scaled _, Claim.Pairs _, Claim.Range _, Claim.Unsatisfiable _ ->
          throw new Rejection(Reason.MALFORMED, "rows without a box");
    }
  }

  /** Each claimed slope is checked by itself: none may make up for another. */
  private static void checkSlopes(
      Claim.Slopes claim, Subject subject, BoxTree boxes, LongConsumer spend) {
    Certificate certificate = subject.certificate();
    List<Double> claimed = claim.slopes();
    boolean fits =
        claimed.size() == certificate.inputSize()
            && claim.outputs().getLast() < certificate.outputSize();
    unless(fits, Reason.WRONG_SHAPE, "slopes of elements that are not there");
    List<Double> slopes = slopes(subject, claim.outputs(), boxes, spend);
    for (int i = 0; i < claimed.size(); i++) {
      // False where one is not a number.
      boolean proved = slopes.get(i) <= claimed.get(i);
      unless(
          proved, Reason.DERIVATIVES_NOT_PROVED, "a slope of " + slopes.get(i) + " by input " + i);
    }
  }

  /**
   * A Lipschitz bound of a network on its box, rounded up; infinite or NaN where nothing is known.
   *
   * @param subject on its box, well formed, with all weights
   * @param spend is told how many products are taken; an exception ends it
   */
  public static double bound(Subject subject, BoxTree boxes, LongConsumer spend) {
    return bound(Region.of(subject), boxes, spend);
  }

  /** That of a part of the box, which may be cut further; 0 where it has no input. */
  public static double bound(Region region, BoxTree parts, LongConsumer spend) {
    return reach(region, parts, spend).bound();
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

    private static Reach of(double bound, List<List<Range>> rows) {
      return new Reach(bound, rows.stream().map(Rows::magnitudes).toList());
    }

    /** That of no input. */
    private static Reach none(int outputs, int inputs) {
      return new Reach(0, Collections.nCopies(outputs, Collections.nCopies(inputs, 0.0)));
    }

    /** How far they move on two parts that have a face in common. */
    private Reach and(Reach other) {
      return new Reach(
          Math.max(bound, other.bound),
          IntStream.range(0, slopes.size())
              .mapToObj(j -> larger(slopes.get(j), other.slopes.get(j)))
              .toList());
    }
  }

  private static List<Double> magnitudes(List<Range> row) {
    return row.stream().map(Range::magnitude).toList();
  }

  /** Element by element; what is not a number stays so. */
  private static List<Double> larger(List<Double> row, List<Double> other) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> Math.max(row.get(i), other.get(i)))
        .toList();
  }

  /**
   * How far outputs of a network move on its box.
   *
   * @param subject on its box, well formed, with all weights
   * @param spend is told how many products are taken; an exception ends it
   * @throws Rejection if its derivatives are not known
   */
  public static Reach reach(Subject subject, BoxTree boxes, LongConsumer spend) {
    return reach(Region.of(subject), boxes, spend);
  }

  private static Reach reach(Region region, BoxTree parts, LongConsumer spend) {
    Rows rows = new Rows(spend);
    Certificate about = region.subject().certificate();
    Norms norms = about.inequality().norms();
    Shown<Reach> shown =
        new Shown<>(
            steps -> rows.reach(steps, about.outputSize(), norms),
            steps -> rows.atVertex(steps, about.outputSize(), norms),
            Reach::and,
            Reach.none(about.outputSize(), about.inputSize()));
    return rows.worst(region, parts, shown);
  }

  /**
   * One bound for each input: numbers L_i with {@code |f_j(x) - f_j(x')| <= sum_i L_i |x_i - x'_i|}
   * for each of these outputs j, and for all x and x' of the box. Rounded up; infinite or NaN where
   * nothing is known.
   *
   * <p>Proof: that of {@link Reach} gives numbers L_ji for each output j by itself. L_i is the
   * largest of them over these outputs, so the sum grows for none. It is also the largest over the
   * parts of the box: {@code K_ji} is a mean of numbers, each within one part's L_ji. At vertices
   * it is the largest of all of them, as {@code |J_ji|} is convex in each slope by itself.
   *
   * @param subject on its box, well formed, with all weights
   * @param outputs numbers of outputs that it has, at least one
   * @param spend is told how many products are taken; an exception ends it
   * @throws Rejection if its derivatives are not known
   */
  public static List<Double> slopes(
      Subject subject, List<Integer> outputs, BoxTree boxes, LongConsumer spend) {
    return slopes(Region.of(subject), outputs, boxes, spend);
  }

  /** Those of a part of the box, which may be cut further; 0 where it has no input. */
  public static List<Double> slopes(
      Region region, List<Integer> outputs, BoxTree parts, LongConsumer spend) {
    Rows rows = new Rows(spend);
    Function<List<Step>, List<Double>> largest = steps -> rows.largest(steps, outputs);
    List<Double> none = Collections.nCopies(region.subject().certificate().inputSize(), 0.0);
    return rows.worst(region, parts, new Shown<>(largest, largest, Rows::larger, none));
  }

  private List<Double> largest(List<Step> steps, List<Integer> outputs) {
    return outputs.stream()
        .map(j -> magnitudes(ofInputs(new Derivatives(steps, j, spend), steps)))
        .reduce(Rows::larger)
        .orElseThrow();
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
    return against(Region.of(subject), trends, boxes, spend);
  }

  /** That of a part of the box, which may be cut further; minus infinity where it has no input. */
  public static double against(
      Region region, List<Claim.Trend> trends, BoxTree parts, LongConsumer spend) {
    Rows rows = new Rows(spend);
    Function<List<Step>, Double> against = steps -> rows.against(steps, trends);
    return rows.worst(
        region, parts, new Shown<>(against, against, Math::max, Double.NEGATIVE_INFINITY));
  }

  /**
   * A property of a leaf, by its proof.
   *
   * @param byRanges by ranges of the derivatives, for all slopes
   * @param atVertex for slopes that are single numbers
   * @param both what is true of two leaves, or at two vertices; a number that is NaN stays
   * @param none of a leaf without an input
   */
  private record Shown<T>(
      Function<List<Step>, T> byRanges,
      Function<List<Step>, T> atVertex,
      BinaryOperator<T> both,
      T none) {}

  /** The property that all leaves have. */
  private <T> T worst(Region region, BoxTree parts, Shown<T> shown) {
    spend.accept(region.size());
    return switch (parts) {
      case BoxTree.Leaf _ -> Differences.of(region, spend).map(shown.byRanges).orElse(shown.none);
      case BoxTree.Lines _ -> throw new Rejection(Reason.MALFORMED, "lines below derivatives");
      case BoxTree.Vertices _ ->
          Differences.of(region, spend)
              .map(steps -> Vertices.worst(steps, shown.atVertex, shown.both))
              .orElse(shown.none);
      case BoxTree.Empty(List<BoxTree.Term> sum) -> {
        boolean empty = LocalBounds.isEmpty(region, sum, spend);
        unless(empty, Reason.DERIVATIVES_NOT_PROVED, "a part that may have an input");
        yield shown.none;
      }
      case BoxTree.Cut(BoxTree.Element element, double at, BoxTree below, BoxTree above) ->
          shown.both.apply(
              worst(region.below(element, at), below, shown),
              worst(region.above(element, at), above, shown));
    };
  }

  private Reach atVertex(List<Step> steps, int outputs, Norms norms) {
    if (!norms.equals(Norms.EUCLIDEAN)) {
      return reach(steps, outputs, norms);
    }
    List<List<Range>> rows =
        IntStream.range(0, outputs)
            .mapToObj(j -> ofInputs(new Derivatives(steps, j, spend), steps))
            .toList();
    return Reach.of(SpectralNorm.of(rows, spend), rows);
  }

  private Reach reach(List<Step> steps, int outputs, Norms norms) {
    List<List<Range>> rows = new ArrayList<>();
    DoubleStream.Builder lengths = DoubleStream.builder();
    for (int j = 0; j < outputs; j++) {
      Derivatives derivatives = new Derivatives(steps, j, spend);
      List<Range> row = ofInputs(derivatives, steps);
      rows.add(row);
      lengths.add(norm(derivatives, row, norms.input()));
    }
    DoubleStream all = lengths.build();
    double bound = norms.output() == Norm.LINF ? all.reduce(0, Math::max) : length(all);
    return Reach.of(bound, rows);
  }

  private static List<Range> ofInputs(Derivatives derivatives, List<Step> steps) {
    return IntStream.range(0, steps.getFirst().size()).mapToObj(derivatives::ofInput).toList();
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

  private double against(List<Step> steps, List<Claim.Trend> trends) {
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
