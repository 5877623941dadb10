package io.lipc.benchmarks.uci;

import io.lipc.certificate.linear.Matrix;
import io.lipc.model.Network;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The peer without a construction: the weights themselves are the parameters, {@code [outputs,
 * inputs]} and the bias behind them, layer by layer.
 */
final class PlainWeights implements Parameterization {

  private final List<Matrix> layers;

  /** Plain weights of a network whose layers all have biases. */
  PlainWeights(Network network) {
    this.layers = network.layers().stream().flatMap(layer -> layer.dense().stream()).toList();
  }

  @Override
  public int size() {
    return layers.stream().mapToInt(dense -> dense.outputs() * (dense.inputs() + 1)).sum();
  }

  /** Normal numbers of variance {@code 2 / inputs} (He et al. 2015), biases 0. */
  @Override
  public double[] initial(RandomGenerator random) {
    double[] parameters = new double[size()];
    int at = 0;
    for (Matrix dense : layers) {
      int end = at + dense.outputs() * dense.inputs();
      for (; at < end; at++) {
        parameters[at] = random.nextGaussian() * Math.sqrt(2.0 / dense.inputs());
      }
      at += dense.outputs();
    }
    return parameters;
  }

  @Override
  public Materialized materialize(double[] parameters) {
    SortedMap<String, double[]> tensors = new TreeMap<>();
    int at = 0;
    for (Matrix dense : layers) {
      int bias = at + dense.outputs() * dense.inputs();
      tensors.put(dense.weight(), Arrays.copyOfRange(parameters, at, bias));
      at = bias + dense.outputs();
      tensors.put(dense.bias().orElseThrow(), Arrays.copyOfRange(parameters, bias, at));
    }
    return new Copied(layers, tensors);
  }

  private record Copied(List<Matrix> layers, SortedMap<String, double[]> tensors)
      implements Materialized {

    @Override
    public List<double[]> multipliers() {
      return List.of();
    }

    @Override
    public double[] pullBack(Map<String, double[]> gradients) {
      return layers.stream()
          .flatMap(dense -> List.of(dense.weight(), dense.bias().orElseThrow()).stream())
          .flatMapToDouble(name -> Arrays.stream(gradients.get(name)))
          .toArray();
    }
  }
}
