package io.lipc.certificate.function;

import io.lipc.certificate.function.Curve.Accuracy;

/**
 * How far values can be off that kernels for devices compute, which have functions of their own:
 * the module {@code device-functions}. Each number is proved above the function's method there, of
 * the same name, to first order, and the statement is more by at least 2^-7 of itself, for the
 * second order.
 *
 * @param floats the error in F32
 * @param doubles the error in F64
 */
record DeviceErrors(Accuracy floats, Accuracy doubles) {

  private static final double FLOAT_UNIT = 0x1p-24;

  private static final double DOUBLE_UNIT = 0x1p-53;

  /**
   * An exponential that underflows loses at most half of the least float, times what it is
   * multiplied by, at most 224. This has some room for further such roundings.
   */
  private static final double FLOAT_UNDERFLOW = 0x1p-142;

  /** The same in doubles, where an exponential is multiplied by at most 1504. */
  private static final double DOUBLE_UNDERFLOW = 0x1p-1063;

  static final DeviceErrors TANH = relative(3.5, 5.5);
  static final DeviceErrors SIGMOID =
      new DeviceErrors(new Accuracy(0, 0, 3.125 * FLOAT_UNIT), relativeOfDoubles(4.25));
  static final DeviceErrors SILU = relative(6.5, 5.25);
  static final DeviceErrors MISH = relative(8.5, 7.25);
  static final DeviceErrors GELU = perArgument(5, 3.75);
  static final DeviceErrors GELU_TANH = perArgument(4, 2.75);
  static final DeviceErrors SOFTPLUS = relative(7, 5.25);
  static final DeviceErrors ELU = relative(4.5, 4);
  static final DeviceErrors CELU = relative(6.5, 5);
  static final DeviceErrors SELU = relative(4.75, 4.25);
  static final DeviceErrors SOFTSIGN = relative(3.25, 2.25);
  static final DeviceErrors HARD_SIGMOID = relative(2.75, 2.75);
  static final DeviceErrors HARD_SWISH = relative(3.75, 3.75);

  /** The absolute part is what the angle loses where whole turns are left out. */
  static final DeviceErrors SIN =
      new DeviceErrors(
          new Accuracy(3.625 * FLOAT_UNIT, 0, 0x1p-38),
          new Accuracy(3.625 * DOUBLE_UNIT, 0, 0x1p-57));

  private static DeviceErrors relative(double floatUnits, double doubleUnits) {
    return new DeviceErrors(
        new Accuracy(floatUnits * FLOAT_UNIT, 0, FLOAT_UNDERFLOW), relativeOfDoubles(doubleUnits));
  }

  private static Accuracy relativeOfDoubles(double units) {
    return new Accuracy(units * DOUBLE_UNIT, 0, DOUBLE_UNDERFLOW);
  }

  private static DeviceErrors perArgument(double floatUnits, double doubleUnits) {
    return new DeviceErrors(
        new Accuracy(0, floatUnits * FLOAT_UNIT, FLOAT_UNDERFLOW),
        new Accuracy(0, doubleUnits * DOUBLE_UNIT, DOUBLE_UNDERFLOW));
  }
}
