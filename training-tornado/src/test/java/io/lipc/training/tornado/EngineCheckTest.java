package io.lipc.training.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDevice;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Engines of the JVM, some of them with a fault. Needs no device. */
class EngineCheckTest {

  private static final AdjointGraph GRAPH =
      Declared.graph(
          "(x: real[3]) -> real[2]",
          "  h = x |> dense(8) |> relu;\n  y = h |> dense(2);\n  return y;");

  @Test
  void whatTheJvmComputesIsBelieved() {
    assertThat(EngineCheck.objection(GRAPH, TrainingDevice.JVM.engine(GRAPH, 20))).isEmpty();
    assertThat(EngineCheck.objection(GRAPH, TrainingDevice.JVM.engine(GRAPH, 1))).isEmpty();
  }

  @Test
  void roundingToFloatIsBelieved() {
    assertThat(EngineCheck.objection(GRAPH, new Changed(value -> (double) value.floatValue())))
        .isEmpty();
  }

  @Test
  void oneWrongNumberOfAGradientIsFound() {
    for (double factor : new double[] {0, 0.99, -1, Double.NaN}) {
      assertThat(EngineCheck.objection(GRAPH, new Changed(value -> factor * value)))
          .contains("gives another gradient of `h.bias` than the JVM");
    }
  }

  @Test
  void wrongOutputsAreFound() {
    assertThat(EngineCheck.objection(GRAPH, new Changed(value -> value, 0.99)))
        .contains("gives other outputs than the JVM");
  }

  @Test
  void nothingIsBelievedWithoutAGradient() {
    AdjointGraph dead =
        Declared.graph(
            "(x: real[3]) -> real[2]", "  h = x |> dense(2);\n  y = h |> scale(0);\n  return y;");
    assertThat(EngineCheck.objection(dead, TrainingDevice.JVM.engine(dead, 4)))
        .contains("cannot be compared with the JVM: no gradient was found that is not 0");
  }

  /** An engine whose largest derivative by a bias, and whose outputs, are changed. */
  private record Changed(BatchEngine jvm, UnaryOperator<Double> gradient, double outputs)
      implements BatchEngine {

    Changed(UnaryOperator<Double> gradient) {
      this(gradient, 1);
    }

    Changed(UnaryOperator<Double> gradient, double outputs) {
      this(TrainingDevice.JVM.engine(GRAPH, 16), gradient, outputs);
    }

    @Override
    public int capacity() {
      return jvm.capacity();
    }

    @Override
    public SortedMap<String, Integer> tensorSizes() {
      return jvm.tensorSizes();
    }

    @Override
    public void load(Map<String, double[]> weights) {
      jvm.load(weights);
    }

    @Override
    public double[][] input() {
      return jvm.input();
    }

    @Override
    public double[][] output() {
      return jvm.output();
    }

    @Override
    public double[][] outputGradient() {
      return jvm.outputGradient();
    }

    @Override
    public void forward(int count) {
      jvm.forward(count);
      for (double[] row : jvm.output()) {
        row[0] *= outputs;
      }
    }

    @Override
    public void reverse(int count) {
      jvm.reverse(count);
    }

    @Override
    public SortedMap<String, double[]> tensorGradients() {
      SortedMap<String, double[]> gradients = jvm.tensorGradients();
      double[] biases = gradients.get("h.bias");
      int largest = 0;
      for (int i = 1; i < biases.length; i++) {
        largest = Math.abs(biases[i]) > Math.abs(biases[largest]) ? i : largest;
      }
      biases[largest] = gradient.apply(biases[largest]);
      return gradients;
    }

    @Override
    public void close() {}
  }
}
