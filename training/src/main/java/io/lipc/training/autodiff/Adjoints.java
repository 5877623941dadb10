package io.lipc.training.autodiff;

import io.lipc.linalg.Entries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;

/** The gradient of one number with respect to all variables that it was computed from. */
public final class Adjoints {

  private final IdentityHashMap<Variable, double[][]> sums = new IdentityHashMap<>();

  private Adjoints() {}

  /** The gradient with respect to one variable, of its size; taken over, and written. */
  public record Seed(Variable variable, double[][] adjoint) {}

  /**
   * Reverse mode: the gradient of {@code sum <seed adjoint, seed variable>}.
   *
   * <p>Variables are taken in the order of falling depth, so that all uses of one come before it,
   * and those of one depth do not depend on each other. The order in which parts are added depends
   * on nothing else, hence neither does the rounding.
   */
  public static Adjoints pullBack(List<Seed> seeds) {
    Adjoints adjoints = new Adjoints();
    PriorityQueue<Variable> open =
        new PriorityQueue<>(Comparator.comparingInt(Variable::depth).reversed());
    for (Seed seed : seeds) {
      adjoints.add(seed.variable(), seed.adjoint(), open);
    }
    while (!open.isEmpty()) {
      List<Variable> deepest = removeDeepest(open);
      List<List<double[][]>> parts =
          Parallel.map(
              deepest,
              Variable::multiplications,
              variable -> variable.pullBack(adjoints.sum(variable)));
      for (int i = 0; i < deepest.size(); i++) {
        adjoints.addAll(deepest.get(i).operands(), parts.get(i), open);
      }
    }
    return adjoints;
  }

  /** All of the greatest depth. */
  private static List<Variable> removeDeepest(PriorityQueue<Variable> open) {
    List<Variable> deepest = new ArrayList<>();
    deepest.add(open.remove());
    while (!open.isEmpty() && open.element().depth() == deepest.getFirst().depth()) {
      deepest.add(open.remove());
    }
    return deepest;
  }

  private void addAll(
      List<Variable> operands, List<double[][]> parts, PriorityQueue<Variable> open) {
    for (int i = 0; i < operands.size(); i++) {
      add(operands.get(i), parts.get(i), open);
    }
  }

  private void add(Variable variable, double[][] adjoint, PriorityQueue<Variable> open) {
    double[][] sum = sums.get(variable);
    if (sum == null) {
      open.add(variable);
      sums.put(variable, adjoint);
    } else {
      Entries.add(sum, adjoint);
    }
  }

  private double[][] sum(Variable variable) {
    double[][] sum = sums.get(variable);
    return sum == null ? Entries.zeros(variable.rows(), variable.columns()) : sum;
  }

  /**
   * The gradient with respect to {@code variable}: zero if nothing depends on it.
   *
   * @throws IllegalArgumentException if it was computed from others: its gradient was passed on
   */
  public double[][] of(Variable variable) {
    if (!variable.operands().isEmpty()) {
      throw new IllegalArgumentException("the gradient of what depends on others was passed on");
    }
    return sum(variable);
  }
}
