package io.lipc.certifier;

import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.model.ActivationKind;
import io.lipc.model.SlopeBounds;
import java.util.OptionalDouble;

/** The slope bounds of activation units, from the model's table. */
final class Slopes {

  private Slopes() {}

  /** The one slope of an activation that is linear, like identity; empty for all others. */
  static OptionalDouble linear(Unit.Activation activation) {
    return kind(activation)
        .slopeBounds(activation.parameters())
        .filter(slopes -> slopes.alpha() == slopes.beta())
        .map(slopes -> OptionalDouble.of(slopes.alpha()))
        .orElse(OptionalDouble.empty());
  }

  static boolean isMaxMin(Unit.Activation activation) {
    return kind(activation) == ActivationKind.MAXMIN;
  }

  /** Whether it maps dyadic numbers to dyadic numbers. */
  static boolean isPiecewiseLinear(Unit.Activation activation) {
    return isMaxMin(activation) || function(activation) instanceof PiecewiseLinear;
  }

  /** What an elementwise activation computes. */
  static Elementwise function(Unit.Activation activation) {
    return Elementwise.of(activation.name(), activation.parameters());
  }

  /** The slope bounds of an elementwise activation. */
  static SlopeBounds of(Unit.Activation activation) {
    return kind(activation).slopeBounds(activation.parameters()).orElseThrow();
  }

  /** What the activation multiplies l2 distances by at most; maxmin permutes. */
  static double gain(Unit.Activation activation) {
    return isMaxMin(activation) ? 1 : of(activation).gain();
  }

  static ActivationKind kind(Unit.Activation activation) {
    return ActivationKind.named(activation.name()).orElseThrow();
  }
}
