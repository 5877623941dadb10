package io.lipc.tools.page;

import io.lipc.model.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The scale of an axis.
 *
 * @param logarithmic whether equal ratios, not differences, are equally far apart
 * @param least the number at {@code from}
 * @param largest the number at {@code to}
 * @param from a coordinate of the drawing
 * @param to another one
 */
record ChartScale(boolean logarithmic, double least, double largest, double from, double to) {

  /** Numbers that differ by more are shown on a logarithmic axis. */
  static final double MAX_RATIO = 20;

  private static final double[] STEPS = {1, 2, 5, 10};

  /**
   * An axis for numbers that are not negative, from 0 or, where they differ by more than {@link
   * #MAX_RATIO}, logarithmic from a power of ten.
   */
  static ChartScale of(List<Double> values, double from, double to) {
    double largest = values.stream().mapToDouble(v -> v).max().orElse(0);
    double least = values.stream().mapToDouble(v -> v).filter(v -> v > 0).min().orElse(0);
    if (!(largest > 0)) {
      return new ChartScale(false, 0, 1, from, to);
    }
    if (largest > MAX_RATIO * least) {
      double floor = Math.pow(10, Math.floor(Math.log10(least)));
      // The least number needs a bar that can be seen.
      double below = least < 1.2 * floor ? floor / 10 : floor;
      return new ChartScale(true, below, 1.1 * largest, from, to);
    }
    return new ChartScale(false, 0, 1.05 * largest, from, to);
  }

  /** An axis between two different numbers. */
  static ChartScale linear(double least, double largest, double from, double to) {
    return new ChartScale(false, least, largest, from, to);
  }

  /** The coordinate of a number; what lies below a logarithmic axis is at its end. */
  double at(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, least) / least) / Math.log(largest / least)
            : (value - least) / (largest - least);
    return from + share * (to - from);
  }

  /** Round numbers along the axis, at most about eight. */
  List<Double> ticks() {
    return logarithmic ? decades() : multiples();
  }

  private List<Double> decades() {
    int first = (int) Math.ceil(Math.log10(least) - 1e-9);
    int last = (int) Math.floor(Math.log10(largest) + 1e-9);
    int step = Math.max(1, (last - first + 7) / 8);
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += step) {
      ticks.add(Double.parseDouble("1e" + power));
    }
    return ticks;
  }

  private List<Double> multiples() {
    double rough = (largest - least) / 6;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power;
    for (double factor : STEPS) {
      if (step < rough) {
        step = factor * power;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(least / step - 1e-9); k * step <= largest * (1 + 1e-9); k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  /** The label of a tick. */
  static String label(double tick) {
    double rounded = Double.parseDouble(String.format(Locale.ROOT, "%.6e", tick));
    String plain = Decimals.plain(rounded);
    boolean isLong = Math.abs(rounded) >= 1e5 && rounded == Math.rint(rounded);
    if (isLong) {
      plain = String.format(Locale.ROOT, "%.6e", rounded).replace("e+0", "e").replace("e+", "e");
    }
    return plain
        .replace('E', 'e')
        .replaceFirst("\\.0*(e|$)", "$1")
        .replaceFirst("(\\.\\d*?)0+(e)", "$1$2");
  }

  /** The title of an axis of {@code quantity}. */
  String title(String quantity) {
    return logarithmic ? quantity + ", logarithmic scale" : quantity;
  }
}
