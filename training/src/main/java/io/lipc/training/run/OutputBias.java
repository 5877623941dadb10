package io.lipc.training.run;

import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.model.activation.GroupedKind;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.table.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A parameterisation whose output bias b is {@code mean + deviation b'} for a free parameter b', in
 * units of the targets: training starts where it predicts their means, and moves the bias as fast
 * in any unit. No bound depends on a bias.
 *
 * @param inner gives everything else
 * @param tensor the name of the bias
 */
record OutputBias(Parameterization inner, String tensor, TargetUnits units)
    implements Parameterization {

  /**
   * {@code inner} in units of the targets; as it is where no dense layer with a bias gives the
   * outputs, or is a term of their sum.
   *
   * @param graph without calls
   */
  static Parameterization of(KernelGraph graph, Parameterization inner, TargetUnits units) {
    Optional<String> bias = bias(graph, graph.output());
    return bias.isPresent() ? new OutputBias(inner, bias.get(), units) : inner;
  }

  /**
   * Requires outputs that may be any numbers.
   *
   * @param graph without calls
   * @throws DataException if their sum is fixed, as that of probabilities is
   */
  static void requireNumbers(KernelGraph graph) throws DataException {
    for (Kernel kernel : writers(graph, graph.output())) {
      if (kernel instanceof GroupedKernel grouped && grouped.activation().fixesSum()) {
        GroupedKind kind = grouped.activation().kind();
        String outputs =
            kind == GroupedKind.SOFTMAX
                ? "are probabilities, which add up to 1, and no targets"
                : "add up to the same number whatever they are, and targets do not";
        throw new DataException(
            "%s ends in %s: its outputs %s; end it in a dense layer"
                .formatted(graph.network(), kind.word(), outputs));
      }
    }
  }

  private static Optional<String> bias(KernelGraph graph, Buffer value) {
    List<Kernel> writers = writers(graph, value);
    return writers.stream()
        .flatMap(
            writer ->
                switch (writer) {
                  case GemmKernel gemm when gemm.activation().isEmpty() && writers.size() == 1 ->
                      gemm.bias().filter(bias -> isReadOnce(graph, bias)).stream();
                  case AddKernel sum ->
                      sum.terms().stream()
                          .filter(term -> !term.equals(value) && readers(graph, term) == 1)
                          .flatMap(term -> bias(graph, term).stream());
                  default -> Stream.<String>empty();
                })
        .findFirst();
  }

  private static List<Kernel> writers(KernelGraph graph, Buffer value) {
    return graph.kernels().stream().filter(kernel -> kernel.target().equals(value)).toList();
  }

  /** A term that other layers read as well would move these too. */
  private static long readers(KernelGraph graph, Buffer value) {
    return graph.kernels().stream()
        .flatMap(kernel -> kernel.sources().stream())
        .filter(value::equals)
        .count();
  }

  /** A network that is called twice has its layers in two places. */
  private static boolean isReadOnce(KernelGraph graph, String bias) {
    return graph.kernels().stream()
            .filter(
                kernel ->
                    kernel instanceof GemmKernel gemm && gemm.bias().equals(Optional.of(bias)))
            .count()
        == 1;
  }

  @Override
  public int size() {
    return inner.size();
  }

  @Override
  public double[] initial(RandomGenerator random) {
    return inner.initial(random);
  }

  @Override
  public Materialized materialize(double[] parameters) {
    Materialized weights = inner.materialize(parameters);
    SortedMap<String, double[]> tensors = new TreeMap<>(weights.tensors());
    tensors.computeIfPresent(tensor, (_, bias) -> moved(bias));
    return new Moved(weights, tensors, this);
  }

  private double[] moved(double[] bias) {
    double[] moved = bias.clone();
    Arrays.setAll(moved, k -> units.means().get(k) + units.deviation() * bias[k]);
    return moved;
  }

  /** Weights with the bias that the network reads. */
  private record Moved(
      Materialized inner, SortedMap<String, double[]> tensors, OutputBias parameterization)
      implements Materialized {

    @Override
    public List<double[]> multipliers() {
      return inner.multipliers();
    }

    @Override
    public double[] pullBack(Map<String, double[]> gradients) {
      Map<String, double[]> free = new TreeMap<>(gradients);
      double deviation = parameterization.units().deviation();
      free.computeIfPresent(
          parameterization.tensor(),
          (_, bias) -> Arrays.stream(bias).map(x -> deviation * x).toArray());
      return inner.pullBack(free);
    }

    @Override
    public void release() {
      inner.release();
    }
  }
}
