package io.lipc.kernels.interpreter;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.UnaryKernel;
import io.lipc.model.activation.Activation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Runs an adjoint graph as its kernels are described, with plain loops in double: the oracle for
 * faster gradients.
 */
public final class AdjointInterpreter {

  private final AdjointGraph graph;
  private final Map<String, double[]> tensors;

  /**
   * An interpreter of {@code graph}.
   *
   * @param tensors by name, in row-major order
   */
  public AdjointInterpreter(AdjointGraph graph, Map<String, double[]> tensors) {
    this.graph = graph;
    this.tensors = Map.copyOf(tensors);
  }

  /**
   * The gradients of a scalar function of the output.
   *
   * @param input with respect to the input
   * @param tensors with respect to each tensor that the network reads, by name
   */
  public record Gradients(double[] input, SortedMap<String, double[]> tensors) {}

  /**
   * The gradients at {@code input}.
   *
   * @param seed the gradient with respect to the output
   */
  public Gradients gradients(double[] input, double[] seed) {
    Map<Buffer, double[]> values =
        new Interpreter(graph.forward(), tensors, Map.of()).valuesAt(input);
    Map<Buffer, double[]> gradients = new HashMap<>();
    values.keySet().forEach(buffer -> gradients.put(buffer, new double[buffer.size()]));
    gradients.put(graph.forward().output(), seed.clone());
    SortedMap<String, double[]> tensorGradients = new TreeMap<>();
    for (Kernel kernel : graph.reverse()) {
      double[] dy = Lookup.in(gradients, kernel.target());
      switch (kernel) {
        case AddKernel add -> add.terms().forEach(source -> add(Lookup.in(gradients, source), dy));
        case UnaryKernel unary -> {
          double[] x = Lookup.in(values, unary.source());
          double[] dx = Lookup.in(gradients, unary.source());
          run(unary, x, dx, dy, tensorGradients);
        }
      }
    }
    return new Gradients(Lookup.in(gradients, graph.forward().input()), tensorGradients);
  }

  private void run(
      UnaryKernel kernel,
      double[] x,
      double[] dx,
      double[] dy,
      Map<String, double[]> tensorGradients) {
    switch (kernel) {
      case GemmKernel gemm -> {
        multiplyTransposed(Lookup.in(tensors, gemm.weight()), dy, dx);
        addOuterProduct(
            tensorGradients.computeIfAbsent(gemm.weight(), _ -> new double[dy.length * x.length]),
            dy,
            x);
        gemm.bias()
            .ifPresent(
                b -> add(tensorGradients.computeIfAbsent(b, _ -> new double[dy.length]), dy));
      }
      case ElementwiseKernel elementwise -> {
        Activation.Pointwise activation = elementwise.activation();
        Elementwise function = Elementwise.of(activation.kind().word(), activation.parameters());
        Arrays.setAll(dx, i -> dx[i] + function.slope(x[i]) * dy[i]);
      }
      case MaxMinKernel _ -> {
        for (int i = 0; i < dx.length; i += 2) {
          boolean isSorted = x[i] >= x[i + 1];
          dx[i] += isSorted ? dy[i] : dy[i + 1];
          dx[i + 1] += isSorted ? dy[i + 1] : dy[i];
        }
      }
      case GroupedKernel grouped -> add(dx, transposedTimes(grouped.activation(), x, dy));
      case CenterKernel _ -> add(dx, new Grouped.Center().transposedTimes(x, dy));
      case LinearKernel linear -> transposedTimes(linear.rows(), dy, dx);
      case CopyKernel copy -> Arrays.setAll(dx, i -> dx[i] + dy[copy.offset() + i]);
      case CallKernel call -> throw new IllegalStateException("not inlined: " + call);
    }
  }

  private static void transposedTimes(IntFunction<LinearMap.Row> rows, double[] dy, double[] dx) {
    for (int i = 0; i < dy.length; i++) {
      LinearMap.Row row = rows.apply(i);
      for (int k = 0; k < row.places().length; k++) {
        dx[row.places()[k]] += row.factors()[k] * dy[i];
      }
    }
  }

  private static void multiplyTransposed(double[] w, double[] dy, double[] dx) {
    for (int i = 0; i < dy.length; i++) {
      for (int k = 0; k < dx.length; k++) {
        dx[k] += w[i * dx.length + k] * dy[i];
      }
    }
  }

  private static void addOuterProduct(double[] dw, double[] dy, double[] x) {
    for (int i = 0; i < dy.length; i++) {
      for (int k = 0; k < x.length; k++) {
        dw[i * x.length + k] += dy[i] * x[k];
      }
    }
  }

  /** {@code J' dy}, J the derivative at {@code x}. */
  private static double[] transposedTimes(Activation.Grouped activation, double[] x, double[] dy) {
    return Grouped.of(activation.kind().word(), activation.parameters()).transposedTimes(x, dy);
  }

  private static void add(double[] sum, double[] term) {
    Arrays.setAll(sum, i -> sum[i] + term[i]);
  }
}
