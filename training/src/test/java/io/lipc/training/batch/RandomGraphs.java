package io.lipc.training.batch;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Seeded kernel graphs with every kind of kernel, and tensors for them. */
final class RandomGraphs {

  private static final int WIDTH = 6;

  private final SplittableRandom random;
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Buffer> buffers = new ArrayList<>();

  private RandomGraphs(SplittableRandom random) {
    this.random = random;
  }

  /** Each kind of kernel once, and more, in random places; read by a sum and a last product. */
  static KernelGraph next(SplittableRandom random, int inputs, int outputs) {
    RandomGraphs graph = new RandomGraphs(random);
    Buffer input = new Buffer("x", inputs);
    graph.gemm(input, "first", WIDTH, Optional.of(activation(PointwiseKind.TANH)));
    for (int i = 0; i < 18; i++) {
      graph.add("h" + i, i % 9);
    }
    Buffer output = graph.output(outputs);
    return new KernelGraph("N", ElementType.F64, input, output, graph.kernels);
  }

  static Map<String, double[]> tensors(KernelGraph graph, SplittableRandom random) {
    Map<String, double[]> tensors = new TreeMap<>();
    for (Kernel kernel : graph.kernels()) {
      if (kernel instanceof GemmKernel gemm) {
        int size = gemm.source().size() * gemm.target().size();
        tensors.put(gemm.weight(), random.doubles(size, -0.5, 0.5).toArray());
        gemm.bias()
            .ifPresent(
                bias -> tensors.put(bias, random.doubles(gemm.target().size(), -1, 1).toArray()));
      }
    }
    return tensors;
  }

  private void add(String name, int kind) {
    Buffer source = buffers.get(random.nextInt(buffers.size()));
    Buffer target = new Buffer(name, WIDTH);
    switch (kind) {
      case 0 -> gemm(source, name, WIDTH, Optional.of(anyActivation()));
      case 1 -> append(new ElementwiseKernel(source, target, anyActivation()));
      case 2 -> append(new MaxMinKernel(source, target));
      case 3 -> {
        append(new AddKernel(List.of(source, buffers.getFirst(), source), target));
        kernels.add(new AddKernel(List.of(target, source), target));
      }
      case 4 ->
          append(new LinearKernel(source, target, new Scaling(random.nextDouble(-1, 1)), "0"));
      case 5 -> append(new LinearKernel(source, target, new Diagonal(reals(), reals()), "0"));
      case 6 -> {
        Buffer wide = new Buffer(name + "w", 2 * WIDTH);
        kernels.add(new CopyKernel(source, wide, 0));
        kernels.add(new CopyKernel(buffers.getLast(), wide, WIDTH));
        Buffer part = new Buffer(name + "p", WIDTH);
        kernels.add(slice(wide, part, random.nextInt(WIDTH)));
        gemm(part, name, WIDTH, Optional.empty());
      }
      case 7 -> append(anyGrouped(source, target));
      default -> gemm(source, name, WIDTH, Optional.empty());
    }
  }

  private Buffer output(int size) {
    Buffer sum = new Buffer("sum", WIDTH);
    kernels.add(new AddKernel(buffers.subList(0, 2), sum));
    for (Buffer buffer : buffers.subList(2, buffers.size())) {
      kernels.add(new AddKernel(List.of(sum, buffer), sum));
    }
    buffers.add(sum);
    gemm(sum, "y", size, Optional.empty());
    return buffers.getLast();
  }

  private void gemm(
      Buffer source, String name, int size, Optional<Activation.Pointwise> activation) {
    Optional<String> bias = random.nextBoolean() ? Optional.of(name + ".bias") : Optional.empty();
    append(new GemmKernel(source, new Buffer(name, size), name + ".weight", bias, activation));
  }

  private void append(Kernel kernel) {
    kernels.add(kernel);
    buffers.add(kernel.target());
  }

  private Activation.Pointwise anyActivation() {
    PointwiseKind[] kinds = PointwiseKind.values();
    return activation(kinds[random.nextInt(kinds.length)]);
  }

  private Kernel anyGrouped(Buffer source, Buffer target) {
    int any = random.nextInt(7);
    return any == 6
        ? new CenterKernel(source, target)
        : new GroupedKernel(source, target, anyGrouped(any));
  }

  private Activation.Grouped anyGrouped(int any) {
    return switch (any) {
      case 0 -> GroupedKind.GROUP_SORT.with(List.of(3.0));
      case 1 -> GroupedKind.GROUP_SORT.with(List.of((double) WIDTH));
      case 2 -> GroupedKind.HOUSEHOLDER.with(List.of(0.6, random.nextDouble(-1, 1)));
      case 3 -> GroupedKind.LAYER_NORM.with(List.of(random.nextDouble(0.25, 2), 0.0));
      case 4 -> GroupedKind.LAYER_NORM.with(List.of(random.nextDouble(0.25, 2), 3.0));
      default -> GroupedKind.SOFTMAX.with(List.of(random.nextDouble(0.25, 2)));
    };
  }

  private static Activation.Pointwise activation(PointwiseKind kind) {
    boolean any = kind.parameters().stream().allMatch(p -> p.domain().contains(-0.25));
    double constant = any ? -0.25 : 0.75;
    return kind.with(kind.parameterNames().stream().map(_ -> constant).toList());
  }

  private List<Double> reals() {
    return random.doubles(WIDTH, -1, 1).boxed().toList();
  }

  private static Kernel slice(Buffer source, Buffer target, int from) {
    List<Integer> indices = IntStream.range(from, from + target.size()).boxed().toList();
    return new LinearKernel(source, target, new Selection(indices), "0");
  }
}
