package io.lipc.certificate.function;

import java.util.function.DoubleUnaryOperator;

/**
 * A function whose values are rounded when they are computed.
 *
 * @param computed the value, in doubles
 * @param derivative the derivative, in doubles
 * @param form how it rises and falls
 * @param accuracy how close the computed value is
 * @param single how close the float is that code in F32 computes on the JVM
 * @param device how close the numbers are that kernels for devices compute
 */
record Curve(
    DoubleUnaryOperator computed,
    DoubleUnaryOperator derivative,
    Form form,
    Accuracy accuracy,
    Accuracy single,
    DeviceErrors device)
    implements Elementwise {

  /**
   * The computed value v of t is within {@code relative |v| + perArgument |t| + absolute} of the
   * real one. Each number is at least twice the proved one, which pays for the roundings of this
   * sum and for using v instead of the real value. For a float v the same holds with the real value
   * instead of v: see {@link FloatFunctions} and {@link DeviceErrors}. It also holds for a double
   * that a device computes, where the stated numbers exceed the proved ones by enough to pay for
   * the sum.
   */
  record Accuracy(double relative, double perArgument, double absolute) {

    double of(double value, double argument) {
      return share(relative, value) + share(perArgument, argument) + absolute;
    }

    /** No share of an infinite number is zero, and not NaN, as the product would be. */
    private static double share(double factor, double magnitude) {
      return factor == 0 ? 0 : factor * magnitude;
    }

    /**
     * The accuracy of a value in doubles that is rounded to a float; the first factor covers second
     * orders.
     */
    Accuracy rounded() {
      return new Accuracy(
          1.001 * 0x1p-24 + relative, 1.001 * perArgument, 0x1p-149 + 1.001 * absolute);
    }
  }

  /** How a function rises and falls. */
  sealed interface Form {}

  /** A curve that never falls, with values in {@code image}. */
  record Rising(Range image) implements Form {}

  /**
   * A curve that falls up to a place in {@code bottom} and rises from there on; no value is below
   * {@code least}.
   */
  record Valley(Range bottom, double least) implements Form {}

  /** The sine. */
  record Wave() implements Form {}

  @Override
  public double value(double t) {
    return computed.applyAsDouble(t);
  }

  @Override
  public double slope(double t) {
    return derivative.applyAsDouble(t);
  }

  @Override
  public Range over(Range arguments) {
    Range low = at(arguments.lower());
    Range high = at(arguments.upper());
    Range ends =
        new Range(Math.min(low.lower(), high.lower()), Math.max(low.upper(), high.upper()));
    return switch (form) {
      case Rising rising -> new Range(low.lower(), high.upper()).and(rising.image());
      case Valley valley -> {
        Range bottom = arguments.and(valley.bottom());
        yield bottom.lower() <= bottom.upper()
            ? new Range(valley.least(), ends.upper())
            : new Range(Math.max(valley.least(), ends.lower()), ends.upper());
      }
      case Wave _ -> wave(arguments, ends);
    };
  }

  /** An enclosure of the real value of t; a value beyond all doubles is not a lower end. */
  private Range at(double t) {
    double value = computed.applyAsDouble(t);
    double error = accuracy.of(Math.abs(value), Math.abs(t));
    return new Range(
        value == Double.POSITIVE_INFINITY ? Double.MAX_VALUE / 2 : Math.nextDown(value - error),
        value == Double.NEGATIVE_INFINITY ? -Double.MAX_VALUE / 2 : Math.nextUp(value + error));
  }

  /** Arguments above this are not placed between the extremes of the sine. */
  static final double FAR = 0x1p20;

  /** Two quotients by 2 pi are off by much less than 2^-20 where their sizes are below 2^18. */
  private static Range wave(Range arguments, Range ends) {
    if (!(arguments.magnitude() < FAR)) {
      return new Range(-1, 1);
    }
    return new Range(
        reaches(arguments, 0.75) ? -1 : Math.max(-1, ends.lower()),
        reaches(arguments, 0.25) ? 1 : Math.min(1, ends.upper()));
  }

  /** Whether it cannot be excluded that some {@code 2 pi (k + phase)} lies there. */
  static boolean reaches(Range arguments, double phase) {
    double first = arguments.lower() / (2 * Math.PI) - phase - 0x1p-20;
    double last = arguments.upper() / (2 * Math.PI) - phase + 0x1p-20;
    return Math.ceil(first) <= Math.floor(last);
  }

  @Override
  public double error(Range arguments) {
    double value = largestRounded(arguments);
    double argument = arguments.magnitude();
    return Math.nextUp(
        Math.max(accuracy.of(value, argument), device.doubles().of(value, argument)));
  }

  @Override
  public double floatError(Range arguments) {
    double value = largestRounded(arguments);
    double argument = arguments.magnitude();
    return Math.nextUp(Math.max(single.of(value, argument), device.floats().of(value, argument)));
  }

  @Override
  public double largestRounded(Range arguments) {
    return over(arguments).magnitude();
  }
}
