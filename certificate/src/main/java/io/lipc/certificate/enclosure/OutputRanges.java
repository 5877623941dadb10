package io.lipc.certificate.enclosure;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Weighted;
import io.lipc.certificate.linear.Windowed;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The range of each output of a network over its declared box: the box passed through the units as
 * ranges, and through those of the networks that it calls. By induction over the units, each range
 * holds every value that its element takes, in real arithmetic: {@link Intervals} says so of each
 * operation.
 */
public final class OutputRanges {

  private final Evaluation<Range> evaluation = new Evaluation<>(new Intervals());
  private final LongConsumer spend;

  /**
   * Ranges of units.
   *
   * @param spend is told how many products a unit takes, before it takes them; an exception ends it
   */
  public OutputRanges(LongConsumer spend) {
    this.spend = spend;
  }

  /**
   * One range for each output.
   *
   * @param subject with all weights, its own and those of what it calls; its units are in order,
   *     and of fitting sizes
   * @param spend is told how many products a unit takes, before it takes them: networks that call
   *     each other twice take more than anybody waits for; an exception ends it
   * @throws NoSuchElementException if no box is declared
   */
  public static List<Range> of(Subject subject, LongConsumer spend) {
    return ofUnits(subject, spend).getLast();
  }

  /** The ranges of the elements of all units, in their order; otherwise as {@link #of}. */
  static List<List<Range>> ofUnits(Subject subject, LongConsumer spend) {
    Unit.Box box = subject.certificate().input().box().orElseThrow();
    List<Range> input =
        IntStream.range(0, box.lower().size())
            .mapToObj(i -> new Range(box.lower().get(i), box.upper().get(i)))
            .toList();
    return new OutputRanges(spend).of(subject, input);
  }

  /**
   * Requires every output to stay in the range that is claimed.
   *
   * @param subject as of {@link #of}, with a claim of a range
   * @throws Rejection for the first output that is not shown to stay there
   */
  public static void check(Subject subject, LongConsumer spend) {
    check(subject, of(subject, spend), "in");
  }

  /**
   * Requires these ranges to be within the one that is claimed.
   *
   * @param outputs one for each output
   * @param how they are known: a preposition, for the detail of a rejection
   * @throws Rejection for the first output that is not shown to stay there
   */
  public static void check(Subject subject, List<Range> outputs, String how) {
    Claim.Range claimed = (Claim.Range) subject.certificate().claim();
    for (int i = 0; i < outputs.size(); i++) {
      Range known = outputs.get(i);
      boolean within = claimed.lower() <= known.lower() && known.upper() <= claimed.upper();
      String detail = "output %d %s [%s, %s]".formatted(i, how, known.lower(), known.upper());
      unless(within, Reason.RANGE_NOT_PROVED, detail);
    }
  }

  /**
   * The ranges of the elements of all units, for inputs of given ranges.
   *
   * @param subject as above
   * @param input one range for each element
   */
  public static List<List<Range>> ofUnits(Subject subject, List<Range> input) {
    return new OutputRanges(_ -> {}).of(subject, input);
  }

  private List<List<Range>> of(Subject subject, List<Range> input) {
    List<List<Range>> signals = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      if (unit instanceof Unit.Input) {
        spend.accept(products(unit, 0));
        signals.add(input);
      } else {
        signals.add(unit(subject, unit, signals));
      }
    }
    return signals;
  }

  /**
   * The ranges of what a unit gives.
   *
   * @param subject whose unit it is
   * @param signals ranges of the units before, one of which the input is
   */
  public List<Range> unit(Subject subject, Unit unit, List<List<Range>> signals) {
    List<List<Range>> operands = unit.operands().stream().map(signals::get).toList();
    spend.accept(products(unit, operands.stream().mapToInt(List::size).sum()));
    return switch (unit) {
      case Unit.Input _ -> throw new IllegalArgumentException("an input reads nothing");
      case Unit.Linear linear -> evaluation.linear(linear, operands, subject.weights());
      case Unit.Activation activation -> evaluation.activation(activation, operands.getFirst());
      case Unit.MaxPool pool -> evaluation.maxPool(pool, operands.getFirst());
      case Unit.Call call -> of(callee(subject, call), operands.getFirst()).getLast();
    };
  }

  /** Windows read a product for each tap. Rows of a matrix are full, those of others short. */
  private static long products(Unit unit, long read) {
    long shared = 1024 * (unit.size() + read);
    return switch (unit) {
      case Unit.Linear(_, Windowed map, int size) ->
          shared + (long) size * Math.max(map.window().area(), map.taps());
      case Unit.Linear(_, Weighted _, int size) -> size * read;
      case Unit.Linear(_, Centering _, int size) -> shared + size * read;
      case Unit.MaxPool pool -> shared + (long) pool.size() * pool.window().area();
      case Unit.Activation activation -> shared + compared(activation);
      case Unit.Linear _, Unit.Input _, Unit.Call _ -> shared;
    };
  }

  /** Softmax compares each two elements, and a comparison takes two exponentials. */
  private static long compared(Unit.Activation activation) {
    return switch (activation.function()) {
      case ActivationFunction.OfElements _ -> 0;
      case ActivationFunction.OfGroups groups ->
          switch (groups.kind()) {
            case SOFTMAX -> 64L * activation.size() * activation.size();
            case MAXMIN, GROUP_SORT, HOUSEHOLDER, LAYER_NORM, L2_NORMALIZE -> 0;
          };
    };
  }

  private static Subject callee(Subject subject, Unit.Call call) {
    return Optional.ofNullable(subject.callees().get(call.network())).orElseThrow();
  }
}
