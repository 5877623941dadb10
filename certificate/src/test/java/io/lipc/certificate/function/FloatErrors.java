package io.lipc.certificate.function;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How far a function of floats is from the real one, in parts of what is stated.
 *
 * @param name what it is called
 * @param single the function of floats
 * @param real the function in doubles
 * @param slope its derivative
 * @param stated the error that is stated
 * @param image what no value is outside of
 */
public record FloatErrors(
    String name,
    SinglePrecision single,
    DoubleUnaryOperator real,
    DoubleUnaryOperator slope,
    StatedError stated,
    Range image) {

  /** Of the functions in doubles, relative to their values, as {@link Curves} has it. */
  private static final double ERROR_OF_REFERENCE = 0x1p-46;

  static FloatErrors of(String name, Double... constants) {
    Curve curve = (Curve) Elementwise.of(name, List.of(constants));
    return new FloatErrors(
        name + List.of(constants),
        SinglePrecision.of(name, List.of(constants)),
        curve.computed(),
        curve.derivative(),
        StatedError.of(curve.single()),
        curve.over(new Range(-0x1p128, 0x1p128)));
  }

  /**
   * The errors of a function of floats that stands for an activation on devices.
   *
   * @param single the function of floats
   * @param name the activation
   * @param constants its constants
   */
  public static FloatErrors onDevice(SinglePrecision single, String name, List<Double> constants) {
    Curve curve = (Curve) Elementwise.of(name, constants);
    return new FloatErrors(
        name + constants,
        single,
        curve.computed(),
        curve.derivative(),
        StatedError.onDeviceInFloats(name, constants),
        new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  /** How far the value of t is off, in parts of what is stated; NaN if it is out of bounds. */
  public double share(float t) {
    float computed = single.value(t);
    double exact = real.applyAsDouble(t);
    if (Math.abs(exact) > Float.MAX_VALUE) {
      return Math.abs(computed) >= 0x1.fffffcp127 ? 0 : Double.NaN;
    }
    double size = Math.abs(exact);
    double off = Math.abs(computed - exact) + ERROR_OF_REFERENCE * size;
    double rounding = 0x1p-24 * size;
    boolean isInside = computed >= image.lower() - rounding && computed <= image.upper();
    return isInside ? off / stated.of(size, Math.abs(t)) : Double.NaN;
  }

  private static int bits(float t) {
    return Float.floatToRawIntBits(t);
  }

  /** The largest share at every {@code step}-th of all finite floats. */
  public double worst(int step) {
    return worst(Integer.MIN_VALUE, Integer.MAX_VALUE, step);
  }

  private double worst(int from, int to, int step) {
    double worst = 0;
    for (long bits = from; bits < to; bits += step) {
      float t = Float.intBitsToFloat((int) bits);
      if (Float.isFinite(t)) {
        double share = share(t);
        // Written so that NaN is kept.
        worst = share <= worst ? worst : share;
        if (Double.isNaN(share)) {
          throw new AssertionError(name() + " of " + t + " is " + single().value(t));
        }
      }
    }
    return worst;
  }

  /** The largest share at all finite floats. */
  public double worst() {
    double worst = 0;
    for (int sign : new int[] {0, Integer.MIN_VALUE}) {
      int small = sign + bits(0x1p-30f);
      int large = sign + bits(128);
      int end = sign + bits(Float.POSITIVE_INFINITY);
      worst = Math.max(worst, worstBesideLine(sign, small, 0));
      worst = Math.max(worst, worst(small, large, 1));
      worst = Math.max(worst, worstBesideLine(large, end, sign == 0 ? 1000 : -1000));
    }
    return worst;
  }

  /**
   * The same where the function differs from its tangent at {@code place}, which is 0 or far out,
   * by less than 2^-30 of its value. Of the bits of floats, {@code to - from} is a multiple of
   * 2^12.
   */
  private double worstBesideLine(int from, int to, double place) {
    double slope = slope().applyAsDouble(place == 0 ? Math.copySign(1e-300, from | 1) : place);
    double constant = real().applyAsDouble(place) - slope * place;
    float[] t = new float[1 << 12];
    float[] y = new float[t.length];
    double worst = 0;
    for (int first = from; first != to; first += t.length) {
      double last = constant + slope * Float.intBitsToFloat(first + t.length - 1);
      if (!(Math.abs(last) < Float.MAX_VALUE)) {
        worst = Math.max(worst, worst(first, first + t.length, 1));
        continue;
      }
      for (int i = 0; i < t.length; i++) {
        t[i] = Float.intBitsToFloat(first + i);
      }
      for (int i = 0; i < t.length; i++) {
        y[i] = single().value(t[i]);
      }
      for (int i = 0; i < t.length; i++) {
        double exact = constant + slope * t[i];
        double size = Math.abs(exact);
        double off = Math.abs(y[i] - exact) + 0x1p-30 * size;
        worst = Math.max(worst, off / stated().of(size, Math.abs(t[i])));
      }
    }
    return worst;
  }
}
