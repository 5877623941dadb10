package io.lipc.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.pass.ReverseMode;
import io.lipc.runtime.tornado.Device;
import io.lipc.training.tornado.OnDevice;
import io.lipc.training.tornado.TornadoTraining;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with every kind of kernel in random places: the device against the JVM. */
@OnDevice
class RandomGradientsDeviceTest {

  private static final int INPUTS = 5;
  private static final int OUTPUTS = 3;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void outputsAndGradientsAreTheJvms(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AdjointGraph graph = ReverseMode.of(RandomGraphs.next(random, INPUTS, OUTPUTS));
    Map<String, double[]> tensors = RandomGraphs.tensors(graph.forward(), random);
    try (BatchEngine device = TornadoTraining.on(Device.parse("0")).engine(graph, 9);
        BatchEngine jvm = TrainingDevice.JVM.engine(graph, 9)) {
      device.load(tensors);
      jvm.load(tensors);
      for (int count : new int[] {9, 1, 4, 7}) { // What a larger batch left behind has no effect.
        long numbers = random.nextLong();
        run(jvm, count, new SplittableRandom(numbers));
        run(device, count, new SplittableRandom(numbers));
        assertAgreement(device, jvm, count);
      }
    }
  }

  private static void run(BatchEngine engine, int count, SplittableRandom random) {
    fill(engine.input(), count, random);
    engine.forward(count);
    fill(engine.outputGradient(), count, random);
    engine.reverse(count);
  }

  private static void fill(double[][] rows, int count, SplittableRandom random) {
    for (double[] row : rows) {
      for (int j = 0; j < count; j++) {
        row[j] = random.nextDouble(-1, 1);
      }
    }
  }

  private static void assertAgreement(BatchEngine device, BatchEngine jvm, int count) {
    for (int i = 0; i < OUTPUTS; i++) {
      for (int j = 0; j < count; j++) {
        double wanted = jvm.output()[i][j];
        assertThat(device.output()[i][j]).isCloseTo(wanted, near(wanted));
      }
    }
    Map<String, double[]> found = device.tensorGradients();
    assertThat(found.keySet()).isEqualTo(jvm.tensorGradients().keySet());
    jvm.tensorGradients()
        .forEach(
            (name, wanted) -> {
              for (int i = 0; i < wanted.length; i++) {
                assertThat(found.get(name)[i]).as(name).isCloseTo(wanted[i], near(wanted[i]));
              }
            });
  }

  private static org.assertj.core.data.Offset<Double> near(double value) {
    return within(1e-4 * (1 + Math.abs(value)));
  }
}
