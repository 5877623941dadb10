package io.lipc.kernels.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.kernels.RandomNetworks;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.kernels.pass.Lowering;
import io.lipc.kernels.pass.ReverseMode;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every gradient against central differences, in double. */
class AdjointInterpreterTest {

  private static final double STEP = 1e-6;
  private static final Buffer X = new Buffer("x", 6);
  private static final Buffer H = new Buffer("h", 6);
  private static final Buffer Y = new Buffer("y", 6);

  private final SplittableRandom random = new SplittableRandom(7);

  @ParameterizedTest
  @EnumSource(PointwiseKind.class)
  void elementwise(PointwiseKind kind) {
    assertGradients(graph(Y, new ElementwiseKernel(X, Y, activation(kind))));
  }

  @ParameterizedTest
  @EnumSource(PointwiseKind.class)
  void productWithFusedActivation(PointwiseKind kind) {
    Buffer y = new Buffer("y", 4);
    assertGradients(
        graph(y, new GemmKernel(X, y, "w", Optional.of("b"), Optional.of(activation(kind)))));
  }

  @Test
  void leakyReluWithNegativeSlope() {
    Activation.Pointwise folding = PointwiseKind.LEAKY_RELU.with(List.of(-0.5));
    assertGradients(graph(Y, new GemmKernel(X, Y, "w", Optional.of("b"), Optional.of(folding))));
  }

  @Test
  void productWithoutBias() {
    Buffer y = new Buffer("y", 3);
    assertGradients(graph(y, new GemmKernel(X, y, "w", Optional.empty(), Optional.empty())));
  }

  @Test
  void maxMin() {
    assertGradients(graph(Y, new MaxMinKernel(X, Y)));
  }

  @Test
  void pairsOfChannels() {
    assertGradients(graph(Y, new MaxMinKernel(X, Y, 3)));
    assertGradients(
        graph(Y, new GroupedKernel(X, Y, GroupedKind.GROUP_SORT.with(List.of(3.0)), 2)));
    assertGradients(
        graph(Y, new GroupedKernel(X, Y, GroupedKind.HOUSEHOLDER.with(List.of(0.6, -0.8)), 3)));
    assertGradients(
        graph(Y, new GroupedKernel(X, Y, GroupedKind.LAYER_NORM.with(List.of(0.5, 3.0)), 2)));
  }

  @Test
  void convolutions() {
    Grid image = new Grid(2, 1, 3);
    Window window = new Window(new Axis(1, 1, 0, 0, 1), new Axis(2, 2, 1, 1, 1));
    for (int groups : new int[] {1, 2}) {
      Convolution map = new Convolution(image, 4, window, groups, "w", Optional.of("b"));
      Buffer y = new Buffer("y", map.output().elements());
      assertGradients(graph(y, new ConvolutionKernel(X, y, map, "0", Optional.empty())));
      assertGradients(
          graph(
              y,
              new ConvolutionKernel(X, y, map, "0", Optional.of(activation(PointwiseKind.TANH)))));
    }
  }

  @Test
  void pools() {
    Grid image = new Grid(2, 1, 3);
    Window window = new Window(Axis.of(1, 1), Axis.of(2, 1));
    Buffer y = new Buffer("y", 4);
    assertGradients(graph(y, new PoolKernel(X, y, image, window, OptionalDouble.of(0.5))));
    assertGradients(graph(y, new PoolKernel(X, y, image, window, OptionalDouble.empty())));
  }

  @Test
  void groups() {
    assertGradients(graph(Y, grouped(GroupedKind.GROUP_SORT, 3.0)));
    assertGradients(graph(Y, grouped(GroupedKind.GROUP_SORT, 6.0)));
    assertGradients(graph(Y, grouped(GroupedKind.HOUSEHOLDER, 0.6, -0.8)));
    assertGradients(graph(Y, grouped(GroupedKind.HOUSEHOLDER, -2.0, 0.5)));
    assertGradients(graph(Y, grouped(GroupedKind.SOFTMAX, 1.0)));
    assertGradients(graph(Y, grouped(GroupedKind.SOFTMAX, 0.25)));
    assertGradients(graph(Y, grouped(GroupedKind.LAYER_NORM, 0.5, 0.0)));
    assertGradients(graph(Y, grouped(GroupedKind.LAYER_NORM, 0.25, 3.0)));
    // Outside of the ball, and inside of it.
    assertGradients(graph(Y, grouped(GroupedKind.L2_NORMALIZE, 0.001)));
    assertGradients(graph(Y, grouped(GroupedKind.L2_NORMALIZE, 1000.0)));
  }

  @Test
  void theMeanSubtracted() {
    assertGradients(graph(Y, new CenterKernel(X, Y)));
  }

  private static Kernel grouped(GroupedKind kind, Double... constants) {
    return new GroupedKernel(X, Y, kind.with(List.of(constants)));
  }

  @Test
  void sumOfTheSameBufferTwice() {
    assertGradients(graph(Y, new AddKernel(List.of(X, X), Y)));
  }

  @Test
  void sumThatGoesOnInItsTarget() {
    assertGradients(
        graph(
            Y,
            new ElementwiseKernel(X, H, activation(PointwiseKind.TANH)),
            new AddKernel(List.of(X, H), Y),
            new AddKernel(List.of(Y, H, X, H), Y)));
  }

  @Test
  void scale() {
    assertGradients(graph(Y, new LinearKernel(X, Y, new Scaling(-0.75), "0")));
  }

