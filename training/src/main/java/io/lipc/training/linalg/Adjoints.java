package io.lipc.training.linalg;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** The gradient of one number with respect to all variables that it was computed from. */
public final class Adjoints {

  private final IdentityHashMap<Variable, CompletableFuture<double[][]>> sums =
      new IdentityHashMap<>();

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
    Tasks tasks = new Tasks();
    PriorityQueue<Variable> open =
        new PriorityQueue<>(Comparator.comparingInt(Variable::depth).reversed());
    for (Seed seed : seeds) {
      adjoints.add(seed.variable(), CompletableFuture.completedFuture(seed.adjoint()), open);
    }
    while (!open.isEmpty()) {
      Variable next = open.remove();
      CompletableFuture<List<double[][]>> parts =
          adjoints
              .future(next)
              .thenApplyAsync(next::pullBack, tasks.executor(next.multiplications()));
      for (int i = 0; i < next.operands().size(); i++) {
        int operand = i;
        adjoints.add(
            next.operands().get(i), parts.thenApply(adjoint -> adjoint.get(operand)), open);
      }
    }
    adjoints.sums.values().forEach(tasks::join);
    return adjoints;
  }

  private void add(
      Variable variable, CompletableFuture<double[][]> adjoint, PriorityQueue<Variable> open) {
    CompletableFuture<double[][]> before = sums.get(variable);
    if (before == null) {
      open.add(variable);
    }
    sums.put(variable, before == null ? adjoint : before.thenCombine(adjoint, Entries::sum));
  }

  private CompletableFuture<double[][]> future(Variable variable) {
    CompletableFuture<double[][]> sum = sums.get(variable);
    return sum == null
        ? CompletableFuture.completedFuture(Entries.zeros(variable.rows(), variable.columns()))
        : sum;
  }

  /** The gradient with respect to {@code variable}: zero if nothing depends on it. */
  public double[][] of(Variable variable) {
    return future(variable).join();
  }
}
