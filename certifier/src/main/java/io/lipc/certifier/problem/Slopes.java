package io.lipc.certifier.problem;

import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ActivationKind;
import java.util.List;

/** The functions of activation units, from the model's table. */
public final class Slopes {

  private Slopes() {}

  /** The activation that a unit computes, by its name. */
  public static Activation.Nonlinear activation(Unit.Activation unit) {
    ActivationKind kind = ActivationKind.named(unit.function().word()).orElseThrow();
    return switch (kind.with(unit.constants())) {
      case Activation.Nonlinear activation -> activation;
      case Activation.Linear _ ->
          throw new IllegalArgumentException(kind.word() + " has no kink: it is a linear unit");
    };
  }

  /** Whether it maps dyadic numbers to dyadic numbers. */
  public static boolean isPiecewiseLinear(Unit.Activation unit) {
    return switch (activation(unit)) {
      case Activation.Pointwise pointwise ->
          Elementwise.of(pointwise.kind().word(), pointwise.parameters())
              instanceof PiecewiseLinear;
      case Activation.Grouped grouped ->
          switch (grouped.kind()) {
            case MAXMIN, GROUP_SORT, HOUSEHOLDER -> true;
            case SOFTMAX, LAYER_NORM, L2_NORMALIZE -> false;
          };
    };
  }

  /** The largest factor by which the activation multiplies l2 distances, to the nearest double. */
  public static double gain(Unit.Activation unit) {
    return switch (activation(unit)) {
      case Activation.Pointwise pointwise -> pointwise.slopes().gain();
      case Activation.Grouped grouped -> gain(grouped);
    };
  }

  private static double gain(Activation.Grouped activation) {
    List<Double> constants = activation.parameters();
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> 1;
      case HOUSEHOLDER -> Math.max(1, 2 * constants.stream().mapToDouble(c -> c * c).sum() - 1);
      case SOFTMAX -> 0.5 / constants.getFirst();
      case LAYER_NORM -> 1 / Math.sqrt(constants.getFirst());
      case L2_NORMALIZE -> 1 / constants.getFirst();
    };
  }
}
