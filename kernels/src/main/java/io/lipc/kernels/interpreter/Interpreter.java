package io.lipc.kernels.interpreter;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.formats.ElementType;
import io.lipc.formats.Weights;
import io.lipc.kernels.graph.AddKernel;
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
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.model.activation.Activation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Runs a kernel graph as its kernels are described, with plain loops: the oracle for every emitter.
 *
 * <p>Numbers are doubles, rounded to the graph's precision after each operation. For F32 this gives
 * the bits of float arithmetic: a sum, difference or product of two floats that is rounded to 53
 * bits and then to 24 is rounded correctly, because {@code 53 >= 2 * 24 + 2} (Figueroa 1995). That
 * does not hold of a product and a sum at once, so fused ones are computed in floats.
 */
public final class Interpreter {

  /** The ways in which products enter the sums of a {@link GemmKernel}. */
  public enum Products {
    /** Fused, as on the JVM: product and sum are rounded once. */
    FUSED,
    /** Rounded before they are added, as on devices. */
    ROUNDED
  }

  private final KernelGraph graph;
  private final Products products;
  private final Map<String, double[]> tensors;
  private final Map<String, UnaryOperator<double[]>> callees;

  /**
   * An interpreter of {@code graph} as the JVM runs it.
   *
   * @param tensors by name, in row-major order, numbers of the graph's precision
   * @param callees by qualified name
   */
  public Interpreter(
      KernelGraph graph,
      Map<String, double[]> tensors,
      Map<String, UnaryOperator<double[]>> callees) {
    this(graph, Products.FUSED, tensors, callees);
  }

