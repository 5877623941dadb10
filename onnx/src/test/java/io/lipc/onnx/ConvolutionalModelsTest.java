package io.lipc.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.lipc.kernels.interpreter.Interpreter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole convolutional networks: outputs in doubles from elsewhere, and those of ONNX Runtime. */
final class ConvolutionalModelsTest {

  /** Sums in doubles, in another order. */
  private static final double TOLERANCE = 1e-12;

  private static final int INPUTS = 4;

  private static void check(byte[] file, byte[] reference) throws Exception {
    OnnxModel model = OnnxModel.read(file, "Net", 1);
    Map<String, double[]> arrays = Npz.read(reference);
    double[] inputs = Objects.requireNonNull(arrays.get("x"));
    double[] outputs = Objects.requireNonNull(arrays.get("y"));
    Interpreter interpreter = Agreement.interpreter(model);
    double scale = Arrays.stream(outputs).map(Math::abs).max().orElseThrow();
    for (int k = 0; k < INPUTS; k++) {
      double[] found = interpreter.apply(part(inputs, k));
      assertThat(found).containsExactly(part(outputs, k), offset(TOLERANCE * scale));
    }
    assertThat(Agreement.check(model, file)).isLessThan(2e-6);
  }

  private static double[] part(double[] all, int number) {
    int size = all.length / INPUTS;
    return Arrays.copyOfRange(all, number * size, (number + 1) * size);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        ConvolutionalModelsTest.class.getResourceAsStream("/convolution/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "pooled"})
  void small_networks(String name) throws Exception {
    check(resource(name + ".onnx"), resource(name + ".npz"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet", "strided", "resnet"})
  void networks_of_usual_sizes(String name) throws Exception {
    Path folder = Path.of(System.getProperty("lipc.shared", ""), "data", "convolution");
    if (!Files.isDirectory(folder)) {
      System.out.println("skipped: there is no folder shared/data/convolution");
    }
    Assumptions.assumeTrue(Files.isDirectory(folder), "no folder shared/data/convolution");
    check(
        Files.readAllBytes(folder.resolve(name + ".onnx")),
        Files.readAllBytes(folder.resolve(name + ".npz")));
  }
}
