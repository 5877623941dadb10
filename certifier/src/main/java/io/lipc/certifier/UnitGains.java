package io.lipc.certifier;

import io.lipc.certificate.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The network as units of which only a gain is known, joined by sums, concatenations and scalings.
 *
 * @param units in topological order
 * @param gains the gain of each unit that starts rows of its own, the input aside; empty for the
 *     others, which are linear and kept exactly
 */
record UnitGains(List<Unit> units, List<OptionalDouble> gains) {

  /**
   * The gains of all units.
   *
   * @param dense proved bounds of the matrices, by unit
   */
  static UnitGains of(Problem problem, Map<Integer, Double> dense) {
    return new UnitGains(
        problem.units(),
        IntStream.range(0, problem.units().size())
            .mapToObj(i -> gain(problem, i, Optional.ofNullable(dense.get(i))))
            .toList());
  }

  private static OptionalDouble gain(Problem problem, int index, Optional<Double> dense) {
    return switch (problem.units().get(index)) {
      case Unit.Dense _ -> OptionalDouble.of(dense.orElseThrow());
      case Unit.Call call -> OptionalDouble.of(problem.gainOf(call));
      case Unit.Activation activation ->
          Slopes.linear(activation).isPresent()
              ? OptionalDouble.empty()
              : OptionalDouble.of(Slopes.gain(activation));
      case Unit.Affine affine ->
          commonScale(affine).isPresent()
              ? OptionalDouble.empty()
              : OptionalDouble.of(
                  affine.scale().stream().mapToDouble(Math::abs).max().orElseThrow());
      case Unit.Select select when select.size() > 1 -> OptionalDouble.of(1);
      // A bound to linf has a proof for each element, about the units before its selection.
      case Unit.Select _ -> OptionalDouble.empty();
      case Unit.Input _, Unit.Sum _, Unit.Concat _, Unit.Scale _ -> OptionalDouble.empty();
    };
  }

  /** The one factor of an affine unit that multiplies all elements alike. */
  private static OptionalDouble commonScale(Unit.Affine affine) {
    double first = affine.scale().getFirst();
    return affine.scale().stream().allMatch(scale -> scale == first)
        ? OptionalDouble.of(first)
        : OptionalDouble.empty();
  }

  /** The l2 gain from the input to each unit, by the rules of the norm product. */
  double[] fromInput() {
    double[] gain = new double[units.size()];
    for (int i = 0; i < gain.length; i++) {
      Unit unit = units.get(i);
      double[] read = unit.operands().stream().mapToDouble(operand -> gain[operand]).toArray();
      gain[i] =
          switch (unit) {
            case Unit.Input _ -> 1;
            case Unit.Sum _ -> sum(read);
            case Unit.Concat _ -> rootOfSquares(read);
            case Unit.Dense _,
                Unit.Activation _,
                Unit.Scale _,
                Unit.Affine _,
                Unit.Call _,
                Unit.Select _ ->
                factor(i) * read[0];
          };
    }
    return gain;
  }

  /** What a unit with one operand multiplies distances by at most. */
  double factor(int index) {
    return switch (units.get(index)) {
      case Unit.Scale scale -> Math.abs(scale.factor());
      case Unit.Affine affine when gains.get(index).isEmpty() ->
          Math.abs(commonScale(affine).orElseThrow());
      case Unit.Activation activation when gains.get(index).isEmpty() ->
          Math.abs(Slopes.linear(activation).orElseThrow());
      case Unit.Select _ -> 1;
      default -> gains.get(index).orElseThrow();
    };
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
