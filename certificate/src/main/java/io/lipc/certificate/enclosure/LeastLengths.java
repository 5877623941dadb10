package io.lipc.certificate.enclosure;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The lengths that a network divides by, as far as they are known. Its {@code l2_normalize} with
 * the constant c is {@code z / max(|z|, c)}, whose Lipschitz bound holds for all z. That it is
 * {@code z / |z|} on the declared box is a statement of its own: no z of the box is shorter than c.
 * The ranges of the elements of z show it.
 */
public final class LeastLengths {

  private LeastLengths() {}

  /**
   * The least length that one unit reads, as far as it is known.
   *
   * @param unit its number
   * @param declared the length that it divides by at least
   * @param proved a length that nothing is below that it reads, on the box
   */
  public record Known(int unit, double declared, double proved) {

    /** Whether the unit divides by the length itself, on the whole box. */
    public boolean holds() {
      return proved >= declared;
    }
  }

  /**
   * One for each {@code l2_normalize} of a network, in the order of its units.
   *
   * @param subject its units are in order, and of fitting sizes
   * @param spend is told how many products a unit takes, before it takes them
   * @throws Rejection if there is one, and no box is declared or weights of a called network are
   *     not there
   */
  public static List<Known> of(Subject subject, LongConsumer spend) {
    List<Unit> units = subject.certificate().units();
    int[] found = IntStream.range(0, units.size()).filter(i -> divides(units.get(i))).toArray();
    if (found.length == 0) {
      return List.of();
    }
    boolean boxed = subject.certificate().input().box().isPresent();
    Rejection.unless(boxed, Reason.LENGTH_NOT_PROVED, "no box of inputs");
    Rejection.unless(subject.isEvaluable(), Reason.MISSING_TENSOR, "weights of a called network");
    List<List<Range>> ranges = OutputRanges.ofUnits(subject, spend);
    return IntStream.of(found)
        .mapToObj(i -> known(i, (Unit.Activation) units.get(i), ranges))
        .toList();
  }

  /**
   * Rejects a network with an {@code l2_normalize} that is not shown to divide by lengths alone, on
   * the declared box; see {@link #of}.
   */
  public static void require(Subject subject, LongConsumer spend) {
    for (Known known : of(subject, spend)) {
      String detail =
          "unit %d reads lengths from %s on, not from %s"
              .formatted(known.unit(), known.proved(), known.declared());
      Rejection.unless(known.holds(), Reason.LENGTH_NOT_PROVED, detail);
    }
  }

  private static boolean divides(Unit unit) {
    return unit instanceof Unit.Activation activation
        && activation.function().kind() == GroupKind.L2_NORMALIZE;
  }

  private static Known known(int number, Unit.Activation unit, List<List<Range>> ranges) {
    double declared = unit.function().constants().getFirst();
    List<Range> read = ranges.get(unit.operands().getFirst());
    return new Known(number, declared, Intervals.leastLength(read));
  }
}
