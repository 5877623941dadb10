package io.lipc.certificate.search;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.Subject;
import io.lipc.certificate.local.Region;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.formats.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Cuts a box into parts until what is known of each is good enough, the worst part first. The parts
 * depend on nothing but the values, so not on how many threads find them. Together they take no
 * more products than the checker allows.
 */
public final class BoxCuts {

  /**
   * Inputs are cut where no more of them move: their halves meet few kinks. Where more do, kinks
   * are cut, as halves of all sides are too many.
   */
  private static final int FEW_INPUTS = 8;

  /** Half of what the checker allows for a verdict; the other half is for the rest of it. */
  private static final long PRODUCTS = 1L << 27;

  private static final long PRODUCTS_OF_WEIGHT = 1L << 16;

  /** The most for one value: some seconds. */
  private static final long PRODUCTS_OF_ONE = 1L << 31;

  private final Region whole;
  private final Value value;
  private final Work work;
  private final long allowed;
  private final boolean atInputs;

  /** The products that the values of all leaves take together. */
  private long spent;

  private BoxCuts(Region box, Value value, Work work) {
    this.whole = box;
    this.value = value;
    this.work = work;
    this.allowed = allowed(box.subject());
    long moving =
        IntStream.range(0, box.subject().certificate().inputSize())
            .mapToObj(box::input)
            .filter(side -> side.lower() < side.upper())
            .count();
    this.atInputs = moving <= FEW_INPUTS;
  }

  /** A measure of parts, such as a bound. */
  @FunctionalInterface
  public interface Value {

    /**
     * The number that a leaf shows of a part. It gets hardly larger where the part gets smaller.
     * Any thread may ask.
     *
     * @param spend is told how many products are taken; an exception ends it
     */
    double of(Region part, BoxTree leaf, LongConsumer spend);
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

    /** The result of a step; empty where it is not finished within the limit. */
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

  /** A value takes more products than all of them may. */
  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super("more products than the checker allows", null, false, false);
    }
  }

  /**
   * A leaf with its value.
   *
   * @param value infinite where nothing is known
   * @param products that it takes
   */
  private record Known(BoxTree leaf, double value, long products) {}

  /** A part, and once it is cut its two parts. */
  private static final class Part {
    final Region region;
    final int depth;
    final int number;
    Known known;
    boolean isLooked;
    Optional<Cut> cut = Optional.empty();

    Part(Region region, Known known, int depth, int number) {
      this.region = region;
      this.known = known;
      this.depth = depth;
      this.number = number;
    }

    double value() {
      return known.value;
    }

    BoxTree tree() {
      return cut.<BoxTree>map(c -> new BoxTree.Cut(c.element, c.at, c.below.tree(), c.above.tree()))
          .orElse(known.leaf);
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
        Comparator.<Part>comparingDouble(part -> -part.value()).thenComparingInt(p -> p.number);
    PriorityQueue<Part> open = new PriorityQueue<>(worst);
    Part root = cuts.known(box, work.start, 0, open);
    while (open.peek().value() > work.goal && !work.limit.isPassed()) {
      work.progress.parts(open.size(), open.peek().value());
      if (!work.limit.inTime(() -> cuts.better(open)).orElse(false)) {
        break;
      }
    }
    return new Parts(root.tree(), open.peek().value(), open.peek().region);
  }

  /**
   * The most products that the values of all parts take together.
   *
   * @param onBox a network on its box, with all weights
   */
  public static long allowed(Subject onBox) {
    long weights = onBox.weights().tensors().values().stream().mapToLong(Tensor::size).sum();
    return PRODUCTS + weights * PRODUCTS_OF_WEIGHT;
  }

  /** Finds out more about the worst part: by its vertices, or else by a cut. No if it cannot. */
  private boolean better(PriorityQueue<Part> open) {
    Part part = open.peek();
    Optional<CutChoice> choice = CutChoice.of(whole, part.region, work.limit);
    if (choice.isEmpty()) {
      return false;
    }
    if (part.known.leaf instanceof BoxTree.Leaf
        && choice.get().hasFewVertices()
        && !part.isLooked) {
      open.poll();
      lookAtVertices(part);
      open.add(part);
      return true;
    }
    if (open.size() >= work.most || part.depth >= BoxTree.MAX_DEPTH) {
      return false;
    }
    Optional<Cut> cut = choice.get().place(atInputs).map(place -> cut(part, place, open.size()));
    long products = cut.map(c -> c.below.known.products + c.above.known.products).orElse(0L);
    if (cut.isEmpty() || spent - part.known.products + products > allowed) {
      return false;
    }
    spent += products - part.known.products;
    part.cut = cut;
    open.poll();
    open.add(cut.get().below);
    open.add(cut.get().above);
    return true;
  }

  private void lookAtVertices(Part part) {
    part.isLooked = true;
    try {
      Known found = look(part.region, new BoxTree.Vertices());
      long more = found.products - part.known.products;
      if (found.value < part.value() && spent + more <= allowed) {
        spent += more;
        part.known = found;
      }
    } catch (Rejection tooMany) {
      // What was known is still known.
    }
  }

  private Known look(Region region, BoxTree leaf) {
    AtomicLong products = new AtomicLong();
    LongConsumer counting = work.limit.counting();
    LongConsumer spend =
        more -> {
          counting.accept(more);
          if (products.addAndGet(more) > Math.min(allowed, PRODUCTS_OF_ONE)) {
            throw new TooMuch();
          }
        };
    double found;
    try {
      found = value.of(region, leaf, spend);
    } catch (TooMuch end) {
      found = Double.POSITIVE_INFINITY;
    }
    return new Known(leaf, Double.isNaN(found) ? Double.POSITIVE_INFINITY : found, products.get());
  }

  /** The part with these cuts; its leaves are open. */
  private Part known(Region region, BoxTree cuts, int depth, PriorityQueue<Part> open) {
    return switch (cuts) {
      case BoxTree.Leaf _, BoxTree.Vertices _ -> {
        Part leaf = new Part(region, look(region, cuts), depth, 2 * open.size());
        spent += leaf.known.products;
        open.add(leaf);
        yield leaf;
      }
      case BoxTree.Cut(Element element, double at, BoxTree below, BoxTree above) -> {
        // What is cut is never looked at.
        Known none = new Known(new BoxTree.Leaf(), Double.POSITIVE_INFINITY, 0);
        Part whole = new Part(region, none, depth, 0);
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
    List<Known> known =
        Stream.of(below, above).parallel().map(half -> look(half, new BoxTree.Leaf())).toList();
    return new Cut(
        place.element(),
        place.at(),
        new Part(below, known.get(0), part.depth + 1, 2 * count),
        new Part(above, known.get(1), part.depth + 1, 2 * count + 1));
  }
}
