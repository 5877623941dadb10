package io.lipc.certifier;

import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Windowed;
import io.lipc.certifier.bound.LayerNorm;
import io.lipc.certifier.lmi.GreedyElimination.Pivot;
import io.lipc.certifier.lmi.GreedyElimination.Result;
import io.lipc.certifier.problem.Problem;
import io.lipc.model.UpperBound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The origin of a bound, layer by layer.
 *
 * @param layers the weighted layers in order
 * @param blamed the matrix of the first layer whose pivot is not positive
 */
record LayerReports(List<LayerReport> layers, Optional<String> blamed) {

  /**
   * Reports at the bound {@code bound}. A layer's pivot is that of the first nonlinear unit that
   * its output reaches; with the multipliers that prove {@code bound} it is {@code bound^2} times
   * that of the elimination. A layer that reaches only the output has the pivot {@code bound^2 -
   * rho}.
   */
  static LayerReports of(
      Problem problem, List<LayerNorm> norms, Optional<Result> elimination, double bound) {
    List<LayerReport> layers = new ArrayList<>();
    double[] pivots = new double[problem.units().size()];
    elimination.ifPresent(
        result -> System.arraycopy(pivots(problem, result, bound), 0, pivots, 0, pivots.length));
    Optional<String> blamed = Optional.empty();
    for (LayerNorm norm : norms) {
      Unit layer = problem.units().get(norm.unit());
      double pivot = pivots[norm.unit()];
      layers.add(
          new LayerReport(
              norm.weight(),
              problem.units().get(layer.operands().getFirst()).size(),
              layer.size(),
              norm.norm().stream().mapToObj(UpperBound::new).findFirst(),
              embedding(norm),
              elimination.isPresent() ? OptionalDouble.of(pivot) : OptionalDouble.empty()));
      if (blamed.isEmpty() && elimination.isPresent() && !(pivot > 0)) {
        blamed = Optional.of(norm.weight());
      }
    }
    return new LayerReports(List.copyOf(layers), blamed);
  }

  private static Optional<Embedding> embedding(LayerNorm norm) {
    return norm.map() instanceof Windowed map
            && norm.unrolled().isEmpty()
            && norm.gain().isPresent()
            && norm.gain().get().witness() instanceof Torus torus
        ? Optional.of(new Embedding(map, torus))
        : Optional.empty();
  }

  /** The pivot that each unit leads to. */
  private static double[] pivots(Problem problem, Result result, double bound) {
    Map<Integer, Double> own = new HashMap<>();
    for (Pivot pivot : result.pivots()) {
      own.put(pivot.unit(), pivot.least() * bound * bound);
    }
    List<Unit> units = problem.units();
    double[] ahead = new double[units.size()];
    boolean[] known = new boolean[units.size()];
    ahead[units.size() - 1] = bound * bound - result.rho();
    known[units.size() - 1] = true;
    // Backwards, so that of several readers the first one stands.
    for (int i = units.size() - 1; i >= 0; i--) {
      double passed = own.getOrDefault(i, ahead[i]);
      boolean passes = own.containsKey(i) || (known[i] && !LayerNorm.isNeeded(units.get(i)));
      for (int operand : units.get(i).operands()) {
        if (passes || !known[operand]) {
          ahead[operand] = passed;
          known[operand] = true;
        }
      }
    }
    return ahead;
  }
}
