package io.lipc.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.interpreter.AdjointInterpreter;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.ReverseMode;
import io.lipc.linalg.MatrixProduct;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The batched executor against the interpreters. */
class BatchNetworkTest {

  private static final int INPUTS = 5;
  private static final int OUTPUTS = 3;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void agreesWithTheInterpretersOnRandomNetworks(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AdjointGraph graph = ReverseMode.of(RandomGraphs.next(random, INPUTS, OUTPUTS));
    Map<String, double[]> tensors = RandomGraphs.tensors(graph.forward(), random);
    BatchNetwork network = new BatchNetwork(graph, 9);
    network.load(tensors);
    for (int count : new int[] {9, 1, 4, 7}) { // What a larger batch left behind has no effect.
      double[][] x = random(random, count, INPUTS);
      double[][] seeds = random(random, count, OUTPUTS);
      assertAgreement(graph, tensors, network, x, seeds);
    }
  }

  private static void assertAgreement(
      AdjointGraph graph,
      Map<String, double[]> tensors,
      BatchNetwork network,
      double[][] x,
      double[][] seeds) {
    int count = x.length;
    MatrixProduct.transpose(network.input(), x, count, INPUTS);
    network.forward(count);
    Interpreter interpreter = new Interpreter(graph.forward(), tensors, Map.of());
    for (int j = 0; j < count; j++) {
      double[] y = interpreter.apply(x[j]);
      for (int i = 0; i < OUTPUTS; i++) {
        assertThat(network.output()[i][j]).isCloseTo(y[i], near(y[i]));
      }
    }
    MatrixProduct.transpose(network.outputGradient(), seeds, count, OUTPUTS);
    network.reverse(count);
    Map<String, double[]> expected = new TreeMap<>();
    for (int j = 0; j < count; j++) {
      new AdjointInterpreter(graph, tensors)
          .gradients(x[j], seeds[j])
          .tensors()
          .forEach((name, gradient) -> expected.merge(name, gradient, BatchNetworkTest::sum));
    }
    Map<String, double[]> actual = network.tensorGradients();
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, gradient) -> {
          for (int i = 0; i < gradient.length; i++) {
            assertThat(actual.get(name)[i]).as(name).isCloseTo(gradient[i], near(gradient[i]));
          }
        });
  }

  @Test
  void nanReachesTheOutputThroughEveryActivation() {
    Buffer x = new Buffer("x", 2);
    Buffer y = new Buffer("y", 2);
    for (ActivationKind kind : ActivationKind.values()) {
      List<Double> parameters =
          kind.parameterNames().stream().map(name -> name.equals("size") ? 2 : 0.5).toList();
      Kernel kernel =
          switch (kind.with(parameters)) {
            case Activation.Pointwise pointwise -> new ElementwiseKernel(x, y, pointwise);
            case Activation.Grouped grouped ->
                kind == GroupedKind.MAXMIN
                    ? new MaxMinKernel(x, y)
                    : new GroupedKernel(x, y, grouped);
            case Activation.Linear _ ->
                kind == LinearKind.CENTER
                    ? new CenterKernel(x, y)
                    : new AddKernel(List.of(x, x), y);
          };
      BatchNetwork network = network(x, y, kernel);
      network.input()[0][0] = Double.NaN;
      network.forward(1);
      assertThat(network.output()[0][0]).as(kind.word()).isNaN();
      if (kind instanceof GroupedKind || kind == LinearKind.CENTER) {
        assertThat(network.output()[1][0]).as(kind.word()).isNaN();
      }
    }
  }

  @Test
  void aTensorOfTwoShapesIsRefused() {
    Buffer x = new Buffer("x", 2);
    Buffer h = new Buffer("h", 3);
    Buffer y = new Buffer("y", 2);
    Kernel first = new GemmKernel(x, h, "w", Optional.empty(), Optional.empty());
    Kernel second = new GemmKernel(h, y, "w", Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> network(x, y, first, second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor w is read with two shapes");
  }

  private static BatchNetwork network(Buffer input, Buffer output, Kernel... kernels) {
    KernelGraph graph = new KernelGraph("N", ElementType.F64, input, output, List.of(kernels));
    return new BatchNetwork(ReverseMode.of(graph), 1);
  }

  private static org.assertj.core.data.Offset<Double> near(double value) {
    return within(1e-12 * (1 + Math.abs(value)));
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < a.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  private static double[][] random(SplittableRandom random, int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = random.doubles(columns, -1, 1).toArray();
    }
    return matrix;
  }
}
