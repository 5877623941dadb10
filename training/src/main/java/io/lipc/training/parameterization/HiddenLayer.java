package io.lipc.training.parameterization;

import io.lipc.formats.Quoted;
import io.lipc.model.Interval;

/**
 * A linear layer and the elementwise activation behind it.
 *
 * @param slopes the interval [a, b] of the activation's difference quotients, {@code a < b}
 */
public record HiddenLayer(LinearLayer linear, Interval slopes) {
  public HiddenLayer {
    if (!(slopes.lower() < slopes.upper())) {
      throw new IllegalArgumentException(
          "layer " + Quoted.code(linear.weight()) + " with slopes " + slopes);
    }
  }

  HiddenLayer withSlopes(Interval other) {
    return new HiddenLayer(linear, other);
  }

  /**
   * The ratio tau between the multipliers for [a, b] within [0, 1] and those for [0, 1]. With
   * {@code Q = 2 (w - a z)(b z - w)}, {@code Q_[0,1] - tau Q_[a,b]} is the form of {@code [[2ab
   * tau, 1 - tau (a+b)], [., 2 (tau - 1)]]}. Its determinant is {@code -c^2 tau^2 + 2 s tau - 1},
   * {@code c = b - a}, {@code s = a + b - 2ab >= c}, which is largest, and not negative, at {@code
   * tau = s / c^2 >= 1}; so S for [a, b] with tau Lambda is not below S for [0, 1] with Lambda.
   */
  double multiplierRatio() {
    double a = slopes.lower();
    double b = slopes.upper();
    return (a + b - 2 * a * b) / ((b - a) * (b - a));
  }
}
