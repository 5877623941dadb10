package io.lipc.certifier.problem;

import io.lipc.certificate.Unit;
import io.lipc.model.activation.Activation;
import java.util.stream.IntStream;

/** How many coordinates the matrix inequality over all neurons has. */
public final class Coordinates {

  private Coordinates() {}

  /** The number of coordinates of all units with a constraint, without the input. */
  public static int of(Problem problem) {
    return IntStream.range(0, problem.units().size())
        .map(unit -> of(problem, unit))
        .reduce(0, Math::addExact);
  }

  /**
   * The number of coordinates of all units, and of the input if it is likely to stay: if it is
   * measured in linf, or meets itself in a constraint, as it does if slopes do not begin or end at
   * 0.
   */
  public static int ofMatrix(Problem problem) {
    boolean stays = problem.inequality().fromLargest();
    for (int i = 0; i < problem.units().size(); i++) {
      Unit unit = problem.units().get(i);
      stays |= unit instanceof Unit.GainOnly;
      stays |= unit instanceof Unit.Activation && hasSquares(problem.slopes(i));
    }
    return Math.addExact(of(problem), stays ? problem.inputSize() : 0);
  }

  private static boolean hasSquares(KnownSlopes known) {
    return known.free().stream().anyMatch(slopes -> slopes.alpha() * slopes.beta() != 0);
  }

  /** The number of coordinates of one unit. */
  public static int of(Problem problem, int unit) {
    return switch (problem.units().get(unit)) {
      case Unit.Activation activation -> {
        int free = problem.slopes(unit).free().size();
        yield switch (Slopes.activation(activation)) {
          case Activation.Pointwise _ -> free;
          case Activation.Grouped grouped -> free * Groups.fresh(grouped, activation.size());
        };
      }
      case Unit.GainOnly gain -> gain.size();
      case Unit.Input _, Unit.Linear _ -> 0;
    };
  }
}
