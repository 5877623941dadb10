package io.lipc.training.parameterization;

import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;

/**
 * An activation z -> y with {@code |dy| <= |dz|}, by itself in a chain.
 *
 * @param groups how many groups of elements it maps, each of which has one multiplier
 * @param multiplier the lambda of {@link #of}, for each
 */
public record PassingActivation(int groups, double multiplier) implements Stage {

  /**
   * An activation with {@code |dz|^2 - |dy|^2 - lambda 2 (dw - a dp)(b dp - dw) >= 0}, where p and
   * w are what is known of it.
   *
   * <p>Elementwise, p = z and w = y, the form has the matrix {@code [[1 + 2ab lambda, -(a+b)
   * lambda], [., 2 lambda - 1]]}. For {@code lambda = 1 / (1 - ab)} its determinant is {@code ((1 +
   * ab)^2 - (a + b)^2) / (1 - ab)^2}, and {@code 1 + ab >= |a + b|} for a and b within [-1, 1]. For
   * pairs that are sorted, p and w are differences, and {@code |dz|^2 - |dy|^2 = (dp^2 - dw^2) /
   * 2}; for longer groups {@code |dp|^2 - |dw|^2}; for a reflection by a unit vector {@code 4 dw
   * (dp - dw)}; softmax has slopes of [0, 1 / (2T)], T at least 1/2, as an elementwise one, and
   * layer_norm of [0, 1 / sqrt(epsilon)], epsilon at least 1.
   *
   * @param size the number of its elements
   */
  public static PassingActivation of(Activation.Nonlinear activation, int size) {
    return switch (activation) {
      case Activation.Pointwise pointwise ->
          new PassingActivation(size, elementwise(pointwise.slopes()));
      case Activation.Grouped grouped ->
          new PassingActivation(size / grouped.group(size), grouped(grouped));
    };
  }

  private static double elementwise(SlopeBounds slopes) {
    return 1 / (1 - slopes.alpha() * slopes.beta());
  }

  private static double grouped(Activation.Grouped activation) {
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> activation.sortsPairs() ? 0.25 : 0.5;
      case HOUSEHOLDER -> 2;
      case SOFTMAX, LAYER_NORM, L2_NORMALIZE -> 1;
    };
  }
}
