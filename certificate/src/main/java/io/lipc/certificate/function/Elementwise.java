package io.lipc.certificate.function;

import java.util.List;
import java.util.Optional;

/** A function from real numbers to real numbers, applied to each element of a vector. */
public sealed interface Elementwise permits PiecewiseLinear, Curve {

  /**
   * The function of that name in the language.
   *
   * @param name its word
   * @param parameters its constants
   * @return the function; empty if there is none of that name with so many constants
   */
  static Optional<Elementwise> named(String name, List<Double> parameters) {
    return switch (parameters.size()) {
      case 0 -> PiecewiseLinear.named(name).or(() -> Curves.named(name));
      case 1 -> PiecewiseLinear.named(name, parameters).or(() -> Curves.named(name, parameters));
      default -> Optional.empty();
    };
  }

  /** The same, where there is one: an {@code IllegalArgumentException} says that there is none. */
  static Elementwise of(String name, List<Double> parameters) {
    return named(name, parameters)
        .orElseThrow(() -> new IllegalArgumentException("no activation `" + name + "`"));
  }

  /**
   * The value of the function at t, computed in doubles. NaN gives NaN; an infinity gives the
   * limit, where there is one, else NaN. Code in F32 computes this value, rounded, or one of {@link
   * FloatFunctions}.
   */
  double value(double t);

  /**
   * The derivative of the function at t, computed in doubles; at a kink, the slope of one of its
   * sides.
   */
  double slope(double t);

  /** A range that holds the real function's values at all of {@code arguments}. */
  Range over(Range arguments);

  /**
   * How far the double that code in F64 computes can be from the real function's value, on the JVM
   * or on a device: it is {@link #value} or of {@link DeviceDoubleFunctions}.
   *
   * @param arguments where the doubles lie that it is computed of
   */
  double error(Range arguments);

  /**
   * How far the float that code in F32 computes can be from the real function's value, where
   * neither is beyond the largest float, on the JVM or on a device: it is of {@link FloatFunctions}
   * or {@link DeviceFunctions}, or {@link #value} rounded.
   *
   * @param arguments where the floats lie that it is computed of
   */
  double floatError(Range arguments);

  /**
   * The largest magnitude of a value that is rounded at all, rounded up: 0 where each is an
   * argument, its negative or a constant.
   *
   * @param arguments where the numbers lie that it is computed of
   */
  double largestRounded(Range arguments);
}
