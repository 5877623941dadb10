package io.lipc.training;

import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Sum;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

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
   */
  static Parameterization of(Network network, Parameterization inner, TargetUnits units) {
    Optional<String> bias = bias(network, network.layers().size() - 1);
    return bias.isPresent() ? new OutputBias(inner, bias.get(), units) : inner;
  }

  private static Optional<String> bias(Network network, int layer) {
    return switch (network.layers().get(layer)) {
      case Layer.Linear(_, Matrix matrix, _) -> matrix.bias();
      case Layer.Linear(List<Integer> operands, Identity _, _) ->
          bias(network, operands.getFirst());
      case Layer.Linear(List<Integer> operands, Sum _, _) ->
          operands.stream()
              .filter(operand -> readers(network, operand) == 1)
              .flatMap(operand -> bias(network, operand).stream())
              .findFirst();
      case Layer.Linear _, Layer.Input _, Layer.Activate _, Layer.MaxPool _, Layer.Call _ ->
          Optional.empty();
    };
  }

  /** A term that other layers read as well would move these too. */
  private static long readers(Network network, int layer) {
    return network.layers().stream()
        .flatMap(reader -> reader.operands().stream())
        .filter(operand -> operand == layer)
        .count();
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
  }
}
