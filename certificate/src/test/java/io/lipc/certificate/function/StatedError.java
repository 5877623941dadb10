package io.lipc.certificate.function;

import io.lipc.certificate.function.Curve.Accuracy;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * The error that is stated for a function, for tests of its code: also of that for devices, which
 * is in another module.
 *
 * @param bound the most that a value may be off, of the magnitudes of the value and of the argument
 * @param factor the largest of its factors, relative to the value, to the argument or to 1
 */
public record StatedError(DoubleBinaryOperator bound, double factor) {

  static StatedError of(Accuracy stated) {
    return new StatedError(
        stated::of, Math.max(stated.relative(), Math.max(stated.perArgument(), stated.absolute())));
  }

  /**
   * An error relative to the value.
   *
   * @param factor the share of the value
   */
  public static StatedError relative(double factor) {
    return of(new Accuracy(factor, 0, 0));
  }

  /**
   * The error that rounding bounds count for a function on devices in F32.
   *
   * @param name the function
   * @param constants its constants
   */
  public static StatedError onDeviceInFloats(String name, List<Double> constants) {
    return of(curve(name, constants).device().floats());
  }

  /**
   * The same in F64.
   *
   * @param name the function
   * @param constants its constants
   */
  public static StatedError onDeviceInDoubles(String name, List<Double> constants) {
    return of(curve(name, constants).device().doubles());
  }

  private static Curve curve(String name, List<Double> constants) {
    return (Curve) Elementwise.of(name, constants);
  }

  /**
   * The most that a value may be off.
   *
   * @param value its magnitude
   * @param argument the magnitude of the argument
   */
  public double of(double value, double argument) {
    return bound.applyAsDouble(value, argument);
  }
}
