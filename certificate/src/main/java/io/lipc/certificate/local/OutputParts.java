package io.lipc.certificate.local;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Subject;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ranges of the outputs of a network on parts of its box.
 *
 * <p>Leaves cover the box, so each input is in one of them, and each output in its range there
 * ({@link LocalBounds}), which the hull over all leaves holds.
 */
public final class OutputParts {

  private OutputParts() {}

  /** Whether a range is claimed by parts of the box. */
  public static boolean isInvoked(Certificate certificate) {
    return certificate.grounds() instanceof Grounds.Enclosure(_, Optional<BoxTree> boxes)
        && boxes.isPresent();
  }

  /**
   * Requires every output to stay in the range that is claimed.
   *
   * @param subject a claim of a range on its box, well formed, with all weights and without calls
   * @param spend is told how many products are taken; an exception ends it
   * @throws Rejection for the first output that is not shown to stay there
   */
  public static void check(Subject subject, BoxTree boxes, LongConsumer spend) {
    List<Range> outputs =
        of(Region.of(subject), boxes, spend)
            .orElseThrow(() -> new Rejection(Reason.MALFORMED, "a box without an input"));
    OutputRanges.check(subject, outputs, "on parts in");
  }

  /**
   * One range for each output, for the inputs of a region that is cut further; empty if it is seen
   * to have none.
   *
   * @param region of a network without calls
   * @param spend is told how many products are taken; an exception ends it
   * @throws Rejection if a part is cut where nothing is known, or proved by other means than ranges
   */
  public static Optional<List<Range>> of(Region region, BoxTree parts, LongConsumer spend) {
    spend.accept(region.size());
    return switch (parts) {
      case BoxTree.Leaf _ -> LocalBounds.outputs(region, spend);
      case BoxTree.Lines _ -> throw new Rejection(Reason.MALFORMED, "lines below outputs");
      case BoxTree.Vertices _ -> throw new Rejection(Reason.MALFORMED, "vertices of values");
      case BoxTree.Empty(List<BoxTree.Term> sum) -> {
        boolean empty = LocalBounds.isEmpty(region, sum, spend);
        unless(empty, Reason.RANGE_NOT_PROVED, "a part that may have an input");
        yield Optional.empty();
      }
      case BoxTree.Cut(BoxTree.Element element, double at, BoxTree below, BoxTree above) ->
          Stream.of(
                  of(region.below(element, at), below, spend),
                  of(region.above(element, at), above, spend))
              .flatMap(Optional::stream)
              .reduce(OutputParts::hull);
    };
  }

  private static List<Range> hull(List<Range> one, List<Range> other) {
    return IntStream.range(0, one.size()).mapToObj(i -> one.get(i).hull(other.get(i))).toList();
  }
}
