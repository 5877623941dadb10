package io.lipc.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Numbers that remember how they were computed: how far the last one may be off at most, where each
 * rounding goes the worst way for it. To first order, and in units of 2^-53.
 */
final class CountedRoundings implements DeviceCode.Numbers<CountedRoundings.Step> {

  /**
   * A rounded number.
   *
   * @param place which step of the computation it is
   * @param own by how much its own rounding moves it
   * @param from what it was computed of, with the derivatives
   */
  record Step(int place, double value, double own, List<Part> from) {}

  /** An operand, and the derivative by it. */
  record Part(int place, double derivative) {}

  /** By how many units constants are off that stand for a real number. */
  private static final Map<Double, Double> CONSTANTS =
      Map.of(
          1.0507009873554805, 0.342,
          1.7580993408473768, 0.073,
          0.16666666666666666, 0.5,
          1.5957691216057308, 0.563,
          0.07135481627260025, 0.078);

  /** What polynomials leave out, of the value: as {@code DevicePolynomialsTest} finds. */
  private static final Map<String, Double> LEFT_OUT =
      Map.of("nearZero", 0.0065, "softplus", 0.0175);

  private final List<Step> steps = new ArrayList<>();

  private Step step(double value, double own, List<Part> from) {
    Step step = new Step(steps.size(), value, own, from);
    steps.add(step);
    return step;
  }

  /** How far it may be off. */
  double of(Step result) {
    double[] derivatives = new double[result.place() + 1];
    derivatives[result.place()] = 1;
    double sum = 0;
    for (int i = result.place(); i >= 0; i--) {
      Step step = steps.get(i);
      sum += Math.abs(derivatives[i]) * step.own();
      for (Part part : step.from()) {
        derivatives[part.place()] += derivatives[i] * part.derivative();
      }
    }
    return sum;
  }

  @Override
  public Step constant(double value) {
    return step(value, Math.abs(value) * CONSTANTS.getOrDefault(value, 0.0), List.of());
  }

  @Override
  public Step whole(double value) {
    return constant(value);
  }

  /**
   * Rounded by up to a unit, unless it is exact here. Where that is by chance, it is not at the
   * next argument: whoever asks for the most asks at many.
   */
  private Step rounded(double value, double rest, Part... from) {
    return step(value, rest == 0 ? 0 : Math.abs(value), List.of(from));
  }

  @Override
  public Step sum(Step a, Step b) {
    double sum = a.value() + b.value();
    double share = sum - a.value();
    double rest = (a.value() - (sum - share)) + (b.value() - share);
    return rounded(sum, rest, new Part(a.place(), 1), new Part(b.place(), 1));
  }

  @Override
  public Step product(Step a, Step b) {
    double product = a.value() * b.value();
    return rounded(
        product,
        Math.fma(a.value(), b.value(), -product),
        new Part(a.place(), b.value()),
        new Part(b.place(), a.value()));
  }

  @Override
  public Step quotient(Step a, Step b) {
    double quotient = a.value() / b.value();
    return rounded(
        quotient,
        Math.fma(-quotient, b.value(), a.value()),
        new Part(a.place(), 1 / b.value()),
        new Part(b.place(), -quotient / b.value()));
  }

  @Override
  public Step negative(Step a) {
    return step(-a.value(), 0, List.of(new Part(a.place(), -1)));
  }

  @Override
  public double value(Step a) {
    return a.value();
  }

  @Override
  public Step returned(String method, Step value) {
    double leftOut = LEFT_OUT.getOrDefault(method, 0.0);
    return step(
        value.value(), leftOut * Math.abs(value.value()), List.of(new Part(value.place(), 1)));
  }
}
