package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.onnx.OnnxModel;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An ONNX model becomes a class, as a text of the language does. */
final class OnnxInterfaceTest {

  private static final Path MODEL =
      Path.of(System.getProperty("lipc.root"))
          .resolve("onnx/src/test/resources/convolution/tiny.onnx");

  private static final Path EXTERNAL =
      Path.of(System.getProperty("lipc.root")).resolve("onnx/src/test/resources/external");

  @TempDir private Path work;

  private Javac.Result compile(String source) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes/demo"));
    Files.copy(MODEL, classes.resolve("tiny.onnx"), StandardCopyOption.REPLACE_EXISTING);
    return compileAlone(source);
  }

  private Javac.Result compileAlone(String source) throws IOException {
    Path folder = Files.createDirectories(work.resolve("sources/demo"));
    Path file = folder.resolve("Tiny.java");
    Files.writeString(
        file,
        "package demo;\nimport io.lipc.annotations.*; import io.lipc.annotations.activation.*;\n"
            + source);
    Files.createDirectories(work.resolve("classes"));
    // A machine may be busy, and the bound is near the best one.
    return new Javac(work).option("-Alipc.certify.budget=2m").compile(List.of(file));
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
    assertThat(certificate.lipschitz().declared()).isEqualTo(2.5);
    assertThat(certificate.lipschitz().bound()).isLessThanOrEqualTo(2.5);
    assertThat(result.resource("META-INF/lipc/demo.Tiny-origin.json"))
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
      assertThat(type.getMethod("verify").invoke(network)).isEqualTo(new Verdict.Accepted());
      assertThat(type.getMethod("lipschitzBound").invoke(network).toString()).startsWith("2.");
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
        .contains("help: write @Input({2, 6, 5})")
        .doesNotContain("keep its min");
  }

  @Test
  void a_box_is_kept_where_extents_are_mended() throws IOException {
    Javac.Result result =
        compile(
            """
            @CertifiedNetwork("tiny.onnx") @Lipschitz(2.5)
            interface Tiny { @Input(value = 60, min = -1, max = 1) float[] x(); }
            """);
    assertThat(result.output()).contains("help: write @Input({2, 6, 5}), and keep its min and max");
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

  /** A file of {@code external/}, as resources are copied. */
  private Path copy(String name, String to) throws IOException {
    Path target = work.resolve(to);
    Files.createDirectories(target.getParent());
    return Files.copy(EXTERNAL.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static final String NET =
      """
      @CertifiedNetwork("net.onnx") @Lipschitz(3.5)
      interface Tiny {}
      """;

  @Test
  void numbers_beside_the_model_are_those_of_the_class() throws Exception {
    copy("net.onnx", "classes/demo/net.onnx");
    Path data = copy("net.bin", "classes/demo/net.bin");
    // Another file of that name, at a place that is looked at as well: not beside the model.
    Files.write(copy("net.bin", "classes/net.bin"), new byte[32]);
    Javac.Result result = compileAlone(NET);
    assertThat(result.output()).isEmpty();
    Weights shipped =
        Safetensors.read(result.classes().resolve("META-INF/lipc/demo.Tiny.safetensors"));
    assertThat(shipped.tensor("w.weight").orElseThrow().values()).containsExactly(1, 0, 0, 3);
    // The class has its weights in the jar, and does without the model and its files.
    Files.delete(data);
    Path jar = result.jar(work.resolve("net.jar"));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> type = loader.loadClass("demo.TinyNetwork");
      Object network = type.getMethod("load").invoke(null);
      float[] y = new float[2];
      type.getMethod("apply", float[].class, float[].class).invoke(network, new float[] {1, 2}, y);
      assertThat(y).containsExactly(1, 6);
      assertThat(type.getMethod("verify").invoke(network)).isEqualTo(new Verdict.Accepted());
      assertThat(type.getMethod("lipschitzBound").invoke(network).toString()).startsWith("3.");
    }
    // Built again with other numbers, it is held to its bound again.
    byte[] numbers = Files.readAllBytes(EXTERNAL.resolve("net.bin"));
    ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).putFloat(28, 4);
    Files.write(data, numbers);
    assertThat(compileAlone(NET).output()).contains("[lipschitz-bound-violated]");
  }

  @Test
  void numbers_that_are_not_beside_the_model_are_missed() throws IOException {
    copy("net.onnx", "classes/demo/net.onnx");
    copy("net.bin", "classes/net.bin");
    assertThat(compileAlone(NET).output())
        .contains("[source-not-readable]", "@CertifiedNetwork(\"net.onnx\")")
        .contains(
            "initialiser `w` has its numbers in the file `net.bin` (external_data), which cannot be"
                + " read: there is no such file; copy the file itself into the model's folder");
    Path outside = copy("net.bin", "elsewhere/net.bin");
    Files.createSymbolicLink(work.resolve("classes/demo/net.bin"), outside);
    assertThat(compileAlone(NET).output()).contains("the file is a link that leaves its root");
    Files.delete(work.resolve("classes/demo/net.bin"));
    Files.createSymbolicLink(work.resolve("classes/demo/net.bin"), work.resolve("classes/net.bin"));
    assertThat(compileAlone(NET).output()).contains("the file is a link that leaves its root");
  }

  /** Whoever opens a pipe waits for a writer, which this build has not. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void numbers_in_a_pipe_are_refused() throws Exception {
    copy("net.onnx", "classes/demo/net.onnx");
    String pipe = work.resolve("classes/demo/net.bin").toString();
    assumeTrue(File.separatorChar == '/', "no mkfifo here");
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    assertThat(compileAlone(NET).output())
        .contains("`net.bin` (external_data), which cannot be read: it is not a regular file");
  }

  @Test
  void one_of_several_outputs_is_chosen() throws IOException {
    copy("outputs.onnx", "classes/demo/net.onnx");
    assertThat(compileAlone(NET).output())
        .contains("the graph has 3 outputs, `scores`, `best`, `bounded`, and a network has one");
    Javac.Result result =
        compileAlone(
            """
            @CertifiedNetwork(value = "net.onnx", output = "scores") @Lipschitz(10)
            interface Tiny {}
            """);
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/demo.Tiny.json")).contains("\"relu\"");
    assertThat(
            compileAlone(
                    """
                    @CertifiedNetwork(value = "net.onnx", output = "h") @Lipschitz(10)
                    interface Tiny {}
                    """)
                .output())
        .contains("the graph has no output `h`; it has `scores`, `best`, `bounded`");
  }

  @Test
  void free_extents_are_given() throws IOException {
    copy("free.onnx", "classes/demo/net.onnx");
    assertThat(compileAlone(NET).output())
        .contains("extent 2 of input `x` may be any number")
        .contains("@CertifiedNetwork(shape = \"x=1,3,N\")");
    Javac.Result result =
        compileAlone(
            """
            @CertifiedNetwork(value = "net.onnx", shape = "x=1,3,4") @Lipschitz(10)
            interface Tiny {}
            """);
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/demo.Tiny.json")).contains("12");
    assertThat(
            compileAlone(
                    """
                    @CertifiedNetwork(value = "net.onnx", shape = {"x=1,3,4", "z=1"}) @Lipschitz(10)
                    interface Tiny {}
                    """)
                .output())
        .contains("the graph has no input `z`, whose shape is given; it has `x`");
  }

  @Test
  void a_shape_of_what_is_no_model_is_refused() throws IOException {
    assertThat(
            compileAlone(
                    """
                    @CertifiedNetwork(shape = "x=1,2") @Lipschitz(1)
                    interface Tiny {
                      @Input(2) float[] x();
                      @Relu @Output float[] y(float[] x);
                    }
                    """)
                .output())
        .contains("Tiny.java:3: error: [declaration-invalid]")
        .contains("network `Tiny` gives the shape of a model, and names none")
        .contains("found:    shape = \"x=1,2\"");
  }

  @Test
  void an_output_of_what_is_no_model_is_refused() throws IOException {
    assertThat(
            compileAlone(
                    """
                    @CertifiedNetwork(output = "y") @Lipschitz(1)
                    interface Tiny {
                      @Input(2) float[] x();
                      @Relu @Output float[] y(float[] x);
                    }
                    """)
                .output())
        .contains("Tiny.java:3: error: [declaration-invalid]")
        .contains("network `Tiny` chooses an output of a model, and names none")
        .contains("found:    output = \"y\"");
  }

  @Test
  void without_a_bound_it_says_which_annotation_is_missing() throws IOException {
    Javac.Result result = compile("@CertifiedNetwork(\"tiny.onnx\")\ninterface Tiny {}\n");
    assertThat(result.success()).isFalse();
    assertThat(result.output()).contains("@Lipschitz").doesNotContain("internal-fault");
  }
}
