package io.lipc.kernels;

import io.lipc.certificate.function.Elementwise;
import io.lipc.model.Activation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
    for (AdjointKernel kernel : graph.reverse()) {
      double[] dy = Lookup.in(gradients, kernel.target());
      switch (kernel) {
        case AdjointKernel.Add add ->
            add.sources().forEach(source -> add(Lookup.in(gradients, source), dy));
        case AdjointKernel.Unary unary -> {
          double[] x = Lookup.in(values, unary.source());
          double[] dx = Lookup.in(gradients, unary.source());
          run(unary, x, dx, dy, tensorGradients);
        }
      }
    }
    return new Gradients(Lookup.in(gradients, graph.forward().input()), tensorGradients);
  }

  private void run(
      AdjointKernel.Unary kernel,
      double[] x,
      double[] dx,
      double[] dy,
      Map<String, double[]> tensorGradients) {
    switch (kernel) {
      case AdjointKernel.Gemm gemm -> {
        multiplyTransposed(Lookup.in(tensors, gemm.weight()), dy, dx);
        addOuterProduct(
            tensorGradients.computeIfAbsent(gemm.weight(), _ -> new double[dy.length * x.length]),
            dy,
            x);
        gemm.bias()
            .ifPresent(
                b -> add(tensorGradients.computeIfAbsent(b, _ -> new double[dy.length]), dy));
      }
      case AdjointKernel.Elementwise elementwise -> {
        Activation activation = elementwise.activation();
        Elementwise function = Elementwise.of(activation.kind().word(), activation.parameters());
        Arrays.setAll(dx, i -> dx[i] + function.slope(x[i]) * dy[i]);
      }
      case AdjointKernel.MaxMin _ -> {
        for (int i = 0; i < dx.length; i += 2) {
          boolean isSorted = x[i] >= x[i + 1];
          dx[i] += isSorted ? dy[i] : dy[i + 1];
          dx[i + 1] += isSorted ? dy[i + 1] : dy[i];
        }
      }
      case AdjointKernel.Grouped grouped -> add(dx, transposedTimes(grouped.activation(), x, dy));
      case AdjointKernel.Scale scale -> Arrays.setAll(dx, i -> dx[i] + scale.factor() * dy[i]);
      case AdjointKernel.Affine affine ->
          Arrays.setAll(dx, i -> dx[i] + affine.scale().get(i) * dy[i]);
      case AdjointKernel.Copy copy -> Arrays.setAll(dx, i -> dx[i] + dy[copy.offset() + i]);
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
  private static double[] transposedTimes(Activation activation, double[] x, double[] dy) {
    List<Double> constants = activation.parameters();
    return switch (activation.kind()) {
      case GROUP_SORT -> unsorted(x, dy, activation.group(x.length));
      case HOUSEHOLDER -> reflected(constants.getFirst(), constants.getLast(), x, dy);
      case SOFTMAX -> throughSoftmax(constants.getFirst(), x, dy);
      default -> throw new IllegalStateException(activation.kind() + " has a kernel of its own");
    };
  }

  /** Each element receives what its place in the target has; of equal ones the first goes first. */
  private static double[] unsorted(double[] x, double[] dy, int group) {
    double[] dx = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int from = i - i % group;
      int place = from;
      for (int k = from; k < from + group; k++) {
        place += x[k] > x[i] || (x[k] == x[i] && k < i) ? 1 : 0;
      }
      dx[i] = dy[place];
    }
    return dx;
  }

  private static double[] reflected(double v0, double v1, double[] x, double[] dy) {
    double[] dx = dy.clone();
    for (int i = 0; i < x.length; i += 2) {
      if (v0 * x[i] + v1 * x[i + 1] < 0) {
        double twice = 2 * (v0 * dy[i] + v1 * dy[i + 1]);
        dx[i] -= v0 * twice;
        dx[i + 1] -= v1 * twice;
      }
    }
    return dx;
  }

  /** {@code (diag(y) - y y') dy / T}. */
  private static double[] throughSoftmax(double temperature, double[] x, double[] dy) {
    double max = Arrays.stream(x).reduce(Double.NEGATIVE_INFINITY, Math::max);
    double[] y = Arrays.stream(x).map(z -> Math.exp((z - max) / temperature)).toArray();
    double sum = Arrays.stream(y).sum();
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      y[i] /= sum;
      mean += y[i] * dy[i];
    }
    for (int i = 0; i < y.length; i++) {
      y[i] *= (dy[i] - mean) / temperature;
    }
    return y;
  }

  private static void add(double[] sum, double[] term) {
    Arrays.setAll(sum, i -> sum[i] + term[i]);
  }
}
