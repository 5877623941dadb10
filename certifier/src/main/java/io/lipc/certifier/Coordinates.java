package io.lipc.certifier;

import io.lipc.certificate.Unit;
import io.lipc.model.Activation;

/** How many coordinates the matrix inequality over all neurons has. */
final class Coordinates {

  private Coordinates() {}

  /** Those of all units with a constraint, without the input. */
  static int of(Problem problem) {
    return problem.units().stream().mapToInt(Coordinates::of).reduce(0, Math::addExact);
  }

  /** Those of one unit. */
  static int of(Unit unit) {
    return switch (unit) {
      case Unit.Activation activation when Slopes.isLinear(activation) -> 0;
      case Unit.Activation activation ->
          switch (Slopes.activation(activation)) {
            case Activation.Pointwise _ -> activation.size();
            case Activation.Grouped grouped -> Groups.coordinates(grouped, activation.size());
          };
      case Unit.Call call -> call.size();
      default -> 0;
    };
  }
}