  @Test
  void affine() {
    List<Double> scale = List.of(1.0, -2.0, 0.0, 0.5, 3.0, -0.25);
    List<Double> shift = List.of(0.0, 1.0, -1.0, 2.0, 0.5, 0.0);
    assertGradients(graph(Y, new LinearKernel(X, Y, new Diagonal(scale, shift), "0")));
  }

  @Test
  void concatenation() {
    Buffer y = new Buffer("y", 18);
    assertGradients(
        graph(
            y,
            new ElementwiseKernel(X, H, activation(PointwiseKind.TANH)),
            new CopyKernel(X, y, 0),
            new CopyKernel(H, y, 6),
            new CopyKernel(X, y, 12)));
  }

  @Test
  void slices() {
    Buffer y = new Buffer("y", 3);
    Buffer head = new Buffer("head", 3);
    Buffer tail = new Buffer("tail", 3);
    assertGradients(
        graph(y, slice(X, head, 0), slice(X, tail, 2), new AddKernel(List.of(head, tail), y)));
  }

  @Test
  void aTensorThatTwoProductsShareCollectsBothTerms() {
    assertGradients(
        graph(
            Y,
            new GemmKernel(
                X, H, "w", Optional.of("b"), Optional.of(activation(PointwiseKind.TANH))),
            new GemmKernel(H, Y, "w", Optional.of("b"), Optional.empty())));
  }

  @Test
  void anOutputThatIsReadAgainCollectsBothTerms() {
    assertGradients(
        graph(
            H,
            new ElementwiseKernel(X, H, activation(PointwiseKind.TANH)),
            new GemmKernel(H, Y, "w", Optional.empty(), Optional.empty())));
  }

  @Test
  void theIdentityPassesItsSeed() {
    assertGradients(graph(X));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void randomNetworksWithCalls(long seed) {
    SplittableRandom shapes = new SplittableRandom(seed);
    CheckedNetwork inner = RandomNetworks.next("Inner", ElementType.F64, shapes, List.of());
    CheckedNetwork outer = RandomNetworks.next("Outer", ElementType.F32, shapes, List.of(inner));
    Map<String, KernelGraph> callees = Map.of("Inner", Lowering.lower(inner));
    assertGradients(ReverseMode.of(Lowering.lower(outer), callees));
  }

  private static KernelGraph graph(Buffer output, Kernel... kernels) {
    return new KernelGraph("N", ElementType.F64, X, output, List.of(kernels));
  }

  private static Activation.Pointwise activation(PointwiseKind kind) {
    return kind.with(kind.parameterNames().stream().map(_ -> 0.25).toList());
  }

  private void assertGradients(KernelGraph graph) {
    assertGradients(ReverseMode.of(graph));
  }

  /**
   * Compares the derivative along random directions in the space of input and tensors, and along
   * some coordinates.
   */
  private void assertGradients(AdjointGraph graph) {
    Map<String, double[]> tensors = randomTensors(graph.forward());
    double[] x = vector(graph.forward().input().size());
    double[] seed = vector(graph.forward().output().size());
    AdjointInterpreter.Gradients gradients =
        new AdjointInterpreter(graph, tensors).gradients(x, seed);
    assertThat(gradients.tensors().keySet()).isEqualTo(tensors.keySet());
    for (int sample = 0; sample < 5; sample++) {
      double[] dx = vector(x.length);
      Map<String, double[]> dw = new TreeMap<>();
      tensors.forEach((name, tensor) -> dw.put(name, vector(tensor.length)));
      double expected =
          (dot(seed, run(graph, moved(tensors, dw, STEP), moved(x, dx, STEP)))
                  - dot(seed, run(graph, moved(tensors, dw, -STEP), moved(x, dx, -STEP))))
              / (2 * STEP);
      double actual = dot(gradients.input(), dx);
      for (String name : dw.keySet()) {
        actual += dot(gradients.tensors().get(name), dw.get(name));
      }
      assertThat(actual).isCloseTo(expected, within(1e-7 * (1 + Math.abs(expected))));
    }
  }

  private Map<String, double[]> randomTensors(KernelGraph graph) {
    Map<String, double[]> tensors = new TreeMap<>();
    for (Kernel kernel : graph.kernels()) {
      if (kernel instanceof GemmKernel gemm) {
        int inputs = gemm.source().size();
        int outputs = gemm.target().size();
        double[] weight = vector(outputs * inputs);
        for (int i = 0; i < weight.length; i++) {
          weight[i] /= Math.sqrt(inputs);
        }
        tensors.put(gemm.weight(), weight);
        gemm.bias().ifPresent(bias -> tensors.put(bias, vector(outputs)));
      }
      if (kernel instanceof ConvolutionKernel convolution) {
        for (LinearMap.TensorShape tensor : convolution.map().tensors()) {
          tensors.put(tensor.name(), vector(tensor.shape().stream().reduce(1, (a, c) -> a * c)));
        }
      }
    }
    return tensors;
  }

  private static double[] run(AdjointGraph graph, Map<String, double[]> tensors, double[] x) {
    return new Interpreter(graph.forward(), tensors, Map.of()).apply(x);
  }

  private static Map<String, double[]> moved(
      Map<String, double[]> tensors, Map<String, double[]> direction, double step) {
    Map<String, double[]> moved = new HashMap<>();
    tensors.forEach((name, t) -> moved.put(name, moved(t, direction.get(name), step)));
    return moved;
  }

  private static double[] moved(double[] x, double[] direction, double step) {
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private double[] vector(int size) {
    return random.doubles(size, -1, 1).toArray();
  }

  private static Kernel slice(Buffer source, Buffer target, int from) {
    List<Integer> indices = IntStream.range(from, from + target.size()).boxed().toList();
    return new LinearKernel(source, target, new Selection(indices), "0");
  }
}
