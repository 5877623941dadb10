package io.lipc.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every ONNX file of the shared data: it agrees with ONNX Runtime, or is refused for a reason. */
final class RealModelsTest {

  private static final String CONVOLUTION = "KJ_TinyTaxiNet.onnx";

  private static List<Path> models() throws IOException {
    Path folder = Path.of(System.getProperty("lipc.shared", ""), "data", "nets");
    if (!Files.isDirectory(folder)) {
      System.out.println("skipped: there is no folder shared/data/nets");
    }
    Assumptions.assumeTrue(Files.isDirectory(folder), "no folder shared/data/nets");
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  @Test
  void models_give_the_outputs_of_onnx_runtime() throws Exception {
    int compared = 0;
    for (Path file : models()) {
      if (!file.endsWith(CONVOLUTION)) {
        double difference =
            Agreement.check(OnnxModel.read(file, "Net", 1), Files.readAllBytes(file));
        System.out.printf("%s agrees to %.1e%n", file.getFileName(), difference);
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(9);
  }

  @Test
  void channels_last_are_refused_where_their_order_changes() throws Exception {
    Path file =
        models().stream().filter(one -> one.endsWith(CONVOLUTION)).findFirst().orElseThrow();
    assertThatThrownBy(() -> OnnxModel.read(file, "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "node `conv2d/Conv2D__8`, a Transpose, rearranges a signal of shape [1, 8, 1, 2] to"
                + " [1, 1, 2, 8], and lipc keeps the order of elements: images are [1, channels,"
                + " height, width] up to the layer that flattens them; export the model with its"
                + " channels first");
  }
}
