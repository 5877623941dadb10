package io.lipc.certificate.search;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Cuts a box into parts until what is known of each is good enough, the worst part first. The parts
 * depend on nothing but the values, so not on how many threads find them.
 */
public final class BoxCuts {

  /** How many elements are tried where a box is cut: those with the largest part of their side. */
  private static final int TRIED = 6;

  private final Unit.Box whole;
  private final ToDoubleFunction<Unit.Box> value;

  private BoxCuts(Unit.Box whole, ToDoubleFunction<Unit.Box> value) {
    this.whole = whole;
    this.value = value;
  }

  /**
   * A box in parts.
   *
   * @param tree the cuts
   * @param worst the largest value of a part
   * @param where the part that has it
   */
  public record Parts(BoxTree tree, double worst, Unit.Box where) {}

  /**
   * How far a box is cut.
   *
   * @param most how many parts there are at most
   * @param goal a value that is good enough
   * @param start parts that are known; all are looked at before any is cut
   * @param limit when no part is cut any more
   * @param progress is told how far the cuts are
   */
  public record Work(int most, double goal, BoxTree start, Limit limit, Progress progress) {

    /** From the whole box, and nobody is told. */
    public static Work upTo(int most, double goal, Limit limit) {
      return new Work(most, goal, new BoxTree.Leaf(), limit, (_, _) -> {});
    }
  }

  /** The end of the time that there is, or of the memory. */
  public interface Limit {

    /** Whether the time is over. */
    boolean isPassed();

    /** Ends a step by an exception where the time is over. */
    void check();

    /** What a step gives; empty where it is not finished within the limit. */
    <T> Optional<T> inTime(Supplier<T> step);
  }

  /** Is told how far the cuts are. */
  @FunctionalInterface
  public interface Progress {

    /** Called before each cut, with the number of parts and the largest value of one. */
    void parts(int number, double worst);
  }

  /** A part, and once it is cut its two parts. */
  private static final class Part {
    final Unit.Box box;
    final double value;
    final int depth;
    final int number;
    Optional<Cut> cut = Optional.empty();

    Part(Unit.Box box, double value, int depth, int number) {
      this.box = box;
      this.value = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
      this.depth = depth;
      this.number = number;
    }

    BoxTree tree() {
      return cut.<BoxTree>map(c -> new BoxTree.Cut(c.element, c.at, c.below.tree(), c.above.tree()))
          .orElse(new BoxTree.Leaf());
    }
  }

  private record Cut(int element, double at, Part below, Part above) {}

  /**
   * The parts of a box.
   *
   * @param value of a part, which does not get larger where a part gets smaller, or hardly; called
   *     in several threads
   * @throws IllegalArgumentException if known parts are cut elsewhere than within
   */
  public static Parts of(Unit.Box box, ToDoubleFunction<Unit.Box> value, Work work) {
    BoxCuts cuts = new BoxCuts(box, value);
    Comparator<Part> worst =
        Comparator.<Part>comparingDouble(part -> -part.value).thenComparingInt(part -> part.number);
    PriorityQueue<Part> open = new PriorityQueue<>(worst);
    Part root = cuts.known(box, work.start, 0, open);
    while (open.size() < work.most && open.peek().value > work.goal && !work.limit.isPassed()) {
      work.progress.parts(open.size(), open.peek().value);
      Part part = open.peek();
      part.cut =
          part.depth < BoxTree.MAX_DEPTH
              ? cuts.inTime(part, open.size(), work.limit)
              : Optional.empty();
      if (part.cut.isEmpty()) {
        break;
      }
      open.poll();
      open.add(part.cut.get().below);
      open.add(part.cut.get().above);
    }
    return new Parts(root.tree(), open.peek().value, open.peek().box);
  }

  /** The part with these cuts; its leaves are open. */
  private Part known(Unit.Box box, BoxTree cuts, int depth, PriorityQueue<Part> open) {
    return switch (cuts) {
      case BoxTree.Leaf _ -> {
        Part leaf = new Part(box, value.applyAsDouble(box), depth, 2 * open.size());
        open.add(leaf);
        yield leaf;
      }
      case BoxTree.Cut(int element, double at, BoxTree below, BoxTree above) -> {
        if (element >= box.lower().size()
            || !(box.lower().get(element) < at && at < box.upper().get(element))) {
          throw new IllegalArgumentException("a cut of element " + element + " at " + at);
        }
        // What is cut is never looked at.
        Part whole = new Part(box, Double.POSITIVE_INFINITY, depth, 0);
        Part first = known(cut(box, element, at, true), below, depth + 1, open);
        Part second = known(cut(box, element, at, false), above, depth + 1, open);
        whole.cut = Optional.of(new Cut(element, at, first, second));
        yield whole;
      }
    };
  }

  /** A cut whose parts are not known when the time is over is none: the part stays whole. */
  private Optional<Cut> inTime(Part part, int count, Limit limit) {
    return limit.inTime(() -> cut(part, count)).flatMap(found -> found);
  }

  /** The cut that leaves the best of the worse parts. */
  private Optional<Cut> cut(Part part, int count) {
    List<Integer> elements =
        IntStream.range(0, part.box.lower().size())
            .filter(i -> isCut(part.box, i))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -share(part.box, i)))
            .limit(TRIED)
            .toList();
    double[] values =
        IntStream.range(0, 2 * elements.size())
            .parallel()
            .mapToDouble(k -> value.applyAsDouble(half(part.box, elements.get(k / 2), k % 2 == 0)))
            .toArray();
    return IntStream.range(0, elements.size())
        .boxed()
        .min(
            Comparator.<Integer>comparingDouble(k -> Math.max(values[2 * k], values[2 * k + 1]))
                .thenComparingDouble(k -> values[2 * k] + values[2 * k + 1]))
        .map(
            k -> {
              int i = elements.get(k);
              Unit.Box below = half(part.box, i, true);
              Unit.Box above = half(part.box, i, false);
              return new Cut(
                  i,
                  part.box.middle(i),
                  new Part(below, values[2 * k], part.depth + 1, 2 * count),
                  new Part(above, values[2 * k + 1], part.depth + 1, 2 * count + 1));
            });
  }

  private static boolean isCut(Unit.Box box, int i) {
    double middle = box.middle(i);
    return box.lower().get(i) < middle && middle < box.upper().get(i);
  }

  /** How much of the side of the whole box is left. */
  private double share(Unit.Box box, int i) {
    double side = whole.upper().get(i) / 2 - whole.lower().get(i) / 2;
    return (box.upper().get(i) / 2 - box.lower().get(i) / 2) / side;
  }

  private static Unit.Box half(Unit.Box box, int i, boolean below) {
    return cut(box, i, box.middle(i), below);
  }

  private static Unit.Box cut(Unit.Box box, int i, double at, boolean below) {
    List<Double> lower = new ArrayList<>(box.lower());
    List<Double> upper = new ArrayList<>(box.upper());
    (below ? upper : lower).set(i, at);
    return new Unit.Box(lower, upper);
  }
}
