package io.lipc.training.parameterization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Multipliers of constructions. */
public final class Multipliers {

  private Multipliers() {}

  /**
   * Multipliers that spread an excess of the bound over all layers, against the rounding of
   * weights. With the factors {@code t_0 = rho' / rho > t_1 > ... > t_K > 1} for {@code rho} and
   * the activations in their order, summation by parts gives
   *
   * <pre>
   * S(rho', t lambda) = S(rho, lambda) + sum_(k&lt;K) (t_k - t_(k+1)) P_k + (t_K - 1) P_K,
   * P_k = rho |dx|^2 - sum_(j&lt;=k) lambda_j Q_j
   * </pre>
   *
   * In every construction of this package {@code P_k >= 0}: it is positive in x and {@code
   * w_1..w_k} where that part of S has positive pivots, and for SLL blocks it is at least {@code
   * |x_k|^2}. So each term adds to S; an excess in rho alone reaches a later pivot only as far as
   * the earlier ones let it through.
   *
   * @param multipliers of a construction for the bound L, as {@link Materialized#multipliers()}
   * @param excess {@code L'^2 / L^2} for the bound L' to prove, at least 1
   */
  public static List<double[]> spread(List<double[]> multipliers, double excess) {
    if (!(excess >= 1 && excess < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("not an excess: " + excess);
    }
    List<double[]> spread = new ArrayList<>();
    int steps = multipliers.size() + 1;
    for (int k = 1; k < steps; k++) {
      double factor = 1 + (excess - 1) * (steps - k) / steps;
      spread.add(Arrays.stream(multipliers.get(k - 1)).map(x -> factor * x).toArray());
    }
    return List.copyOf(spread);
  }
}
