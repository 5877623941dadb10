package io.lipc.training.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.Devices;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDevice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each kind of layer on a device: {@link EngineCheck} compares outputs and gradients with the JVM's
 * when an engine is made, and {@link EngineCheckTest} that it finds what is wrong.
 */
@OnDevice
class LayerGradientsDeviceTest {

  private static final TrainingDevice DEVICE = TornadoTraining.on(Device.parse("0"));

  /** Each activation of its own dense layer, all side by side. */
  private static AdjointGraph activations() {
    String steps =
        Arrays.stream(PointwiseKind.values())
            .map(
                kind ->
                    "  %1$s1 = x |> dense(4) |> %1$s%2$s;"
                        .formatted(kind.word(), kind.parameters().isEmpty() ? "" : "(0.75)"))
            .collect(Collectors.joining("\n"));
    String all =
        Arrays.stream(PointwiseKind.values())
            .map(kind -> kind.word() + "1")
            .collect(Collectors.joining(", "));
    return Declared.graph(
        "(x: real[6] in [-1, 1]) -> real[3]",
        steps + "\n  all = concat(" + all + ");\n  y = all |> dense(3);\n  return y;");
  }

  /** On one engine, which is compiled once: then, where a sum has lost its numbers, they show. */
  @Test
  void everyActivationAgreesAndNanReachesTheOutputs() {
    AdjointGraph graph = activations();
    try (DeviceNetwork engine = DeviceNetwork.on(Devices.at(0), graph, 7)) {
      assertThat(EngineCheck.objection(graph, engine)).isEmpty();
      Map<String, double[]> tensors = new HashMap<>();
      engine.tensorSizes().forEach((name, size) -> tensors.put(name, filled(size, 0.1)));
      engine.load(tensors);
      assertThat(outputs(engine)).doesNotContain(Double.NaN);
      for (PointwiseKind kind : PointwiseKind.values()) {
        Map<String, double[]> broken = new HashMap<>(tensors);
        String name = kind.word() + "1.bias";
        broken.put(name, filled(tensors.get(name).length, Double.NaN));
        engine.load(broken);
        assertThat(outputs(engine)).as(kind.word()).containsOnly(Double.NaN);
      }
    }
  }

  @Test
  void everyActivationOfGroups() {
    assertAgreement(
        Declared.graph(
            "(x: real[6]) -> real[6]",
            """
              a = x |> dense(12) |> maxmin;
              b = a |> dense(12) |> group_sort(4);
              c = b |> dense(12) |> householder(0.6, 0.8);
              d = c |> dense(12) |> center;
              e = a + d;
              y = e |> scale(0.5) |> dense(6) |> softmax(2);
              return y;"""),
        5);
  }

  @Test
  void convolutionsAndPools() {
    assertAgreement(
        Declared.graph(
            "(x: real[2, 9, 8]) -> real[3]",
            """
              a = x |> conv2d(4, kernel = 3, padding = 1) |> relu;
              b = a |> conv2d(6, kernel = 3, stride = 2, groups = 2) |> maxmin;
              c = a |> max_pool(3, stride = 2) |> flatten |> dense(10);
              d1 = a |> avg_pool(2) |> conv2d(3, kernel = 2, bias = false);
              d = d1 |> flatten |> dense(10) |> tanh;
              e1 = b |> conv2d(2, kernel = 2, dilation = 2);
              e = e1 |> flatten |> dense(10, bias = false);
              s = c + d + e;
              y = s |> dense(3);
              return y;"""),
        6);
  }

  private static void assertAgreement(AdjointGraph graph, int batch) {
    assertThatCode(() -> DEVICE.engine(graph, batch).close()).doesNotThrowAnyException();
  }

  private static double[] filled(int size, double value) {
    double[] values = new double[size];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] outputs(BatchEngine engine) {
    engine.forward(engine.capacity());
    return Arrays.stream(engine.output()).flatMapToDouble(Arrays::stream).toArray();
  }
}
