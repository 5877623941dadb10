package io.lipc.certificate;

import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The units that the proof of a local bound is about: those of the network, on the box of the
 * claim.
 *
 * <p>Where an end of the box meets the other, the element does not move, and its number stands for
 * it: the first unit multiplies it by 0 and adds that number, and leaves all others as they are.
 * For inputs of the box that is the same function.
 */
public final class LocalUnits {

  private LocalUnits() {}

  /**
   * The network on a box: the same claim, weights and callees.
   *
   * @throws Rejection if the box has another size than the input, or leaves the declared intervals
   */
  public static Subject of(Subject subject, Unit.Box box) {
    List<Unit> units = subject.certificate().units();
    Unit.Input input = (Unit.Input) units.getFirst();
    boolean fits = box.lower().size() == input.size();
    Rejection.unless(fits, Reason.WRONG_SHAPE, "a box of " + box.lower().size() + " elements");
    boolean inside = input.box().isEmpty() || contains(input.box().get(), box);
    Rejection.unless(inside, Reason.MALFORMED, "a box beyond the declared intervals");
    List<Unit> on = new ArrayList<>();
    on.add(new Unit.Input(input.extents(), Optional.of(box)));
    boolean moves = IntStream.range(0, input.size()).allMatch(i -> moves(box, i));
    if (!moves) {
      on.add(fixing(box));
    }
    int shift = moves ? 0 : 1;
    units.stream().skip(1).map(unit -> unit.reading(k -> k + shift)).forEach(on::add);
    return new Subject(
        subject.certificate().of(on), subject.digest(), subject.weights(), subject.callees());
  }

  private static boolean contains(Unit.Box outer, Unit.Box inner) {
    return IntStream.range(0, outer.lower().size())
        .allMatch(
            i ->
                outer.lower().get(i) <= inner.lower().get(i)
                    && inner.upper().get(i) <= outer.upper().get(i));
  }

  private static boolean moves(Unit.Box box, int i) {
    return box.lower().get(i) < box.upper().get(i);
  }

  private static Unit fixing(Unit.Box box) {
    int size = box.lower().size();
    List<Double> factors =
        IntStream.range(0, size).mapToObj(i -> moves(box, i) ? 1.0 : 0.0).toList();
    List<Double> numbers =
        IntStream.range(0, size).mapToObj(i -> moves(box, i) ? 0.0 : box.lower().get(i)).toList();
    return Unit.affine(0, factors, numbers, size);
  }
}
