package io.lipc.training.batch;

import io.lipc.certificate.linear.Convolution;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.graph.UnaryKernel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * A network and its gradients over a batch of samples, in double. Element i of sample j of a buffer
 * stands at {@code [i][j]}: all inner loops run over samples, so narrow layers are as fast as wide
 * ones. Everything is allocated once; not for use by several threads.
 */
final class BatchNetwork implements BatchEngine {

  private final AdjointGraph graph;
  private final Map<Buffer, double[][]> values = new HashMap<>();
  private final Map<Buffer, double[][]> gradients = new HashMap<>();
  private final SortedMap<String, BatchTensor> tensors = new TreeMap<>();
  private final List<IntConsumer> forward;
  private final List<IntConsumer> reverse;
  private final int capacity;

  /**
   * A network for batches of up to {@code capacity} samples.
   *
   * @throws IllegalArgumentException if two layers read one tensor with different shapes
   */
  BatchNetwork(AdjointGraph graph, int capacity) {
    this.graph = graph;
    this.capacity = capacity;
    allocate(graph.forward().input());
    graph.forward().intermediates().forEach(this::allocate);
    for (Kernel kernel : graph.forward().kernels()) {
      switch (kernel) {
        case GemmKernel gemm -> {
          declare(gemm.weight(), gemm.target().size(), gemm.source().size());
          gemm.bias().ifPresent(bias -> declare(bias, gemm.target().size(), 1));
        }
        case ConvolutionKernel(_, _, Convolution map, _, _) -> {
          declare(map.weight(), map.channels(), map.taps());
          map.bias().ifPresent(bias -> declare(bias, map.channels(), 1));
        }
        default -> {}
      }
    }
    forward = graph.forward().kernels().stream().map(this::forward).toList();
    reverse = graph.reverse().stream().map(this::reverse).toList();
  }

  private void allocate(Buffer buffer) {
    values.put(buffer, new double[buffer.size()][capacity]);
    gradients.put(buffer, new double[buffer.size()][capacity]);
  }

  private void declare(String name, int rows, int columns) {
    BatchTensor tensor = tensors.computeIfAbsent(name, _ -> new BatchTensor(rows, columns));
    if (!tensor.hasShape(rows, columns)) {
      throw new IllegalArgumentException("tensor " + name + " is read with two shapes");
    }
  }

  private IntConsumer forward(Kernel kernel) {
    List<double[][]> sources = kernel.sources().stream().map(this::value).toList();
    return BatchForward.step(kernel, sources, value(kernel.target()), this::tensor);
  }

  private IntConsumer reverse(Kernel kernel) {
    double[][] dy = gradient(kernel.target());
    return switch (kernel) {
      case AddKernel add -> BatchReverse.add(add.terms().stream().map(this::gradient).toList(), dy);
      case GemmKernel gemm -> {
        BatchTensor weight = tensor(gemm.weight());
        IntConsumer parameters =
            BatchReverse.outerProduct(value(gemm.source()), weight.gradient(), dy, capacity);
        IntConsumer biases =
            gemm.bias().map(b -> BatchReverse.sums(tensor(b).gradient(), dy)).orElse(_ -> {});
        IntConsumer source =
            isInput(gemm.source())
                ? _ -> {}
                : BatchReverse.product(weight.rows(), gradient(gemm.source()), dy);
        yield parameters.andThen(biases).andThen(source);
      }
      case ConvolutionKernel(Buffer source, _, Convolution map, _, _) -> {
        Optional<double[][]> gradient =
            Optional.of(source).filter(from -> !isInput(from)).map(this::gradient);
        IntConsumer products =
            BatchConvolution.reverse(map, tensor(map.weight()), value(source), gradient, dy);
        IntConsumer biases =
            map.bias().map(b -> BatchImages.sums(map, tensor(b).gradient(), dy)).orElse(_ -> {});
        yield products.andThen(biases);
      }
      case UnaryKernel unary ->
          BatchReverse.step(unary, value(unary.source()), gradient(unary.source()), dy);
    };
  }

  /** Nobody asks for the gradient of the input, and wide inputs would make it dear. */
  private boolean isInput(Buffer buffer) {
    return buffer.equals(graph.forward().input());
  }

  private double[][] value(Buffer buffer) {
    return Lookup.in(values, buffer);
  }

  private double[][] gradient(Buffer buffer) {
    return Lookup.in(gradients, buffer);
  }

  private BatchTensor tensor(String name) {
    return Lookup.in(tensors, name);
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public SortedMap<String, Integer> tensorSizes() {
    SortedMap<String, Integer> sizes = new TreeMap<>();
    tensors.forEach((name, tensor) -> sizes.put(name, tensor.size()));
    return sizes;
  }

  @Override
  public void load(Map<String, double[]> weights) {
    tensors.forEach((name, tensor) -> tensor.load(Lookup.in(weights, name)));
  }

  @Override
  public double[][] input() {
    return value(graph.forward().input());
  }

  @Override
  public double[][] output() {
    return value(graph.forward().output());
  }

  @Override
  public double[][] outputGradient() {
    return gradient(graph.forward().output());
  }

  @Override
  public void forward(int count) {
    forward.forEach(step -> step.accept(count));
  }

  @Override
  public void reverse(int count) {
    gradients.forEach(
        (buffer, rows) -> {
          if (!buffer.equals(graph.forward().output())) {
            for (double[] row : rows) {
              Arrays.fill(row, 0, count, 0);
            }
          }
        });
    tensors.values().forEach(BatchTensor::clearGradient);
    reverse.forEach(step -> step.accept(count));
  }

  @Override
  public SortedMap<String, double[]> tensorGradients() {
    SortedMap<String, double[]> flat = new TreeMap<>();
    tensors.forEach((name, tensor) -> flat.put(name, tensor.flatGradient()));
    return flat;
  }

  /** There is nothing but memory of the JVM. */
  @Override
  public void close() {}
}
