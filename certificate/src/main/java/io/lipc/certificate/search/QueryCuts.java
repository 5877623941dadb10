package io.lipc.certificate.search;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.local.LocalBounds;
import io.lipc.certificate.local.Region;
import io.lipc.certificate.query.Condition;
import io.lipc.certificate.query.QueryParts;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Cuts the box of a query into parts until each is shown to have no input that satisfies it, or an
 * input is found that does. The part of which least is known is cut first; the parts depend on
 * nothing but values, so not on how many threads find them.
 */
public final class QueryCuts {

  private final Region whole;
  private final Condition condition;
  private final Predicate<double[]> isMet;
  private final NetworkRows network;
  private final PriorityQueue<Part> open = new PriorityQueue<>(Part.WORST_FIRST);

  /** Parts that are open and cannot be cut. */
  private final List<Part> stuck = new ArrayList<>();

  private int leaves;
  private Optional<double[]> met = Optional.empty();

  /**
   * Cuts of the box of a query.
   *
   * @param subject the network as the proof of a query reads it
   * @param isMet whether an input satisfies the query
   */
  public QueryCuts(Subject subject, Condition condition, Predicate<double[]> isMet) {
    this.whole = QueryParts.region(subject, condition);
    this.network = new NetworkRows(subject);
    this.condition = condition;
    this.isMet = isMet;
  }

  /** The outcome of cuts. */
  public sealed interface Parts {

    /** This input satisfies the query. */
    record Met(double[] input) implements Parts {}

    /** No part has such an input. */
    record Closed(BoxTree tree) implements Parts {}

    /**
     * Some may have one.
     *
     * @param open how many
     * @param where the part of which least is known
     */
    record Open(BoxTree tree, int open, Unit.Box where) implements Parts {}
  }

  /**
   * A look at a part.
   *
   * @param margin see {@link Margin}; not positive where the part has no input
   * @param leaf that shows it
   * @param slopes of lines below elements that help
   * @param place where it is cut best; empty where it is not cut
   */
  private record Known(
      double margin, BoxTree leaf, Map<Element, Double> slopes, Optional<CutChoice.Place> place) {

    static Known proved(BoxTree leaf) {
      return new Known(Double.NEGATIVE_INFINITY, leaf, Map.of(), Optional.empty());
    }
  }

  private static final class Part {

    static final Comparator<Part> WORST_FIRST =
        Comparator.<Part>comparingDouble(part -> -part.known.margin)
            .thenComparingInt(part -> part.number);

    final Region region;
    final int depth;
    final int number;
    Known known;
    Optional<Cut> cut = Optional.empty();

    Part(Region region, Known known, int depth, int number) {
      this.region = region;
      this.known = known;
      this.depth = depth;
      this.number = number;
    }

    /** Whether it is cut elsewhere than at inputs and at forms. */
    boolean isCutAtUnit() {
      int forms = region.subject().certificate().units().size() - 1;
      return region.cut().keySet().stream()
          .anyMatch(element -> element.unit() > 0 && element.unit() < forms);
    }

    BoxTree tree() {
      return cut.<BoxTree>map(c -> new BoxTree.Cut(c.element, c.at, c.below.tree(), c.above.tree()))
          .orElse(known.leaf);
    }
  }

  private record Cut(Element element, double at, Part below, Part above) {}

  /**
   * Cuts.
   *
   * @param most how many parts there are at most
   * @param start parts that are known; all are looked at before any is cut
   * @throws Rejection if known parts are cut elsewhere than within, or have leaves of no query
   */
  public Parts of(int most, BoxTree start, BoxCuts.Limit limit, BoxCuts.Progress progress) {
    Part root = known(whole, start, 0, limit);
    while (met.isEmpty() && !open.isEmpty() && leaves < most && !limit.isPassed()) {
      progress.parts(leaves, open.peek().known.margin);
      if (!limit.inTime(() -> better(limit)).orElse(false)) {
        break;
      }
    }
    if (met.isPresent()) {
      return new Parts.Met(met.get());
    }
    open.addAll(stuck);
    return open.isEmpty()
        ? new Parts.Closed(root.tree())
        : new Parts.Open(root.tree(), open.size(), open.peek().region.box());
  }

