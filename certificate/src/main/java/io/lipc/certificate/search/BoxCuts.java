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

  /** Where more inputs move, halves of all sides are too many, and kinks of units are cut. */
  private static final int FEW_INPUTS = 8;

  /** Where no more move, inputs are cut: their halves meet few kinks, and can be drawn. */
  private static final int VERY_FEW_INPUTS = 2;

  /** Between these both are tried, with so many parts each. */
  private static final int TRIAL = 32;

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
  private final PriorityQueue<Part> open = new PriorityQueue<>(Part.WORST_FIRST);
  private final Part root;

  /** The products that the values of all leaves take together. */
  private long spent;

  private BoxCuts(Region box, Value value, Work work, boolean atInputs) {
    this.whole = box;
    this.value = value;
    this.work = work;
    this.allowed = allowed(box.subject());
    this.atInputs = atInputs;
    this.root = known(box, work.start, 0);
  }

  /** Cuts where it helps more, by a trial if need be; a known tree goes on as it began. */
  private static BoxCuts best(Region box, Value value, Work work) {
    long moving =
        IntStream.range(0, box.subject().certificate().inputSize())
            .mapToObj(box::input)
            .filter(side -> side.lower() < side.upper())
            .count();
    if (work.start instanceof BoxTree.Cut(Element element, _, _, _)) {
      return new BoxCuts(box, value, work, element.unit() == 0);
    }
    BoxCuts first = new BoxCuts(box, value, work, moving <= FEW_INPUTS);
    if (moving <= VERY_FEW_INPUTS || moving > FEW_INPUTS || work.most < 4 * TRIAL) {
      return first;
    }
    first.improve(TRIAL);
    if (first.isDone()) {
      return first;
    }
    BoxCuts atUnits = new BoxCuts(box, value, work, false);
    atUnits.improve(TRIAL);
    return atUnits.root.worst().value() < first.root.worst().value() ? atUnits : first;
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

    static final Comparator<Part> WORST_FIRST =
        Comparator.<Part>comparingDouble(part -> -part.value()).thenComparingInt(p -> p.number);

    final Region region;
    final int depth;
    final int number;
    Known known;
    boolean isLookedAtVertices;
    boolean isLookedAtInputs;
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

    boolean isCutAtUnit() {
      return region.cut().keySet().stream().anyMatch(element -> element.unit() > 0);
    }

    BoxTree tree() {
      return cut.filter(_ -> worst() != this)
          .<BoxTree>map(c -> new BoxTree.Cut(c.element, c.at, c.below.tree(), c.above.tree()))
          .orElse(known.leaf);
    }

    /** The part of the tree with the largest value: this one, where as much is known of it. */
    Part worst() {
      return cut.map(Cut::worst)
          .filter(part -> part.value() < value() || Double.isInfinite(value()))
          .orElse(this);
    }
  }

  private record Cut(Element element, double at, Part below, Part above) {

    Part worst() {
      Part first = below.worst();
      Part second = above.worst();
      return first.value() < second.value() ? second : first;
    }
  }

  /**
   * The parts of a box.
   *
   * @throws Rejection if known parts are cut elsewhere than within, or are no leaves
   */
  public static Parts of(Region box, Value value, Work work) {
    BoxCuts cuts = best(box, value, work);
    cuts.improve(work.most);
    Part worst = cuts.root.worst();
    return new Parts(cuts.root.tree(), worst.value(), worst.region);
  }

  private boolean isDone() {
    return open.peek().value() <= work.goal || work.limit.isPassed();
  }

  private void improve(int most) {
    while (!isDone()) {
      work.progress.parts(open.size(), open.peek().value());
      if (!work.limit.inTime(() -> better(most)).orElse(false)) {
        return;
      }
    }
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

  /**
   * Finds out more about the worst part: that it has no input, what its vertices say, or else by a
   * cut. No if it cannot.
   */
  private boolean better(int most) {
    Part part = open.peek();
    if (part.isCutAtUnit() && !part.isLookedAtInputs) {
      part.isLookedAtInputs = true;
      EmptyParts.of(part.region, work.limit.counting()).ifPresent(empty -> lookAt(part, empty));
      return true;
    }
    Optional<CutChoice> choice = CutChoice.of(whole, part.region, work.limit);
    if (choice.isEmpty()) {
      return false;
    }
    if (part.known.leaf instanceof BoxTree.Leaf
        && choice.get().hasFewVertices(atInputs)
        && !part.isLookedAtVertices) {
      part.isLookedAtVertices = true;
      lookAt(part, new BoxTree.Vertices());
      return true;
    }
    return open.size() < most && part.depth < BoxTree.MAX_DEPTH && isCut(part, choice.get());
  }

  /** Puts both halves of the worst part in its place, where their check may be paid for. */
  private boolean isCut(Part part, CutChoice choice) {
    Optional<Cut> cut = choice.place(atInputs).map(place -> cut(part, place, open.size()));
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

  /** Takes another leaf for an open part if it shows more. */
  private void lookAt(Part part, BoxTree leaf) {
    open.remove(part);
    try {
      Known found = look(part.region, leaf);
      long more = found.products - part.known.products;
      if (found.value < part.value() && spent + more <= allowed) {
        spent += more;
        part.known = found;
      }
    } catch (Rejection notShown) {
      // What was known is still known.
    } finally {
      open.add(part);
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
  private Part known(Region region, BoxTree cuts, int depth) {
    return switch (cuts) {
      case BoxTree.Leaf _, BoxTree.Vertices _, BoxTree.Lines _, BoxTree.Empty _ -> {
        Part leaf = new Part(region, look(region, cuts), depth, 2 * open.size());
        spent += leaf.known.products;
        open.add(leaf);
        yield leaf;
      }
      case BoxTree.Cut(Element element, double at, BoxTree below, BoxTree above) -> {
        // What is cut is never looked at.
        Known none = new Known(new BoxTree.Leaf(), Double.POSITIVE_INFINITY, 0);
        Part whole = new Part(region, none, depth, 0);
        Part first = known(region.below(element, at), below, depth + 1);
        Part second = known(region.above(element, at), above, depth + 1);
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
