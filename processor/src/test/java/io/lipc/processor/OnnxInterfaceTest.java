package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.onnx.OnnxModel;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ONNX model becomes a class, as a text of the language does. */
final class OnnxInterfaceTest {

  private static final Path MODEL =
      Path.of(System.getProperty("lipc.root"))
          .resolve("onnx/src/test/resources/convolution/tiny.onnx");

  @TempDir private Path work;

  private Javac.Result compile(String source) throws IOException {
    Path folder = Files.createDirectories(work.resolve("sources/demo"));
    Path classes = Files.createDirectories(work.resolve("classes/demo"));
    Files.copy(MODEL, classes.resolve("tiny.onnx"), StandardCopyOption.REPLACE_EXISTING);
    Path file = folder.resolve("Tiny.java");
    Files.writeString(file, "package demo;\nimport io.lipc.annotations.*;\n" + source);
    return new Javac(work).compile(List.of(file));
  }

  private static double[] expected(float[] x) throws Exception {
    OnnxModel model = OnnxModel.read(Files.readAllBytes(MODEL), "Tiny", 1);
    Map<String, double[]> tensors = new TreeMap<>();
    model.weights().tensors().forEach((name, tensor) -> tensors.put(name, tensor.values()));
    double[] in = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      in[i] = x[i];
    }
    return new Interpreter(Lowering.lower(model.checked()), tensors, Map.of()).apply(in);
  }

  @Test
  void the_class_loads_from_its_jar_and_computes_what_the_model_does() throws Exception {
    Javac.Result result =
        compile(
            """
            @CertifiedNetwork("tiny.onnx") @Lipschitz(2.5)
            interface Tiny {
              @Input(value = {2, 6, 5}, min = -1, max = 1) float[] image();
            }
            """);
    assertThat(result.output()).isEmpty();
    Certificate certificate = CertificateText.read(result.resource("META-INF/lipc/demo.Tiny.json"));
    assertThat(certificate.declared()).isEqualTo(2.5);
    assertThat(certificate.bound()).isLessThanOrEqualTo(2.5);
    assertThat(result.resource("META-INF/lipc/demo.Tiny.origin.json"))
        .contains("\"weights\": \"META-INF/lipc/demo.Tiny.safetensors\"");
    Path jar = result.jar(work.resolve("tiny.jar"));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> type = loader.loadClass("demo.TinyNetwork");
      Object network = type.getMethod("load").invoke(null);
      float[] x = new float[60];
      Random random = new Random(2);
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextFloat(-1, 1);
      }
      float[] y = new float[3];
      type.getMethod("apply", float[].class, float[].class).invoke(network, x, y);
      double[] expected = expected(x);
      for (int i = 0; i < y.length; i++) {
        assertThat((double) y[i]).isCloseTo(expected[i], offset(1e-5));
      }
      double radius =
          (double)
              type.getMethod("certifiedRadius", float[].class, float[].class).invoke(network, x, y);
      assertThat(radius).isPositive();
      assertThat(type.getMethod("verify").invoke(network).toString()).contains("2.");
    }
  }

  @Test
  void an_empty_interface_is_enough_and_others_call_it() throws IOException {
    Javac.Result result =
        compile(
            """
            @CertifiedNetwork("tiny.onnx") @Lipschitz(2.5)
            @Precision(FloatFormat.F64)
            interface Tiny {}

            @CertifiedNetwork @Lipschitz(1.25) @Precision(FloatFormat.F64)
            interface Half {
              @Input({2, 6, 5}) double[] image();
              @Scale(0.5) double[] half(double[] image);
              @Call(Tiny.class) @Output double[] y(double[] half);
            }
            """);
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/demo.Half.json")).contains("demo.Tiny");
    assertThat(result.generatedSource("demo/TinyNetwork.java")).contains("double[]", "load()");
  }

  @Test
  void a_bound_that_is_false_is_refused_at_its_place() throws IOException {
    Javac.Result result =
        compile("@CertifiedNetwork(\"tiny.onnx\") @Lipschitz(0.5)\ninterface Tiny {}\n");
    assertThat(result.success()).isFalse();
    assertThat(result.output())
        .contains("Tiny.java:3: error: [lipschitz-bound-violated]")
        .contains("@Lipschitz(0.5)");
    assertThat(result.classes().resolve("META-INF")).doesNotExist();
  }

  @Test
  void an_input_of_other_extents_is_refused() throws IOException {
    Javac.Result result =
        compile(
            """
            @CertifiedNetwork("tiny.onnx") @Lipschitz(2.5)
            interface Tiny { @Input(60) float[] x(); }
            """);
    assertThat(result.output())
        .contains("input `x` has the extents [60], and the model reads [2, 6, 5]")
        .contains("help: write @Input({2, 6, 5})");
  }

  @Test
  void layers_beside_the_model_are_refused() throws IOException {
    Javac.Result result =
        compile(
            """
            @CertifiedNetwork("tiny.onnx") @Lipschitz(2.5)
            interface Tiny {
              @Input({2, 6, 5}) float[] x();
              @Relu @Output float[] y(float[] x);
            }
            """);
    assertThat(result.output())
        .contains("network `Tiny` is declared in two ways at once")
        .contains("layers beside the model");
  }

  @Test
  void without_a_bound_it_says_which_annotation_is_missing() throws IOException {
    Javac.Result result = compile("@CertifiedNetwork(\"tiny.onnx\")\ninterface Tiny {}\n");
    assertThat(result.success()).isFalse();
    assertThat(result.output()).contains("@Lipschitz").doesNotContain("internal-fault");
  }
}
