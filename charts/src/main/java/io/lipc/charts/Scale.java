package io.lipc.charts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers along an axis.
 *
 * @param logarithmic whether equal ratios, not differences, are equally far apart
 * @param first the number where the axis begins
 * @param last the number where it ends
 */
public record Scale(boolean logarithmic, double first, double last) {

  /** Numbers that differ by more are shown on a logarithmic axis. */
  private static final double MAX_RATIO = 20;

  private static final double[] STEPS = {1, 2, 5, 10};

  /**
   * A scale for numbers that are not negative, from 0 or, where they differ by more than 20 times,
   * logarithmic from a power of ten. NaN is no number.
   */
  public static Scale of(List<Double> values) {
    List<Double> positive = values.stream().filter(v -> v > 0).sorted().toList();
    if (positive.isEmpty()) {
      return linear(0, 1);
    }
    double least = positive.get(0);
    double largest = positive.get(positive.size() - 1);
    if (largest > MAX_RATIO * least) {
      double floor = Math.pow(10, Math.floor(Math.log10(least)));
      // The least number needs a bar that can be seen.
      double below = least < 1.2 * floor ? floor / 10 : floor;
      return new Scale(true, below, 1.1 * largest);
    }
    return linear(0, 1.05 * largest);
  }

  /** A scale between two different numbers. */
  public static Scale linear(double first, double last) {
    return new Scale(false, first, last);
  }

  /** The place of a number, from 0 to 1. Numbers beyond an end of the axis are at that end. */
  double share(double value) {
    double share =
        logarithmic
            ? Math.log(value / first) / Math.log(last / first)
            : (value - first) / (last - first);
    return Math.max(0, Math.min(1, share));
  }

  /** Round numbers along the axis, at most about eight. */
  List<Double> ticks() {
    return logarithmic ? decades() : multiples();
  }

  private List<Double> decades() {
    int least = (int) Math.ceil(Math.log10(first) - 1e-9);
    int largest = (int) Math.floor(Math.log10(last) + 1e-9);
    int step = Math.max(1, (largest - least + 7) / 8);
    List<Double> ticks = new ArrayList<>();
    for (int power = least; power <= largest; power += step) {
      ticks.add(Double.parseDouble("1e" + power));
    }
    return ticks;
  }

  private List<Double> multiples() {
    double rough = (last - first) / 6;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power;
    for (double factor : STEPS) {
      if (step < rough) {
        step = factor * power;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(first / step - 1e-9); k * step <= last + 1e-9 * step; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  /** A tick's number as text. */
  public static String label(double tick) {
    BigDecimal rounded = new BigDecimal(tick).round(new MathContext(7)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.signum() == 0 || (exponent >= -3 && exponent < 5)
        ? rounded.toPlainString()
        : rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }

  /** The title of an axis of {@code quantity}. */
  String title(String quantity) {
    return logarithmic ? quantity + ", logarithmic scale" : quantity;
  }
}
