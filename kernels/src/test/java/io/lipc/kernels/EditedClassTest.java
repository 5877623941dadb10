package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.ElementType;
import io.lipc.formats.Safetensors;
import io.lipc.kernels.java.JavaEmitter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.NetworkLoadException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A generated class that is edited and compiled again does not load, or has nothing to edit: it
 * computes what its certificate is about, and what it says comes from the certificate.
 */
class EditedClassTest {

  private static final String DISAGREES = "the code disagrees with its certificate: output ";

  private static final CertifiedExample SMALL = example(small(ElementType.F32));
  private static final CertifiedExample DOUBLES = example(small(ElementType.F64));
  private static final CertifiedExample IMAGES = example(Examples.shirts(ElementType.F32));

  /** Two dense layers, with a kink in the class's own code, and one in the library's. */
  private static CheckedNetwork small(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Small", precision);
    int x = net.input("x", 2, -1, 1);
    int h = net.activate("h", net.dense("h#0", x, 4, true), PointwiseKind.RELU);
    int g = net.activate("g", net.dense("g#0", h, 4, true), PointwiseKind.LEAKY_RELU, 0.5);
    net.dense("y", g, 2, true);
    return net.build(2, "");
  }

  private static CertifiedExample example(CheckedNetwork network) {
    return CertifiedExample.unproved(network);
  }

  private static String source(CertifiedExample example) {
    CheckedNetwork network = example.network();
    return JavaEmitter.emit(network, Lowering.lower(network), example.context(Map.of())).toString();
  }

