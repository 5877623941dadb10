package io.lipc.certificate.search;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.local.Region;
import io.lipc.certificate.verdict.Rejection;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Cuts a box into parts until what is known of each is good enough, the worst part first. The parts
 * depend on nothing but the values, so not on how many threads find them.
 */
public final class BoxCuts {

  /**
   * Inputs are cut where no more of them move: their halves meet few kinks. Where more do, kinks
   * are cut, as halves of all sides are too many.
   */
  private static final int FEW_INPUTS = 8;

  private final Value value;
  private final Work work;
  private final boolean atInputs;

  private BoxCuts(Region box, Value value, Work work) {
    this.value = value;
    this.work = work;
    long moving =
        IntStream.range(0, box.subject().certificate().inputSize())
            .mapToObj(box::input)
            .filter(side -> side.lower() < side.upper())
            .count();
    this.atInputs = moving <= FEW_INPUTS;
  }

  /** What is known of a part. */
  @FunctionalInterface
  public interface Value {

    /** What a leaf shows, which gets hardly larger where a part gets smaller; in any thread. */
    double of(Region part, BoxTree leaf);
  }

  /**
   * A box in parts.
   *
   * @param tree the cuts
   * @param worst the largest value of a part
   * @param where the part that has it
   */
  public record Parts(BoxTree tree, double worst, Region where) {}

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

    /** After so many products the clock is looked at. */
    long LOOK = 1 << 14;

    /** Whether the time is over. */
    boolean isPassed();

    /** Ends a step by an exception where the time is over. */
    void check();

    /** What a step gives; empty where it is not finished within the limit. */
    <T> Optional<T> inTime(Supplier<T> step);

    /** Ends a step that counts its products, in whatever thread, where the time is over. */
    default LongConsumer counting() {
      AtomicLong all = new AtomicLong();
      return products -> {
        long before = all.getAndAdd(products);
        if (before / LOOK != (before + products) / LOOK) {
          check();
        }
      };
    }
  }

  /** Is told how far the cuts are. */
  @FunctionalInterface
  public interface Progress {

    /** Called before each cut, with the number of parts and the largest value of one. */
    void parts(int number, double worst);
  }

  /** A part, and once it is cut its two parts. */
  private static final class Part {
    final Region region;
    final int depth;
    final int number;
    double value;
    BoxTree leaf;
    boolean isLooked;
    Optional<Cut> cut = Optional.empty();

    Part(Region region, BoxTree leaf, double value, int depth, int number) {
      this.region = region;
      this.leaf = leaf;
      this.value = number(value);
      this.depth = depth;
      this.number = number;
    }

    static double number(double value) {
      return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    BoxTree tree() {
      return cut.<BoxTree>map(c -> new BoxTree.Cut(c.element, c.at, c.below.tree(), c.above.tree()))
          .orElse(leaf);
    }
  }

  private record Cut(Element element, double at, Part below, Part above) {}

  /**
   * The parts of a box.
   *
   * @throws Rejection if known parts are cut elsewhere than within, or are no leaves
   */
  public static Parts of(Region box, Value value, Work work) {
    BoxCuts cuts = new BoxCuts(box, value, work);
    Comparator<Part> worst =
        Comparator.<Part>comparingDouble(part -> -part.value).thenComparingInt(part -> part.number);
    PriorityQueue<Part> open = new PriorityQueue<>(worst);
    Part root = cuts.known(box, work.start, 0, open);
    while (open.peek().value > work.goal && !work.limit.isPassed()) {
      work.progress.parts(open.size(), open.peek().value);
      if (!work.limit.inTime(() -> cuts.better(open)).orElse(false)) {
        break;
      }
    }
    return new Parts(root.tree(), open.peek().value, open.peek().region);
  }

  /** Finds out more about the worst part: by its vertices, or else by a cut. No if it cannot. */
  private boolean better(PriorityQueue<Part> open) {
    Part part = open.peek();
    Optional<CutChoice> known = CutChoice.of(part.region, work.limit);
    if (known.isEmpty()) {
      return false;
    }
    CutChoice choice = known.get();
    if (part.leaf instanceof BoxTree.Leaf && choice.hasFewVertices() && !part.isLooked) {
      double found = vertices(part.region);
      open.poll();
      part.isLooked = true;
      if (found < part.value) {
        part.leaf = new BoxTree.Vertices();
        part.value = found;
      }
      open.add(part);
      return true;
    }
    if (open.size() >= work.most || part.depth >= BoxTree.MAX_DEPTH) {
      return false;
    }
    part.cut = choice.place(atInputs).map(place -> cut(part, place, open.size()));
    if (part.cut.isEmpty()) {
      return false;
    }
    open.poll();
    open.add(part.cut.get().below);
    open.add(part.cut.get().above);
    return true;
  }

  private double vertices(Region region) {
    try {
      return Part.number(value.of(region, new BoxTree.Vertices()));
    } catch (Rejection tooMany) {
      return Double.POSITIVE_INFINITY;
    }
  }

  /** The part with these cuts; its leaves are open. */
  private Part known(Region region, BoxTree cuts, int depth, PriorityQueue<Part> open) {
    return switch (cuts) {
      case BoxTree.Leaf _, BoxTree.Vertices _ -> {
        Part leaf = new Part(region, cuts, value.of(region, cuts), depth, 2 * open.size());
        open.add(leaf);
        yield leaf;
      }
      case BoxTree.Cut(Element element, double at, BoxTree below, BoxTree above) -> {
        // What is cut is never looked at.
        Part whole = new Part(region, new BoxTree.Leaf(), Double.POSITIVE_INFINITY, depth, 0);
        Part first = known(region.below(element, at), below, depth + 1, open);
        Part second = known(region.above(element, at), above, depth + 1, open);
        whole.cut = Optional.of(new Cut(element, at, first, second));
        yield whole;
      }
    };
  }

  private Cut cut(Part part, CutChoice.Place place, int count) {
    Region below = part.region.below(place.element(), place.at());
    Region above = part.region.above(place.element(), place.at());
    BoxTree leaf = new BoxTree.Leaf();
    double[] values =
        Stream.of(below, above).parallel().mapToDouble(half -> value.of(half, leaf)).toArray();
    return new Cut(
        place.element(),
        place.at(),
        new Part(below, leaf, values[0], part.depth + 1, 2 * count),
        new Part(above, leaf, values[1], part.depth + 1, 2 * count + 1));
  }
}
