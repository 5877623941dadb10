package io.lipc.training.linalg;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;

/** The gradient of one number with respect to all variables that it was computed from. */
public final class Adjoints {

  private final IdentityHashMap<Variable, double[][]> sums = new IdentityHashMap<>();

  private Adjoints() {}

  /** The gradient with respect to one variable, of its size. */
  public record Seed(Variable variable, double[][] adjoint) {}

  /**
   * Reverse mode: the gradient of {@code sum <seed adjoint, seed variable>}.
   *
   * <p>Variables are taken in the order of falling depth, so that all uses of one come before it.
   * The order depends on nothing else, hence so does the rounding.
   */
  public static Adjoints pullBack(List<Seed> seeds) {
    Adjoints adjoints = new Adjoints();
    PriorityQueue<Variable> open =
        new PriorityQueue<>(Comparator.comparingInt(Variable::depth).reversed());
    for (Seed seed : seeds) {
      adjoints.add(seed.variable(), seed.adjoint(), open);
    }
    while (!open.isEmpty()) {
      Variable next = open.remove();
      List<double[][]> parts = next.pullBack(adjoints.of(next));
      for (int i = 0; i < parts.size(); i++) {
        adjoints.add(next.operands().get(i), parts.get(i), open);
      }
    }
    return adjoints;
  }

  private void add(Variable variable, double[][] adjoint, PriorityQueue<Variable> open) {
    double[][] before = sums.get(variable);
    if (before == null) {
      open.add(variable);
    }
    sums.put(variable, before == null ? adjoint : Entries.sum(before, adjoint));
  }

  /** The gradient with respect to {@code variable}: zero if nothing depends on it. */
  public double[][] of(Variable variable) {
    double[][] sum = sums.get(variable);
    return sum == null ? Entries.zeros(variable.rows(), variable.columns()) : sum;
  }
}
