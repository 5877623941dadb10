package io.lipc.certifier;

import java.util.ArrayList;
import java.util.List;

/**
 * Intervals of doubles, each end rounded outward by one unit in the last place: the operations of
 * IEEE 754 are within half of one.
 */
final class IntervalArithmetic implements Arithmetic<IntervalArithmetic.Enclosure> {

  /** All real numbers from {@code lower} to {@code upper}. */
  record Enclosure(double lower, double upper) {
    Enclosure minus(Enclosure other) {
      return new Enclosure(Math.nextDown(lower - other.upper), Math.nextUp(upper - other.lower));
    }

    /** The least absolute value in it. */
    double mignitude() {
      return Math.max(0, Math.max(lower, -upper));
    }
  }

  /** Math.tanh is within 2.5 units in the last place, by its specification. */
  private static final int TANH_ULPS = 3;

  @Override
  public Enclosure of(double value) {
    return new Enclosure(value, value);
  }

  @Override
  public Enclosure add(Enclosure a, Enclosure b) {
    return new Enclosure(Math.nextDown(a.lower + b.lower), Math.nextUp(a.upper + b.upper));
  }

  @Override
  public Enclosure times(Enclosure a, double factor) {
    double first = a.lower * factor;
    double second = a.upper * factor;
    // The sign, the factor one and the factor zero are exact.
    if (Math.abs(factor) == 1 || factor == 0) {
      return new Enclosure(Math.min(first, second), Math.max(first, second));
    }
    return new Enclosure(
        Math.nextDown(Math.min(first, second)), Math.nextUp(Math.max(first, second)));
  }

  @Override
  public Enclosure max(Enclosure a, Enclosure b) {
    return new Enclosure(Math.max(a.lower, b.lower), Math.max(a.upper, b.upper));
  }

  @Override
  public Enclosure tanh(Enclosure a) {
    return new Enclosure(Math.max(-1, tanh(a.lower, -1)), Math.min(1, tanh(a.upper, 1)));
  }

  /**
   * In the quotient {@code 1 / (1 + Math.exp(-t))}, exp is within one unit in the last place by its
   * specification, and the sum and the quotient are rounded once: together less than 2^-50 of the
   * value, or the value is below 2^-1022, where exp has overflowed.
   */
  @Override
  public Enclosure sigmoid(Enclosure a) {
    return new Enclosure(
        Math.max(0, below(sigmoid(a.lower))), Math.min(1, above(sigmoid(a.upper))));
  }

  private static double sigmoid(double t) {
    return 1 / (1 + Math.exp(-t));
  }

  /** It falls up to t = -1.2785, where it is -0.27846, and rises from there on. */
  @Override
  public Enclosure silu(Enclosure a) {
    double low = silu(a.lower);
    double high = silu(a.upper);
    boolean turns = a.lower < -1.2 && a.upper > -1.3;
    return new Enclosure(turns ? -0.2785 : below(Math.min(low, high)), above(Math.max(low, high)));
  }

  /** Up to t = -800 it is within 2^-1000 of 0, and the quotient might be infinite by infinite. */
  private static double silu(double t) {
    return t < -800 ? 0 : t / (1 + Math.exp(-t));
  }

  /**
   * {@code y_i = 1 / sum_j e^((z_j - z_i) / T)} falls in every z_j but z_i. Each operation is
   * rounded outward, and so is exp, which is within an ulp by its specification.
   */
  @Override
  public List<Enclosure> softmax(List<Enclosure> logits, double temperature) {
    List<Enclosure> y = new ArrayList<>();
    for (int i = 0; i < logits.size(); i++) {
      double least = 1;
      double most = 1;
      for (int j = 0; j < logits.size(); j++) {
        if (j != i) {
          Enclosure difference = logits.get(j).minus(logits.get(i));
          double low = Math.nextDown(difference.lower / temperature);
          double high = Math.nextUp(difference.upper / temperature);
          least = Math.max(1, Math.nextDown(least + Math.max(0, Math.nextDown(Math.exp(low)))));
          most = Math.nextUp(most + Math.nextUp(Math.exp(high)));
        }
      }
      y.add(
          new Enclosure(Math.max(0, Math.nextDown(1 / most)), Math.min(1, Math.nextUp(1 / least))));
    }
    return y;
  }

  /** Below every value that is within 2^-50 of this one, or within 2^-1000 of a tiny one. */
  private static double below(double value) {
    return value - Math.abs(value) * 0x1p-49 - 0x1p-1000;
  }

  private static double above(double value) {
    return value + Math.abs(value) * 0x1p-49 + 0x1p-1000;
  }

  private static double tanh(double value, int direction) {
    double result = Math.tanh(value);
    for (int i = 0; i < TANH_ULPS; i++) {
      result = direction < 0 ? Math.nextDown(result) : Math.nextUp(result);
    }
    return result;
  }
}