  /**
   * An interpreter of {@code graph}.
   *
   * @param products how products enter sums
   * @param tensors by name, in row-major order, numbers of the graph's precision
   * @param callees by qualified name
   */
  public Interpreter(
      KernelGraph graph,
      Products products,
      Map<String, double[]> tensors,
      Map<String, UnaryOperator<double[]>> callees) {
    this.graph = graph;
    this.products = products;
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
      case GemmKernel gemm -> multiply(gemm, x, y);
      case ElementwiseKernel elementwise -> activate(elementwise.activation(), x, y);
      case MaxMinKernel maxMin ->
          byGroups(new ChannelGroups(2, maxMin.pixels()), x, y, (from, to) -> sort(from, to, 2));
      case GroupedKernel grouped ->
          byGroups(grouped.groups(), x, y, (from, to) -> map(grouped.activation(), from, to));
      case ConvolutionKernel convolution -> {
        Images.convolve(convolution.map(), tensors, this::sum, x, y);
        convolution.activation().ifPresent(activation -> activate(activation, y, y));
      }
      case PoolKernel pool -> Images.pool(pool, this::sum, x, y);
      case BatchNormKernel norm -> normalise(norm, x, y);
      case CenterKernel _ -> center(x, y);
      case AddKernel _ -> Arrays.setAll(y, i -> sum(sources, i));
      case LinearKernel linear -> apply(linear, x, y);
      case CallKernel call ->
          System.arraycopy(Lookup.in(callees, call.network()).apply(x), 0, y, 0, y.length);
      case CopyKernel copy -> System.arraycopy(x, 0, y, copy.offset(), x.length);
    }
  }

  /** Groups of neighbours, of vectors whose groups may stand otherwise. */
  private static void byGroups(
      ChannelGroups groups, double[] x, double[] y, BiConsumer<double[], double[]> function) {
    double[] mapped = new double[y.length];
    function.accept(groups.of(x), mapped);
    System.arraycopy(groups.vector(mapped), 0, y, 0, y.length);
  }

  private void normalise(BatchNormKernel norm, double[] x, double[] y) {
    Weights weights = Images.weights(norm.map(), tensors, graph.precision());
    IntFunction<LinearMap.Row> rows = norm.map().rows(List.of(x.length), weights);
    IntToDoubleFunction shift = norm.map().shift(weights);
    Arrays.setAll(y, i -> round(round(rows.apply(i).factors()[0] * x[i]) + shift.applyAsDouble(i)));
  }

  private void apply(LinearKernel linear, double[] x, double[] y) {
    IntFunction<LinearMap.Row> rows = linear.rows();
    IntToDoubleFunction shift = linear.shift();
    boolean shifts = linear.map() instanceof Diagonal;
    for (int i = 0; i < y.length; i++) {
      LinearMap.Row row = rows.apply(i);
      double sum =
          linear.map().copies() ? x[row.places()[0]] : round(row.factors()[0] * x[row.places()[0]]);
      for (int k = 1; k < row.places().length; k++) {
        sum = round(sum + round(row.factors()[k] * x[row.places()[k]]));
      }
      y[i] = shifts ? round(sum + shift.applyAsDouble(i)) : sum;
    }
  }

  private void multiply(GemmKernel gemm, double[] x, double[] y) {
    double[] w = Lookup.in(tensors, gemm.weight());
    for (int i = 0; i < y.length; i++) {
      double sum = gemm.bias().isPresent() ? Lookup.in(tensors, gemm.bias().get())[i] : 0;
      for (int k = 0; k < x.length; k++) {
        sum = sum(sum, w[i * x.length + k], x[k]);
      }
      y[i] = sum;
    }
    gemm.activation().ifPresent(activation -> activate(activation, y, y));
  }

  private double sum(double sum, double w, double x) {
    return switch (products) {
      case ROUNDED -> round(sum + round(w * x));
      case FUSED ->
          graph.precision() == ElementType.F32
              ? Math.fma((float) w, (float) x, (float) sum)
              : Math.fma(w, x, sum);
    };
  }

  private double sum(List<double[]> terms, int index) {
    double sum = terms.getFirst()[index];
    for (double[] term : terms.subList(1, terms.size())) {
      sum = round(sum + term[index]);
    }
    return sum;
  }

  private void activate(Activation.Pointwise activation, double[] x, double[] y) {
    Elementwise function = Elementwise.of(activation.kind().word(), activation.parameters());
    Arrays.setAll(y, i -> round(function.value(x[i])));
  }

  private void map(Activation.Grouped activation, double[] x, double[] y) {
    switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> sort(x, y, activation.group(x.length));
      case HOUSEHOLDER -> reflect(activation.parameters(), x, y);
      case SOFTMAX -> softmax(activation.parameters().getFirst(), x, y);
      case LAYER_NORM ->
          normalise(activation.group(x.length), activation.parameters().getFirst(), x, y);
      case L2_NORMALIZE -> unitLength(activation.parameters().getFirst(), x, y);
    }
  }

  private static void sort(double[] x, double[] y, int group) {
    System.arraycopy(x, 0, y, 0, x.length);
    for (int from = 0; from < y.length; from += group) {
      for (int i = from; i < from + group; i++) {
        for (int k = i + 1; k < from + group; k++) {
          double max = Math.max(y[i], y[k]);
          y[k] = Math.min(y[i], y[k]);
          y[i] = max;
        }
      }
    }
  }

  private void reflect(List<Double> v, double[] x, double[] y) {
    for (int i = 0; i < y.length; i += 2) {
      double dot = round(round(v.get(0) * x[i]) + round(v.get(1) * x[i + 1]));
      double twice = round(2 * Math.max(-dot, 0));
      y[i] = round(x[i] + round(v.get(0) * twice));
      y[i + 1] = round(x[i + 1] + round(v.get(1) * twice));
    }
  }

  private void softmax(double temperature, double[] x, double[] y) {
    double max = x[0];
    for (double z : x) {
      max = Math.max(max, z);
    }
    double sum = 0;
    for (double z : x) {
      sum += Math.exp((z - max) / temperature);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = round(Math.exp((x[i] - max) / temperature) / sum);
    }
  }

  private void normalise(int group, double epsilon, double[] x, double[] y) {
    for (int from = 0; from < y.length; from += group) {
      double mean = 0;
      for (int i = from; i < from + group; i++) {
        mean += x[i];
      }
      mean /= group;
      double sum = 0;
      for (int i = from; i < from + group; i++) {
        sum += (x[i] - mean) * (x[i] - mean);
      }
      double root = Math.sqrt(sum / group + epsilon);
      for (int i = from; i < from + group; i++) {
        y[i] = round((x[i] - mean) / root);
      }
    }
  }

  private void unitLength(double least, double[] x, double[] y) {
    double sum = 0;
    for (double z : x) {
      sum += z * z;
    }
    double root = Math.max(Math.sqrt(sum), least);
    for (int i = 0; i < y.length; i++) {
      y[i] = round(x[i] / root);
    }
  }

  private void center(double[] x, double[] y) {
    double share = Centering.share(x.length);
    double mean = 0;
    for (double z : x) {
      mean += share * z;
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = round(x[i] - mean);
    }
  }

  private double round(double value) {
    return graph.precision().round(value);
  }
}
