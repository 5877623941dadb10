package io.lipc.certifier;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
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
  public Enclosure apply(Elementwise function, Enclosure a) {
    Range values = function.over(new Range(a.lower, a.upper));
    return new Enclosure(values.lower(), values.upper());
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
}
