package io.lipc.certifier;

import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.model.Activation;
import io.lipc.model.ActivationKind;
import io.lipc.model.SlopeBounds;
import java.util.List;
import java.util.OptionalDouble;

/** The slope bounds of activation units, from the model's table. */
final class Slopes {

  private Slopes() {}

  /**
   * The one slope of an activation that is linear, like a leaky_relu of slope 1; empty for all
   * others.
   */
  static OptionalDouble linear(Unit.Activation activation) {
    return kind(activation)
        .slopeBounds(activation.parameters())
        .filter(slopes -> slopes.alpha() == slopes.beta())
        .map(slopes -> OptionalDouble.of(slopes.alpha()))
        .orElse(OptionalDouble.empty());
  }

  /** Whether differences of its results are the same wherever it is. */
  static boolean isLinear(Unit.Activation activation) {
    return linear(activation).isPresent();
  }

  /** Whether it maps groups of neighbouring elements. */
  static boolean isGrouped(Unit.Activation activation) {
    return !kind(activation).isElementwise();
  }

  /** Whether the sum of each group of its results is known from what it reads. */
  static boolean keepsSum(Unit.Activation activation) {
    return switch (kind(activation)) {
      case MAXMIN, GROUP_SORT, SOFTMAX -> true;
      default -> false;
    };
  }

  /** Whether it maps dyadic numbers to dyadic numbers. */
  static boolean isPiecewiseLinear(Unit.Activation activation) {
    return switch (kind(activation)) {
      case MAXMIN, GROUP_SORT, HOUSEHOLDER -> true;
      case SOFTMAX -> false;
      default -> function(activation) instanceof PiecewiseLinear;
    };
  }

  /** What an elementwise activation computes. */
  static Elementwise function(Unit.Activation activation) {
    return Elementwise.of(activation.name(), activation.parameters());
  }

  /** What an activation of groups computes. */
  static Grouped grouped(Unit.Activation activation) {
    return Grouped.of(activation.name(), activation.parameters());
  }

  /** The slope bounds of an elementwise activation. */
  static SlopeBounds of(Unit.Activation activation) {
    return kind(activation).slopeBounds(activation.parameters()).orElseThrow();
  }

  /** What the activation multiplies l2 distances by at most, to the nearest double. */
  static double gain(Unit.Activation activation) {
    List<Double> constants = activation.parameters();
    return switch (kind(activation)) {
      case MAXMIN, GROUP_SORT -> 1;
      case HOUSEHOLDER -> Math.max(1, 2 * constants.stream().mapToDouble(c -> c * c).sum() - 1);
      case SOFTMAX -> 0.5 / constants.getFirst();
      default -> of(activation).gain();
    };
  }

  static Activation activation(Unit.Activation activation) {
    return new Activation(kind(activation), activation.parameters());
  }

  static ActivationKind kind(Unit.Activation activation) {
    return ActivationKind.named(activation.name()).orElseThrow();
  }
}
