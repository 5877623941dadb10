package io.lipc.certificate.local;

import static io.lipc.certificate.enclosure.Outward.down;

import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.BoxTree.Term;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.enclosure.Intervals;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.SlopeRanges;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ranges of all values of a network for inputs of its box, or of a {@link Region}, and the slopes
 * that its activations have.
 *
 * <p>By induction over the units, every value is within its range, for every input of the region:
 * the ranges of a unit are computed from those that it reads ({@link OutputRanges}), what an
 * activation reads is cut by {@link BackwardBounds}, which hold as well, and so do the region's own
 * ranges. Where one has no number the region has no input. So of two inputs of the whole box both
 * arguments of an element are within its range, and the difference of its values is a slope of
 * {@link SlopeRanges} times that of its arguments. That is all that {@link Group} asks for.
 *
 * <p>Of pairs that are sorted the sign of the difference u - v is known where its range has one. Of
 * other groups what holds for all inputs is known.
 */
public final class LocalBounds {

  private final List<List<Range>> ranges = new ArrayList<>();
  private final Map<Integer, KnownGroups> known = new HashMap<>();
  private final BackwardBounds backward;
  private final Region region;

  /** Whether every element is bounded backward, also where its slope is known without. */
  private final boolean thorough;

  private LocalBounds(Region region, boolean thorough, LongConsumer spend) {
    this.region = region;
    this.thorough = thorough;
    this.backward = new BackwardBounds(region.subject(), ranges, spend);
  }

  /** Those of a region; none if it is seen to have no input. */
  private static Optional<LocalBounds> of(Region region, LongConsumer spend) {
    return of(region, true, spend);
  }

  private static Optional<LocalBounds> of(Region region, boolean thorough, LongConsumer spend) {
    LocalBounds bounds = new LocalBounds(region, thorough, spend);
    OutputRanges forward = new OutputRanges(spend);
    for (Unit unit : region.subject().certificate().units()) {
      if (!bounds.isRead(unit, forward)) {
        return Optional.empty();
      }
    }
    return Optional.of(bounds);
  }

  /** Reads the next unit, unless the region has no input. */
  private boolean isRead(Unit unit, OutputRanges forward) {
    List<Range> slopes = List.of();
    if (unit instanceof Unit.Activation activation) {
      int operand = activation.operand();
      ranges.set(operand, narrowed(operand, isOpen(activation), backward));
      if (isEmpty(ranges.get(activation.operand()))) {
        return false;
      }
      slopes = know(activation);
    }
    // This counts the products of a unit, before its rows are kept.
    List<Range> given =
        unit instanceof Unit.Input
            ? region.inputs()
            : region.left(ranges.size(), forward.unit(region.subject(), unit, ranges));
    backward.read(unit, slopes);
    ranges.add(given);
    return !isEmpty(given);
  }

  private static boolean isEmpty(List<Range> ranges) {
    return ranges.stream().anyMatch(range -> range.lower() > range.upper());
  }

  /**
   * The groups of each activation that a proof may use, by the number of the unit.
   *
   * @param subject as its proof reads it, well formed; a local claim has its box there
   * @param spend is told how many products are taken; an exception ends it
   */
  public static IntFunction<KnownGroups> known(Subject subject, LongConsumer spend) {
    Certificate certificate = subject.certificate();
    return switch (certificate.claim()) {
      case Claim.Local _ ->
          known(Region.of(subject), spend)
              .orElseThrow(() -> new Rejection(Reason.MALFORMED, "a box without an input"));
      case Claim.Lipschitz _,
          Claim.Scaled _,
          Claim.Pairs _,
          Claim.Range _,
          Claim.Unsatisfiable _,
          Claim.OfDerivatives _ ->
          certificate::known;
    };
  }

  /** The groups of each activation for inputs of a region; none if it has no input. */
  static Optional<IntFunction<KnownGroups>> known(Region region, LongConsumer spend) {
    return of(region, spend).map(bounds -> unit -> Objects.requireNonNull(bounds.known.get(unit)));
  }

  /**
   * The ranges of the elements of each unit for inputs of a region; none if it is seen to have
   * none.
   *
   * @param spend is told how many products are taken; an exception ends it
   */
  public static Optional<List<List<Range>>> ranges(Region region, LongConsumer spend) {
    return of(region, spend).map(bounds -> bounds.ranges);
  }

  /**
   * The ranges of the outputs for inputs of a region, by backward bounds too; none if it is seen to
   * have none.
   */
  static Optional<List<Range>> outputs(Region region, LongConsumer spend) {
    return of(region, spend)
        .flatMap(bounds -> bounds.bounded(List.of()))
        .map(ranges -> ranges.getLast());
  }

  /**
   * The bounds of a region with less work: elements whose slopes are known without are not bounded
   * backward. Lines through them are the same, so bounds behind them are hardly better.
   *
   * @param spend is told how many products are taken; an exception ends it
   * @return none if the region is seen to have no input
   */
  public static Optional<LocalBounds> sparing(Region region, LongConsumer spend) {
    return of(region, false, spend);
  }

  /**
   * Requires lines of any slope to exist below these elements.
   *
   * @throws Rejection if the function of one does not consist of straight pieces
   */
  public static void checkStraight(Subject subject, List<Term> slopes) {
    slopes.forEach(slope -> BackwardBounds.straight(subject, slope.element()));
  }

  /**
   * The ranges of the elements of each unit, those of the outputs by backward bounds too; none if
   * these show that the region has no input.
   *
   * @param slopes of other lines below some elements, for the bounds of outputs alone
   */
  public Optional<List<List<Range>>> bounded(List<Term> slopes) {
    List<List<Range>> all = new ArrayList<>(ranges);
    int last = ranges.size() - 1;
    all.set(last, narrowed(last, _ -> true, backward.with(slopes)));
    return Optional.of(all).filter(_ -> !isEmpty(all.getLast()));
  }

