package io.lipc.certifier.bound;

import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Weighted;
import io.lipc.certifier.problem.KnownSlopes;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Slopes;
import io.lipc.model.Layer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The network as units of which only a gain is known, joined by sums, concatenations and scalings.
 *
 * @param problem whose units are in topological order
 * @param gains the gain of each unit that starts rows of its own, the input aside; empty for the
 *     others, which are linear and kept exactly
 * @param unrolled the norms of convolutions that are among those others, by unit
 */
record UnitGains(Problem problem, List<OptionalDouble> gains, Map<Integer, Double> unrolled) {

  /** No operand of a sum counts for less than this share of the largest. */
  private static final double LEAST_SHARE = 0x1p-44;

  /**
   * The gains of all units.
   *
   * @param norms those of all dense units and convolutions, which are proved
   */
  static UnitGains of(Problem problem, List<LayerNorm> norms) {
    Map<Integer, Double> gains = new HashMap<>();
    Map<Integer, Double> unrolled = new HashMap<>();
    for (LayerNorm norm : norms) {
      Map<Integer, Double> kind = norm.unrolled().isPresent() ? unrolled : gains;
      kind.put(norm.unit(), norm.norm().orElseThrow());
    }
    return new UnitGains(
        problem,
        IntStream.range(0, problem.units().size())
            .mapToObj(
                i ->
                    unrolled.containsKey(i)
                        ? OptionalDouble.empty()
                        : gain(problem, i, Optional.ofNullable(gains.get(i))))
            .toList(),
        unrolled);
  }

  List<Unit> units() {
    return problem.units();
  }

  private static OptionalDouble gain(Problem problem, int index, Optional<Double> proved) {
    return switch (problem.units().get(index)) {
      case Unit.Input _ -> OptionalDouble.empty();
      case Unit.Linear(_, Weighted _, _) -> OptionalDouble.of(proved.orElseThrow());
      // A bound to linf has a proof for each element, about the units before its selection.
      case Unit.Linear(_, LinearMap map, int size) when Layer.selects(map) && size == 1 ->
          OptionalDouble.empty();
      case Unit.Linear(_, LinearMap map, _) ->
          map.onRows().isPresent() ? OptionalDouble.empty() : map.gain(problem.weights());
      case Unit.GainOnly unit -> OptionalDouble.of(problem.gainOf(unit));
      case Unit.Activation activation ->
          isScaling(problem, index)
              ? OptionalDouble.empty()
              : OptionalDouble.of(gain(problem, index, activation));
    };
  }

  /** Whether an activation multiplies all elements by one number. */
  private static boolean isScaling(Problem problem, int index) {
    return problem.slopes(index).shared().filter(KnownSlopes::isFixed).isPresent();
  }

  private static double gain(Problem problem, int index, Unit.Activation activation) {
    return activation.function() instanceof ActivationFunction.OfElements
        ? problem.slopes(index).gain()
        : Slopes.gain(activation);
  }

  /** The l2 gain from the input to each unit, by the rules of the norm product. */
  double[] fromInput() {
    double[] gain = new double[units().size()];
    for (int i = 0; i < gain.length; i++) {
      Unit unit = units().get(i);
      double[] read = unit.operands().stream().mapToDouble(operand -> gain[operand]).toArray();
      gain[i] =
          switch (unit) {
            case Unit.Input _ -> 1;
            case Unit.Linear(_, Sum _, _) -> sum(read);
            case Unit.Linear(_, Concatenation _, _) -> rootOfSquares(read);
            case Unit.Linear _, Unit.Activation _, Unit.GainOnly _ -> factor(i) * read[0];
          };
    }
    return gain;
  }

  /** The largest factor by which a unit with one operand multiplies distances. */
  double factor(int index) {
    return switch (units().get(index)) {
      case Unit.Linear _ when unrolled.containsKey(index) -> unrolled.get(index);
      case Unit.Linear(_, LinearMap map, _) when map.onRows().orElse(map) instanceof Scaling same ->
          Math.abs(same.factor());
      case Unit.Linear(_, LinearMap map, _) when map.copies() -> 1;
      case Unit.Activation _ when gains.get(index).isEmpty() -> problem.slopes(index).gain();
      default -> gains.get(index).orElseThrow();
    };
  }

  /**
   * The prices that the operands of a unit owe for its own; see {@link Prices}.
   *
   * @param reach the norm product from the input to each unit
   */
  double[] passed(int index, double price, double[] reach) {
    List<Integer> operands = units().get(index).operands();
    return switch (units().get(index)) {
      case Unit.Linear(_, Sum _, _) -> shares(price, operands, reach);
      case Unit.Linear(_, Concatenation _, _) ->
          operands.stream().mapToDouble(_ -> price).toArray();
      case Unit.Input _ -> new double[0];
      case Unit.Linear _, Unit.Activation _, Unit.GainOnly _ -> {
        double factor = factor(index);
        yield new double[] {price * factor * factor};
      }
    };
  }

  private static double[] shares(double price, List<Integer> operands, double[] reach) {
    double largest = operands.stream().mapToDouble(operand -> reach[operand]).max().orElseThrow();
    double least = largest == 0 ? 1 : largest * LEAST_SHARE;
    double total = operands.stream().mapToDouble(operand -> Math.max(reach[operand], least)).sum();
    return operands.stream()
        .mapToDouble(operand -> price * total / Math.max(reach[operand], least))
        .toArray();
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double rootOfSquares(double[] values) {
    double norm = 0;
    for (double value : values) {
      norm = Math.hypot(norm, value);
    }
    return norm;
  }
}
