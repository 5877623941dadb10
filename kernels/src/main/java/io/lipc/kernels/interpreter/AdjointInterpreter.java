package io.lipc.kernels.interpreter;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.formats.Weights;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.BatchNormKernel;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.kernels.graph.UnaryKernel;
import io.lipc.model.activation.Activation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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
      case MaxMinKernel maxMin ->
          add(dx, new Grouped.Sort(2).apart(x.length, maxMin.pixels()).transposedTimes(x, dy));
      case GroupedKernel grouped -> add(dx, transposedTimes(grouped, x, dy));
      case ConvolutionKernel convolution -> convolve(convolution.map(), x, dx, dy, tensorGradients);
      case PoolKernel pool -> Images.transposedPool(pool, x, dx, dy);
      case BatchNormKernel norm -> transposedTimes(rows(norm.map(), x), dy, dx);
      case CenterKernel _ -> add(dx, new Grouped.Center().transposedTimes(x, dy));
      case LinearKernel linear -> transposedTimes(linear.rows(), dy, dx);
      case CopyKernel copy -> Arrays.setAll(dx, i -> dx[i] + dy[copy.offset() + i]);
      case CallKernel call -> throw new IllegalStateException("not inlined: " + call);
    }
  }

  private IntFunction<LinearMap.Row> rows(LinearMap map, double[] x) {
    Weights weights = Images.weights(map, tensors, graph.forward().precision());
    return map.rows(List.of(x.length), weights);
  }

  private void convolve(
      Convolution map,
      double[] x,
      double[] dx,
      double[] dy,
      Map<String, double[]> tensorGradients) {
    transposedTimes(rows(map, x), dy, dx);
    int size = Lookup.in(tensors, map.weight()).length;
    Images.addKernelGradient(
        map, x, dy, tensorGradients.computeIfAbsent(map.weight(), _ -> new double[size]));
    int pixels = map.output().pixels();
    map.bias()
        .map(b -> tensorGradients.computeIfAbsent(b, _ -> new double[map.channels()]))
        .ifPresent(db -> IntStream.range(0, dy.length).forEach(i -> db[i / pixels] += dy[i]));
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
  private static double[] transposedTimes(GroupedKernel kernel, double[] x, double[] dy) {
    Activation.Grouped activation = kernel.activation();
    return Grouped.of(activation.kind().word(), activation.parameters())
        .apart(x.length, kernel.pixels())
        .transposedTimes(x, dy);
  }

  private static void add(double[] sum, double[] term) {
    Arrays.setAll(sum, i -> sum[i] + term[i]);
  }
}
