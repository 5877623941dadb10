package io.lipc.certificate.enclosure;

import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How far an evaluation in the certificate's format can be from the real function, over the
 * declared input box: the error analysis of {@link RoundedNumbers}, unit by unit.
 */
public final class RoundingBound {

  private final Subject subject;
  private final Evaluation<Rounded> evaluation;
  private final Map<Evaluated, List<Rounded>> evaluated;

  private RoundingBound(Subject subject, Map<Evaluated, List<Rounded>> evaluated) {
    this.subject = subject;
    this.evaluation = new Evaluation<>(new RoundedNumbers(subject.certificate().type()));
    this.evaluated = evaluated;
  }

  /**
   * A network, by its certificate, at an input: what is worth remembering where calls are shared.
   */
  private record Evaluated(Digest certificate, List<Rounded> input) {}

  /**
   * E such that each computed output is within E of the real one, for every input of the box whose
   * elements are numbers of the format.
   *
   * @param subject an accepted one: the bounds of the networks that it calls are used
   * @return E, rounded up; nothing where no box is declared or an overflow is not excluded
   */
  public static OptionalDouble maxError(Subject subject) {
    Unit.Input input = subject.certificate().input();
    return input.box().map(box -> maxError(subject, box)).orElse(OptionalDouble.empty());
  }

  /**
   * A bound of the rounding error of each output over a given box, whatever the network declares.
   *
   * @param subject an accepted one: the bounds of the networks that it calls are used
   * @param box the inputs to consider
   * @return E, rounded up; empty where an overflow is not excluded
   */
  public static OptionalDouble maxError(Subject subject, Unit.Box box) {
    List<Rounded> input =
        IntStream.range(0, box.lower().size())
            .mapToObj(i -> Rounded.exactly(box.lower().get(i), box.upper().get(i)))
            .toList();
    double error =
        RoundedNumbers.largestError(new RoundingBound(subject, new HashMap<>()).output(input));
    return Double.isFinite(error) ? OptionalDouble.of(error) : OptionalDouble.empty();
  }

  private List<Rounded> output(List<Rounded> input) {
    List<List<Rounded>> signals = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      List<List<Rounded>> operands = unit.operands().stream().map(signals::get).toList();
      signals.add(
          switch (unit) {
            case Unit.Input _ -> input;
            case Unit.Linear linear -> evaluation.linear(linear, operands, subject.weights());
            case Unit.Activation activation ->
                evaluation.activation(activation, operands.getFirst());
            case Unit.MaxPool pool -> evaluation.maxPool(pool, operands.getFirst());
            case Unit.Call call -> call(call, operands.getFirst());
          });
    }
    return signals.getLast();
  }

  /**
   * The callee reads computed values: over all of them its own error is e', and its real function
   * moves by at most its bound times the l2 norm of the operand's errors. That holds whichever
   * norms the bound is about: linf is never above l2, and no element above either.
   */
  private List<Rounded> call(Unit.Call call, List<Rounded> x) {
    Subject callee = Optional.ofNullable(subject.callees().get(call.network())).orElseThrow();
    double squares = 0;
    for (Rounded element : x) {
      squares = up(squares + up(element.error() * element.error()));
    }
    double moved = up(callee.certificate().lipschitz().bound() * up(Math.sqrt(squares)));
    List<Rounded> input = x.stream().map(Rounded::asInput).toList();
    Evaluated asked = new Evaluated(callee.digest(), input);
    List<Rounded> computed = evaluated.get(asked);
    if (computed == null) {
      computed = new RoundingBound(callee, evaluated).output(input);
      evaluated.put(asked, computed);
    }
    return computed.stream().map(y -> y.withError(up(y.error() + moved))).toList();
  }
}
