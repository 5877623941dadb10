package io.lipc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timed results are right: every engine, on every network, on one row and on some. */
final class EnginesTest {

  @TempDir private static Path folder;
  private static Networks networks;

  @BeforeAll
  static void compile() throws Exception {
    networks = Networks.compile(folder);
  }

  @ParameterizedTest
  @EnumSource
  void everyEngineGivesTheRightOutputs(Engine engine) throws Exception {
    for (Topology topology : Topology.values()) {
      for (int batch : new int[] {1, 32}) {
        Evaluator evaluator = engine.evaluator(networks, topology, batch, 1);
        evaluator.run();
        // What is added up and written twice is right twice.
        evaluator.run();
        Inference.compare(networks.expected(topology, batch), evaluator.outputs());
      }
    }
  }

  @Test
  void wrongOutputsAreRefused() throws Exception {
    double[][] expected = networks.expected(Topology.SMALL, 2);
    float[][] found = new float[2][Topology.SMALL.outputs()];
    assertThatThrownBy(() -> Inference.compare(expected, found))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("output 0 of row 0 is 0.0, expected " + expected[0][0]);
    found[0][0] = Float.NaN;
    assertThatThrownBy(() -> Inference.compare(expected, found)).hasMessageContaining("NaN");
    assertThat(expected[1]).isNotEqualTo(expected[0]);
  }
}