  /**
   * Whether a sum of values of units shows that a region has no input.
   *
   * <p>For an input of the region the sum is at least what the ranges of its terms add up to, and
   * at most what its backward bound says. Where the second number is below the first there is none.
   *
   * @param spend is told how many products are taken; an exception ends it
   * @throws Rejection if the sum has an element that is not there, or is not known
   */
  static boolean isEmpty(Region region, List<Term> sum, LongConsumer spend) {
    return isEmpty(region, true, sum, spend);
  }

  /** The same with less work, as {@link #sparing}. */
  public static boolean isEmptySparing(Region region, List<Term> sum, LongConsumer spend) {
    return isEmpty(region, false, sum, spend);
  }

  private static boolean isEmpty(
      Region region, boolean thorough, List<Term> sum, LongConsumer spend) {
    sum.forEach(term -> region.checkKnown(term.element()));
    return of(region, thorough, spend).map(bounds -> bounds.isAgainst(sum)).orElse(true);
  }

  /** No where one of both numbers is NaN. */
  private boolean isAgainst(List<Term> sum) {
    double least = 0;
    for (Term term : sum) {
      Range value = ranges.get(term.element().unit()).get(term.element().number());
      double end = term.factor() > 0 ? value.lower() : value.upper();
      least = down(least + down(term.factor() * end));
    }
    return -backward.least(sum, -1) < least;
  }

  /**
   * For each end of a cut of a unit, a linear function of the input that is not negative in the
   * region, but for its roundings; none if the region is seen to have no input.
   */
  public static Optional<List<Side>> sides(Region region, LongConsumer spend) {
    return of(region, spend)
        .map(
            bounds ->
                region.cut().entrySet().stream()
                    .filter(cut -> cut.getKey().unit() > 0)
                    .flatMap(
                        cut ->
                            Stream.of(
                                bounds.side(cut.getKey(), 1, cut.getValue().lower()),
                                bounds.side(cut.getKey(), -1, -cut.getValue().upper())))
                    .filter(side -> Double.isFinite(side.offset))
                    .toList());
  }

  /**
   * An inequality for the input, {@code slopes x + offset >= 0}, that {@code term >= end} implies.
   *
   * @param term a value that is cut, or its opposite
   */
  public record Side(Term term, double[] slopes, double offset) {}

  private Side side(Element element, double sign, double end) {
    Term term = new Term(element, sign);
    BackwardBounds.Affine opposite = backward.below(List.of(term), -1);
    double[] slopes = Arrays.stream(opposite.slopes()).map(a -> -a).toArray();
    return new Side(term, slopes, -opposite.offset() - end);
  }

  /** Which elements of an activation's operand are bounded backward. */
  private IntPredicate isOpen(Unit.Activation activation) {
    List<Range> z = ranges.get(activation.operand());
    return thorough || !(activation.function() instanceof OfElements function)
        ? _ -> true
        : e -> {
          Range slope = SlopeRanges.over(function, z.get(e));
          return slope.lower() < slope.upper();
        };
  }

  /** The ranges of a unit's elements, some of them cut by backward bounds. */
  private List<Range> narrowed(int unit, IntPredicate isOpen, BackwardBounds backward) {
    List<Range> forward = ranges.get(unit);
    return IntStream.range(0, forward.size())
        .parallel()
        .mapToObj(e -> isOpen.test(e) ? forward.get(e).and(one(unit, e, backward)) : forward.get(e))
        .toList();
  }

  private static Range one(int unit, int element, BackwardBounds backward) {
    return backward.of(unit, new LinearMap.Row(new int[] {element}, new double[] {1}));
  }

  /** Notes the groups of an activation; gives the slopes of its elements if it is elementwise. */
  private List<Range> know(Unit.Activation activation) {
    List<Range> z = ranges.get(activation.operand());
    KnownGroups everywhere = activation.known();
    return switch (activation.function()) {
      case OfElements function -> {
        List<Range> slopes = z.stream().map(range -> SlopeRanges.over(function, range)).toList();
        List<Group> groups =
            slopes.stream()
                .map(range -> Group.elementwise(new Slopes(range.lower(), range.upper())))
                .toList();
        known.put(ranges.size(), new KnownGroups(1, groups));
        yield slopes;
      }
      case OfGroups function -> {
        boolean pairs =
            switch (function.kind()) {
              case MAXMIN -> true;
              case GROUP_SORT -> everywhere.size() == 2;
              case HOUSEHOLDER, SOFTMAX, LAYER_NORM, L2_NORMALIZE -> false;
            };
        known.put(ranges.size(), pairs ? pairs(activation, z) : everywhere);
        yield List.of();
      }
    };
  }

  private KnownGroups pairs(Unit.Activation activation, List<Range> z) {
    ChannelGroups places = activation.groups(2);
    List<Group> groups =
        IntStream.range(0, z.size() / 2)
            .mapToObj(k -> pair(activation.operand(), places.place(2 * k), places.place(2 * k + 1)))
            .toList();
    return new KnownGroups(2, groups);
  }

  private Group pair(int unit, int u, int v) {
    List<Range> z = ranges.get(unit);
    LinearMap.Row form = new LinearMap.Row(new int[] {u, v}, new double[] {1, -1});
    Range difference = Intervals.difference(z.get(u), z.get(v)).and(backward.of(unit, form));
    return Group.pair(difference.lower() >= 0 ? 1 : -1, difference.upper() <= 0 ? -1 : 1);
  }
}
