package io.lipc.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every ONNX file of the shared data: what is read agrees with ONNX Runtime. */
final class RealModelsTest {

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
      double difference = Agreement.check(OnnxModel.read(file, "Net", 1), Files.readAllBytes(file));
      System.out.printf("%s agrees to %.1e%n", file.getFileName(), difference);
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(10);
  }
}
