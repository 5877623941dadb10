package io.lipc.certifier.problem;

import io.lipc.certificate.Unit;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;

/** How many coordinates the matrix inequality over all neurons has. */
public final class Coordinates {

  private Coordinates() {}

  /** The number of coordinates of all units with a constraint, without the input. */
  public static int of(Problem problem) {
    return problem.units().stream().mapToInt(Coordinates::of).reduce(0, Math::addExact);
  }

  /**
   * The number of coordinates of all units, and of the input if it is likely to stay: if it is
   * measured in linf, or meets itself in a constraint, as it does if slopes do not begin or end at
   * 0.
   */
  public static int ofMatrix(Problem problem) {
    boolean stays = problem.inequality().fromLargest();
    for (Unit unit : problem.units()) {
      stays |= unit instanceof Unit.GainOnly;
      stays |= unit instanceof Unit.Activation activation && hasSquares(activation);
    }
    return Math.addExact(of(problem), stays ? problem.inputSize() : 0);
  }

  private static boolean hasSquares(Unit.Activation activation) {
    if (Slopes.isLinear(activation)) {
      return false;
    }
    SlopeBounds slopes = Groups.slopesOf(activation).orElseGet(() -> Slopes.of(activation));
    return slopes.alpha() * slopes.beta() != 0;
  }

  /** The number of coordinates of one unit. */
  public static int of(Unit unit) {
    return switch (unit) {
      case Unit.Activation activation when Slopes.isLinear(activation) -> 0;
      case Unit.Activation activation ->
          switch (Slopes.activation(activation)) {
            case Activation.Pointwise _ -> activation.size();
            case Activation.Grouped grouped -> Groups.coordinates(grouped, activation.size());
          };
      case Unit.GainOnly gain -> gain.size();
      case Unit.Input _, Unit.Linear _ -> 0;
    };
  }
}
