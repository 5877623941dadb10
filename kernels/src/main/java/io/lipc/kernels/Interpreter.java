package io.lipc.kernels;

import io.lipc.certificate.function.Elementwise;
import io.lipc.model.Activation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Runs a kernel graph as its kernels are described, with plain loops: the oracle for every emitter.
 *
 * <p>Numbers are doubles, rounded to the graph's precision after each operation. For F32 this gives
 * the bits of float arithmetic: a sum, difference or product of two floats that is rounded to 53
 * bits and then to 24 is rounded correctly, because {@code 53 >= 2 * 24 + 2} (Figueroa 1995).
 */
public final class Interpreter {

  private final KernelGraph graph;
  private final Map<String, double[]> tensors;
  private final Map<String, UnaryOperator<double[]>> callees;

  /**
   * An interpreter of {@code graph}.
   *
   * @param tensors by name, in row-major order, numbers of the graph's precision
   * @param callees by qualified name
   */
  public Interpreter(
      KernelGraph graph,
      Map<String, double[]> tensors,
      Map<String, UnaryOperator<double[]>> callees) {
    this.graph = graph;
    this.tensors = Map.copyOf(tensors);
    this.callees = Map.copyOf(callees);
  }

  /** The output for {@code input}, whose numbers are of the graph's precision. */
  public double[] apply(double[] input) {
    return Lookup.in(valuesAt(input), graph.output());
  }

  /** The final values of all buffers for {@code input}. */
  Map<Buffer, double[]> valuesAt(double[] input) {
    Map<Buffer, double[]> values = new HashMap<>();
    values.put(graph.input(), input.clone());
    for (Kernel kernel : graph.kernels()) {
      double[] target =
          values.computeIfAbsent(kernel.target(), buffer -> new double[buffer.size()]);
      run(
          kernel,
          kernel.sources().stream().map(source -> Lookup.in(values, source)).toList(),
          target);
    }
    return values;
  }

  private void run(Kernel kernel, List<double[]> sources, double[] y) {
    double[] x = sources.getFirst();
    switch (kernel) {
      case Kernel.Gemm gemm -> multiply(gemm, x, y);
      case Kernel.Elementwise elementwise -> activate(elementwise.activation(), x, y);
      case Kernel.MaxMin _ -> {
        for (int i = 0; i < y.length; i += 2) {
          y[i] = Math.max(x[i], x[i + 1]);
          y[i + 1] = Math.min(x[i], x[i + 1]);
        }
      }
      case Kernel.Add _ -> Arrays.setAll(y, i -> sum(sources, i));
      case Kernel.Scale scale -> Arrays.setAll(y, i -> round(scale.factor() * x[i]));
      case Kernel.Affine affine ->
          Arrays.setAll(y, i -> round(round(affine.scale().get(i) * x[i]) + affine.shift().get(i)));
      case Kernel.CallNetwork call ->
          System.arraycopy(Lookup.in(callees, call.network()).apply(x), 0, y, 0, y.length);
      case Kernel.Copy copy -> System.arraycopy(x, 0, y, copy.offset(), x.length);
    }
  }

  private void multiply(Kernel.Gemm gemm, double[] x, double[] y) {
    double[] w = Lookup.in(tensors, gemm.weight());
    for (int i = 0; i < y.length; i++) {
      double sum = gemm.bias().isPresent() ? Lookup.in(tensors, gemm.bias().get())[i] : 0;
      for (int k = 0; k < x.length; k++) {
        sum = round(sum + round(w[i * x.length + k] * x[k]));
      }
      y[i] = sum;
    }
    gemm.activation().ifPresent(activation -> activate(activation, y, y));
  }

  private double sum(List<double[]> terms, int index) {
    double sum = terms.getFirst()[index];
    for (double[] term : terms.subList(1, terms.size())) {
      sum = round(sum + term[index]);
    }
    return sum;
  }

  private void activate(Activation activation, double[] x, double[] y) {
    Elementwise function = Elementwise.of(activation.kind().word(), activation.parameters());
    Arrays.setAll(y, i -> round(function.value(x[i])));
  }

  private double round(double value) {
    return graph.precision().round(value);
  }
}