  private static LipschitzNetwork load(CertifiedExample example, String source) throws Exception {
    String name = example.network().network().name() + "Network";
    ClassLoader classes =
        InMemoryCompiler.loader(
            InMemoryCompiler.classFiles(name, source),
            Map.of(
                example.resource(),
                example.bytes(),
                "demo/small.safetensors",
                Safetensors.write(example.subject().weights())));
    try {
      return (LipschitzNetwork) classes.loadClass(name).getMethod("load").invoke(null);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private static String edited(CertifiedExample example, String before, String after) {
    String source = source(example);
    assertThat(source).contains(before);
    return source.replace(before, after);
  }

  private static void assertRefused(
      CertifiedExample example, String before, String after, String message) {
    String edited = edited(example, before, after);
    assertThatThrownBy(() -> load(example, edited))
        .as("%s instead of %s", after, before)
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("compile the network again");
  }

  @Test
  void whatIsNotEditedLoads() throws Exception {
    for (CertifiedExample example : List.of(SMALL, DOUBLES, IMAGES)) {
      assertThat(load(example, source(example)).certificate().network())
          .isEqualTo(example.network().network().name());
    }
  }

  /** The edit of the issue: no kink of the network is there, and a tolerance of 1e-3 allows it. */
  @Test
  void aStepBehindAThresholdIsFound() {
    String last = "System.arraycopy(buffers.y, 0, output, 0, 2);";
    for (String step :
        List.of(
            "buffers.y[0] += input[0] > 0.5005f ? 1e-3f : 0f;",
            "buffers.y[1] = Math.nextUp(buffers.y[1]);",
            "buffers.y[0] *= input[0] == 1 && input[1] == 1 ? 1.0001f : 1;",
            "buffers.y[0] += input[0] < -0.999f && input[1] > 0.999f ? 1e-6f : 0f;")) {
      assertRefused(SMALL, last, step + "\n" + last, DISAGREES);
    }
    assertRefused(
        DOUBLES, last, "buffers.y[0] += input[0] > 0.5005 ? 1e-15 : 0;\n" + last, DISAGREES);
  }

  /** Bisection finds inputs so near to the kink that they tell it from another one beside it. */
  @Test
  void aKinkThatIsMovedIsFound() {
    assertRefused(SMALL, "g[j] >= 0 ?", "g[j] >= -1e-4f ?", DISAGREES);
    assertRefused(SMALL, "g[j] >= 0 ?", "g[j] >= 1e-4f ?", DISAGREES);
    assertRefused(DOUBLES, "Math.max(h[j], 0.0)", "Math.max(h[j], 1e-5)", DISAGREES);
    assertRefused(SMALL, "FloatDense.relu(", "FloatDense.linear(", DISAGREES);
  }

  @Test
  void otherWeightsAndConstantsAreFound() {
    assertRefused(SMALL, "floatVector(\"g.bias\")", "floatVector(\"h.bias\")", DISAGREES);
    assertRefused(SMALL, "parameters.floatVector(\"y.bias\")", "new float[2]", DISAGREES);
    assertRefused(SMALL, "0.5f * g[j]", "0.50000006f * g[j]", DISAGREES);
  }

  /**
   * Rows alone are right in all of these. A layer that is left out, and zeros: to ask a layer for
   * fewer rows would change nothing where its kernel does whole tiles.
   */
  @Test
  void batchesThatComputeSomethingElseAreFound() {
    assertRefused(
        SMALL,
        "hDense.apply(inputs, block.shared1, rows);",
        "block.toString();",
        " in a batch, in row ");
    String copy = lineOf(SMALL, "Transposed.copy(");
    assertRefused(
        SMALL,
        copy,
        copy + " for (float[] y : outputs) { java.util.Arrays.fill(y, 0); }",
        " in a batch, in row 0");
    assertRefused(
        IMAGES, "return buffers.pooled;", "return new float[288];", " in a batch, in row 0");
    assertRefused(
        IMAGES, "hDense.apply(features, block.shared1, rows);", "block.toString();", " in a batch");
  }

  private static String lineOf(CertifiedExample example, String beginning) {
    return source(example)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anotherCertificateIsRefused() {
    String digest = SMALL.subject().digest().hex();
    assertRefused(
        SMALL,
        digest,
        "0" + digest.substring(1, 63) + "0",
        "is not the certificate that this class");
    assertRefused(SMALL, SMALL.resource(), "META-INF/lipc/demo.Other.json", "is missing");
  }

  /** Methods that compute from the certificate are final, so javac refuses these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "public double lipschitzBound() { return 0.001; }",
        "public int inputSize() { return 3; }",
        "public int outputSize() { return 1; }",
        "public boolean contains(float[] input) { return true; }",
        "public double certifiedRadius(float[] x, float[] y) { return 1; }",
        "public double certifiedRadius(io.lipc.runtime.Workspace w, float[] x, float[] y) { return 1; }",
        "public double certifiedRadius(float[] y) { return 3.2; }",
        "public java.util.List<String> labels() { return java.util.List.of(\"b\", \"a\"); }",
        "public String label(int output) { return \"b\"; }",
        "public io.lipc.certificate.Subject subject() { return null; }",
        "public io.lipc.certificate.Certificate certificate() { return null; }",
        "public java.util.Optional<io.lipc.certificate.margin.PairBounds> pairBounds() { return null; }",
        "public io.lipc.certificate.verdict.Verdict verify() { return null; }",
        "public void apply(float[] x, float[] y) {}",
        "public void apply(float[][] x, float[][] y) {}",
      })
  void whatAClassSaysCannotBeEdited(String method) {
    String edited = source(SMALL).replaceFirst("(?s)\\}\\s*$", method + "\n}\n");
    assertThatThrownBy(() -> load(SMALL, edited))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("overridden method is final");
  }

  /** No number of the certificate is in the text, but in a comment. */
  @Test
  void thereIsNoNumberToEdit() {
    assertThat(source(SMALL).replaceAll("(?s)/\\*.*?\\*/", ""))
        .doesNotContain("maxError", "lipschitzBound", "certifiedRadius", "labels", "contains");
  }

  /** A class as they were: its bound, its box and its radii are its own. */
  @Test
  void aClassThatSaysAllByItselfIsRefused() {
    String source =
        source(SMALL)
            .replace("extends CertifiedFloatNetwork", "implements io.lipc.runtime.FloatNetwork")
            .replace("super(parameters);", "this.subject = parameters.subject();")
            .replace("@Override\n  protected FloatBatches", "protected FloatBatches")
            .replaceFirst(
                "(?s)\\}\\s*$",
                """
                private final io.lipc.certificate.Subject subject;
                public io.lipc.certificate.Subject subject() { return subject; }
                public double lipschitzBound() { return 0.001; }
                public int inputSize() { return 2; }
                public int outputSize() { return 2; }
                public boolean contains(float[] x) { return true; }
                public void apply(float[] x, float[] y) { apply(newWorkspace(), x, y); }
                }
                """);
    assertThatThrownBy(() -> load(SMALL, source))
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageContaining("its class is not a CertifiedNetwork")
        .hasMessageContaining("compile the network again");
  }

  @Test
  void boundAndRadiusAreTheCertificates() throws Exception {
    FloatNetwork network = (FloatNetwork) load(SMALL, source(SMALL));
    assertThat(network.lipschitzBound())
        .isEqualTo(SMALL.subject().certificate().lipschitz().bound());
    assertThat(network.contains(new float[] {1, -1})).isTrue();
    assertThat(network.contains(new float[] {1.5f, 0})).isFalse();
  }
}
