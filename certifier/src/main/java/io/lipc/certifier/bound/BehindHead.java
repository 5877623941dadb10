package io.lipc.certifier.bound;

import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.linalg.Cholesky;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The units behind a head, as a network of their own. Its input v is measured by |v|, and the head
 * gives {@code z = F' v}, {@code F' F = Y}: so {@code |v|^2 = z' Y^-1 z} is the rest of the torus.
 *
 * @param shift the difference between the numbers of its units and those of the whole network
 */
record BehindHead(Problem problem, int shift) {

  private static final String ROOT = "root of what is before the head";

  /**
   * The network behind unit {@code head}.
   *
   * @param y the matrix of what is before it
   * @return empty if that is not positive in doubles, or units behind read others before
   */
  static Optional<BehindHead> of(Problem whole, int head, double[][] y) {
    List<Unit> behind = whole.units().subList(head + 1, whole.units().size());
    boolean apart =
        behind.stream().flatMap(unit -> unit.operands().stream()).allMatch(i -> i >= head);
    return Cholesky.of(y, whole.deadline())
        .filter(_ -> apart)
        .flatMap(_ -> root(y))
        .map(root -> network(whole, head, root));
  }

  private static Optional<Tensor> root(double[][] y) {
    double[] root = new double[y.length * y.length];
    double[][] lower = lower(y);
    for (int i = 0; i < y.length; i++) {
      System.arraycopy(lower[i], 0, root, i * y.length, y.length);
    }
    try {
      return Optional.of(Tensor.of(ROOT, ElementType.F64, List.of(y.length, y.length), root));
    } catch (FormatException notFinite) {
      return Optional.empty();
    }
  }

  /** The lower triangular L with {@code L L' = Y}, which has a factor. */
  private static double[][] lower(double[][] y) {
    int n = y.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = y[i][j];
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
      }
    }
    return lower;
  }

  private static BehindHead network(Problem whole, int head, Tensor root) {
    int size = whole.units().get(head).size();
    List<Unit> units = new ArrayList<>();
    units.add(new Unit.Input(size, Optional.empty()));
    units.add(Unit.dense(0, size, size, ROOT, Optional.empty()));
    for (Unit unit : whole.units().subList(head + 1, whole.units().size())) {
      units.add(moved(unit, head - 1));
    }
    Map<String, Tensor> tensors = new HashMap<>(whole.weights().tensors());
    tensors.put(ROOT, root);
    List<TensorRecord> records = new ArrayList<>(whole.tensors());
    records.add(new TensorRecord(ROOT, root.shape(), root.digest()));
    Problem problem =
        new Problem(
            whole.network(),
            whole.type(),
            whole.claim(),
            List.copyOf(units),
            records,
            new Weights(tensors),
            whole.callees(),
            whole.deadline());
    return new BehindHead(problem, head - 1);
  }

  private static Unit moved(Unit unit, int by) {
    List<Integer> read = unit.operands().stream().map(operand -> operand - by).toList();
    return switch (unit) {
      case Unit.Input input -> input;
      case Unit.Linear linear -> new Unit.Linear(read, linear.map(), linear.size());
      case Unit.Activation a ->
          new Unit.Activation(read.getFirst(), a.function(), a.size(), a.pixels());
      case Unit.MaxPool pool -> new Unit.MaxPool(read.getFirst(), pool.input(), pool.window());
      case Unit.Call call ->
          new Unit.Call(
              read.getFirst(), call.network(), call.certificate(), call.inputs(), call.size());
    };
  }

  /** The multipliers of the whole, with those of the units before the head. */
  Optional<FrequencyMultipliers> multipliers(
      List<Proof.Multiplier> before, Torus torus, Goal goal) {
    return LayerwiseLmi.of(problem, goal)
        .elimination()
        .map(
            result -> {
              List<Proof.Multiplier> all = new ArrayList<>(before);
              result.multipliers().forEach(m -> all.add(here(m)));
              Optional<Integer> head = Optional.of(shift + 1);
              return new FrequencyMultipliers(new AllFrequencies(torus, head), all, result.rho());
            });
  }

  /** The multipliers of this network, as those of the whole. */
  List<Proof.Multiplier> moved(List<Proof.Multiplier> multipliers) {
    return multipliers.stream().map(this::here).toList();
  }

  private Proof.Multiplier here(Proof.Multiplier multiplier) {
    return new Proof.Multiplier(
        multiplier.unit() + shift, multiplier.constraint(), multiplier.values());
  }
}
