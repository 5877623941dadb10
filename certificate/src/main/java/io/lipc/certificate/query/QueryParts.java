package io.lipc.certificate.query;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.Subject;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.local.LocalBounds;
import io.lipc.certificate.local.Region;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.queries.Query;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Queries that no input satisfies, on parts of their boxes.
 *
 * <p>An input that satisfies the query is in its box, where all comparisons that have to be true
 * are: in the region of {@link Condition#assumed}. The leaves cover that region, so it is in one of
 * them. A leaf without an input does not have it. In any other leaf the input, and each form of it
 * and of its output, is in its range there ({@link LocalBounds}); by these ranges the formula is
 * false.
 */
public final class QueryParts {

  private QueryParts() {}

  /**
   * Requires that no input satisfies the query.
   *
   * @param subject what {@link QueryUnits#of} gives, without calls and with all weights
   * @param spend is told how many products are taken; an exception ends it
   * @throws Rejection for the first part where that is not shown
   */
  public static void check(Subject subject, Query query, BoxTree boxes, LongConsumer spend) {
    Condition condition = QueryUnits.condition(subject.certificate().units(), query);
    check(region(subject, condition), condition, boxes, spend);
  }

  /** The region of the query: its box, and in it what has to be true. */
  public static Region region(Subject subject, Condition condition) {
    Region box = Region.of(subject);
    SortedMap<Element, Range> within = new TreeMap<>(condition.assumed());
    within.replaceAll(
        (element, range) -> element.unit() == 0 ? range.and(box.input(element.number())) : range);
    return new Region(subject, within);
  }

  private static void check(Region region, Condition condition, BoxTree parts, LongConsumer spend) {
    spend.accept(region.size());
    switch (parts) {
      case BoxTree.Leaf _ -> checkRefuted(region, condition, List.of(), spend);
      case BoxTree.Lines(List<BoxTree.Term> slopes) ->
          checkRefuted(region, condition, slopes, spend);
      case BoxTree.Vertices _ -> throw new Rejection(Reason.MALFORMED, "vertices of values");
      case BoxTree.Empty empty -> {
        unless(
            isEmpty(region, empty, spend),
            Reason.QUERY_NOT_PROVED,
            "a part that may have an input");
      }
      case BoxTree.Cut(Element element, double at, BoxTree below, BoxTree above) -> {
        check(region.below(element, at), condition, below, spend);
        check(region.above(element, at), condition, above, spend);
      }
    }
  }

  private static void checkRefuted(
      Region region, Condition condition, List<BoxTree.Term> slopes, LongConsumer spend) {
    LocalBounds.checkStraight(region.subject(), slopes);
    boolean refuted =
        LocalBounds.sparing(region, spend)
            .flatMap(bounds -> bounds.bounded(slopes))
            .map(ranges -> isRefuted(condition, ranges, spend))
            .orElse(true);
    unless(refuted, Reason.QUERY_NOT_PROVED, "an input may satisfy it");
  }

  /**
   * Whether a sum shows that a region has no input.
   *
   * @param spend is told how many products are taken; an exception ends it
   */
  public static boolean isEmpty(Region region, BoxTree.Empty shown, LongConsumer spend) {
    return LocalBounds.isEmptySparing(region, shown.sum(), spend);
  }

  private static boolean isRefuted(
      Condition condition, List<List<Range>> ranges, LongConsumer spend) {
    spend.accept(condition.size());
    return condition.isRefuted(element -> ranges.get(element.unit()).get(element.number()));
  }
}
