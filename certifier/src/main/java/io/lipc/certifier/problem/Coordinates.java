package io.lipc.certifier.problem;

import io.lipc.certificate.Unit;
import io.lipc.model.activation.Activation;

/** How many coordinates the matrix inequality over all neurons has. */
public final class Coordinates {

  private Coordinates() {}

  /** Those of all units with a constraint, without the input. */
  public static int of(Problem problem) {
    return problem.units().stream().mapToInt(Coordinates::of).reduce(0, Math::addExact);
  }

  /** Those of one unit. */
  public static int of(Unit unit) {
    return switch (unit) {
      case Unit.Activation activation when Slopes.isLinear(activation) -> 0;
      case Unit.Activation activation ->
          switch (Slopes.activation(activation)) {
            case Activation.Pointwise _ -> activation.size();
            case Activation.Grouped grouped -> Groups.coordinates(grouped, activation.size());
          };
      case Unit.MaxPool pool -> pool.size();
      case Unit.Call call -> call.size();
      default -> 0;
    };
  }
}
