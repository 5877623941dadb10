package io.lipc.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs by chance, each node of which is compared with ONNX Runtime once lipc accepts it. */
final class GeneratedGraphsTest {

  private static final int NODES = 40;

  /** Every seed has a version of its own; with 126, Squeeze without any axes was another shape. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 126})
  void what_is_read_is_what_onnx_runtime_computes(long seed) throws Exception {
    GeneratedGraph graph = new GeneratedGraph(seed);
    for (int i = 0; i < NODES; i++) {
      graph.grow();
    }
    assertThat(graph.agreed()).isGreaterThan(NODES / 4);
    assertThat(graph.unknown()).isLessThan(NODES / 4);
  }
}