  /** Closes or cuts the part of which least is known, or puts it aside where it cannot. */
  private boolean better(BoxCuts.Limit limit) {
    Part part = open.peek();
    if (part.isCutAtUnit()) {
      Optional<BoxTree.Empty> empty = EmptyParts.of(part.region, limit.counting());
      if (empty.isPresent() && QueryParts.isEmpty(part.region, empty.get(), limit.counting())) {
        open.poll();
        part.known = Known.proved(empty.get());
        return true;
      }
    }
    if (part.known.place.isEmpty() || part.depth >= BoxTree.MAX_DEPTH) {
      stuck.add(open.poll());
      return true;
    }
    CutChoice.Place place = part.known.place.get();
    Region below = part.region.below(place.element(), place.at());
    Region above = part.region.above(place.element(), place.at());
    List<Known> known =
        Stream.of(below, above)
            .parallel()
            .map(half -> look(half, part.known.slopes, limit))
            .toList();
    open.poll();
    leaves++;
    Part first = opened(new Part(below, known.get(0), part.depth + 1, 2 * leaves));
    Part second = opened(new Part(above, known.get(1), part.depth + 1, 2 * leaves + 1));
    part.cut = Optional.of(new Cut(place.element(), place.at(), first, second));
    return true;
  }

  private Part opened(Part part) {
    if (part.known.margin > 0) {
      open.add(part);
      double[] middle = middle(part.region);
      if (met.isEmpty() && isMet.test(middle)) {
        met = Optional.of(middle);
      }
    }
    return part;
  }

  private static double[] middle(Region region) {
    Unit.Box box = region.box();
    double[] middle = new double[box.lower().size()];
    Arrays.setAll(middle, box::middle);
    return middle;
  }

  /** With the usual lines first, which need no text, and then with others. */
  private Known look(Region region, Map<Element, Double> slopes, BoxCuts.Limit limit) {
    BoxTree leaf = new BoxTree.Leaf();
    Optional<LocalBounds> bounds = LocalBounds.sparing(region, limit.counting());
    Optional<List<List<Range>>> ranges = bounds.flatMap(known -> known.bounded(List.of()));
    Margin margin = ranges.map(known -> Margin.of(condition, known)).orElse(Margin.REFUTED);
    if (margin.value() <= 0) {
      return Known.proved(leaf);
    }
    ValueChoice choice =
        ValueChoice.of(network, region, ranges.orElseThrow(), margin, slopes, limit);
    Map<Element, Double> better = choice.slopes();
    Optional<CutChoice.Place> place = choice.place(whole);
    if (better.isEmpty()) {
      return new Known(margin.value(), leaf, slopes, place);
    }
    BoxTree.Lines lines = lines(better);
    double reached =
        bounds
            .flatMap(known -> known.bounded(lines.slopes()))
            .map(known -> Margin.of(condition, known).value())
            .orElse(Double.NEGATIVE_INFINITY);
    return reached <= 0
        ? Known.proved(lines)
        : new Known(Math.min(reached, margin.value()), leaf, better, place);
  }

  private static BoxTree.Lines lines(Map<Element, Double> slopes) {
    return new BoxTree.Lines(
        slopes.entrySet().stream()
            .map(slope -> new BoxTree.Term(slope.getKey(), slope.getValue()))
            .toList());
  }

  /** The part with these cuts; its leaves are open. */
  private Part known(Region region, BoxTree cuts, int depth, BoxCuts.Limit limit) {
    return switch (cuts) {
      case BoxTree.Vertices _ -> throw new Rejection(Reason.MALFORMED, "vertices of values");
      case BoxTree.Leaf _, BoxTree.Lines _, BoxTree.Empty _ -> {
        leaves++;
        boolean closed =
            cuts instanceof BoxTree.Empty empty
                && QueryParts.isEmpty(region, empty, limit.counting());
        Known known = closed ? Known.proved(cuts) : look(region, Map.of(), limit);
        yield opened(new Part(region, known, depth, 2 * leaves));
      }
      case BoxTree.Cut(Element element, double at, BoxTree below, BoxTree above) -> {
        // What is cut is never looked at.
        Part cut = new Part(region, Known.proved(new BoxTree.Leaf()), depth, 0);
        Part first = known(region.below(element, at), below, depth + 1, limit);
        Part second = known(region.above(element, at), above, depth + 1, limit);
        cut.cut = Optional.of(new Cut(element, at, first, second));
        yield cut;
      }
    };
  }
}
