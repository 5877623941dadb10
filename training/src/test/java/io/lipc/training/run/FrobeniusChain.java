package io.lipc.training.run;

import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A chain whose bound holds because the spectral norm is at most the Frobenius norm: {@code W_k =
 * L^(1/K) V_k / |V_k|_F}, with free biases. Crude, but smooth and true.
 */
record FrobeniusChain(List<Integer> widths, double bound) implements Parameterization {

  static FrobeniusChain of(double bound, Integer... widths) {
    return new FrobeniusChain(List.of(widths), bound);
  }

  /** The chain with MaxMin between its layers, or relu where a width is odd. */
  KernelGraph graph() {
    List<Kernel> kernels = new ArrayList<>();
    Buffer input = new Buffer("x", widths.getFirst());
    Buffer value = input;
    for (int k = 1; k <= layers(); k++) {
      Buffer product = new Buffer("z" + k, widths.get(k));
      kernels.add(
          new GemmKernel(value, product, weight(k), Optional.of(bias(k)), Optional.empty()));
      value = product;
      if (k < layers()) {
        value = new Buffer("h" + k, widths.get(k));
        kernels.add(
            widths.get(k) % 2 == 0
                ? new MaxMinKernel(product, value)
                : new ElementwiseKernel(product, value, PointwiseKind.RELU.with(List.of())));
      }
    }
    return new KernelGraph("test.Chain", ElementType.F32, input, value, kernels);
  }

  @Override
  public int size() {
    int size = 0;
    for (int k = 1; k <= layers(); k++) {
      size += weightSize(k) + widths.get(k);
    }
    return size;
  }

  @Override
  public double[] initial(RandomGenerator random) {
    return random.doubles(size(), -1, 1).toArray();
  }

  @Override
  public Materialized materialize(double[] parameters) {
    SortedMap<String, double[]> tensors = new TreeMap<>();
    int from = 0;
    for (int k = 1; k <= layers(); k++) {
      double[] weight = slice(parameters, from, weightSize(k));
      double scale = gain() / norm(weight);
      for (int i = 0; i < weight.length; i++) {
        weight[i] *= scale;
      }
      tensors.put(weight(k), weight);
      tensors.put(bias(k), slice(parameters, from + weightSize(k), widths.get(k)));
      from += weightSize(k) + widths.get(k);
    }
    return new Chain(parameters.clone(), tensors);
  }

  private int layers() {
    return widths.size() - 1;
  }

  private int weightSize(int layer) {
    return widths.get(layer) * widths.get(layer - 1);
  }

  private double gain() {
    return Math.pow(bound, 1.0 / layers());
  }

  private static String weight(int layer) {
    return "z" + layer + ".weight";
  }

  private static String bias(int layer) {
    return "z" + layer + ".bias";
  }

  private static double[] slice(double[] values, int from, int size) {
    double[] slice = new double[size];
    System.arraycopy(values, from, slice, 0, size);
    return slice;
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private final class Chain implements Materialized {
    private final double[] parameters;
    private final SortedMap<String, double[]> tensors;

    private Chain(double[] parameters, SortedMap<String, double[]> tensors) {
      this.parameters = parameters;
      this.tensors = tensors;
    }

    @Override
    public SortedMap<String, double[]> tensors() {
      return tensors;
    }

    @Override
    public List<double[]> multipliers() {
      return List.of();
    }

    /** With u = V / |V|: {@code dV = gain / |V| (dW - (u . dW) u)}. */
    @Override
    public double[] pullBack(Map<String, double[]> gradients) {
      double[] pulled = new double[parameters.length];
      int from = 0;
      for (int k = 1; k <= layers(); k++) {
        double[] v = slice(parameters, from, weightSize(k));
        double[] dw = gradients.get(weight(k));
        double norm = norm(v);
        double along = 0;
        for (int i = 0; i < v.length; i++) {
          along += v[i] / norm * dw[i];
        }
        for (int i = 0; i < v.length; i++) {
          pulled[from + i] = gain() / norm * (dw[i] - along * v[i] / norm);
        }
        from += v.length;
        System.arraycopy(gradients.get(bias(k)), 0, pulled, from, widths.get(k));
        from += widths.get(k);
      }
      return pulled;
    }
  }
}
