package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Claim;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.runtime.FloatNetwork;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class with monotone outputs, from its declaration to what it brings. */
final class MonotoneTest {

  private static final String TEXT =
      """
      package demo;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork @Lipschitz(2) %s
      public interface Bent {
        @Input(value = 2, min = -9, max = 9) float[] x();
        @Scale(-2) @LeakyRelu(0.125) @Output float[] y(float[] x);
      }
      """;

  @TempDir private Path work;

  private Javac.Result compiled(Javac javac, String annotation) throws Exception {
    return javac.compile(
        List.of(Files.writeString(work.resolve("Bent.java"), TEXT.formatted(annotation))));
  }

  @Test
  void trends_are_loaded_and_verified() throws Exception {
    Javac javac = new Javac(work.resolve("bent"));
    String annotation = "@Monotone(decreasing = @Trend(input = \"x\", element = 1))";
    assertThat(compiled(javac, annotation).output()).isEmpty();
    URL[] path = {javac.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, FloatNetwork.class.getClassLoader())) {
      Class<?> type = loader.loadClass("demo.BentNetwork");
      FloatNetwork network = (FloatNetwork) type.getMethod("load").invoke(null);
      assertThat(network.certificates().getLast().claim())
          .isInstanceOfSatisfying(
              Claim.Monotone.class,
              claim ->
                  assertThat(claim.trends())
                      .containsExactly(new Claim.Trend(false, List.of(1), List.of(0, 1))));
      assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
      assertThat(network.radiusClaim().distance()).isEqualTo("l2 distance");
    }
  }

  @Test
  void an_annotation_that_names_no_input_is_refused() throws Exception {
    assertThat(compiled(new Javac(work.resolve("none")), "@Monotone").output())
        .contains("[declaration-invalid] @Monotone names no input");
  }

  private static final String FREE_WEIGHTS = "@Parameterized(Construction.LDLT)";

  private static String core(String weights) {
    return """
        package demo;

        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;

        @CertifiedNetwork @Lipschitz(2) %s
        public interface Core {
          @Input(2) float[] x();
          @Dense(2) @Relu float[] h(float[] x);
          @Dense(1) @Output float[] y(float[] h);
        }
        """
        .formatted(weights);
  }

  private Path premium() throws IOException {
    return Files.writeString(
        work.resolve("Premium.java"),
        """
        package demo;

        import io.lipc.annotations.*;

        @CertifiedNetwork @Lipschitz(4) @Monotone(increasing = @Trend(input = "age"))
        public interface Premium {
          @Input(value = 1, min = 0, max = 1) float[] age();
          @Input(value = 1, min = 0, max = 1) float[] power();
          @Concat float[] x(float[] age, float[] power);
          @Scale(2) float[] rise(float[] age);
          @Call(Core.class) float[] f(float[] x);
          @Add @Output float[] y(float[] rise, float[] f);
        }
        """);
  }

  /** A claim for all weights of a callee is proved before there are any. */
  @Test
  void weights_may_be_free_in_networks_that_are_called() throws Exception {
    Javac javac = new Javac(work.resolve("free"));
    Javac.Result result =
        javac.compile(
            List.of(Files.writeString(work.resolve("Core.java"), core(FREE_WEIGHTS)), premium()));
    assertThat(result.output()).isEmpty();
    String certificate = result.resource("META-INF/lipc/demo.Premium-monotone.json");
    assertThat(certificate)
        .contains("\"kind\": \"structural\"", "\"procedure\": \"rows\"", "demo.Core")
        .doesNotContain("inlined");
  }

  /** A file of weights for the networks above; the certificate was proved for them elsewhere. */
  private Path trained() throws IOException {
    Weights weights =
        Javac.tensors(
            Files.writeString(
                work.resolve("lines.txt"),
                """
                F32 h.bias [2] 0 0
                F32 h.weight [2, 2] -1 0.5 0.25 1
                F32 y.bias [1] 0
                F32 y.weight [1, 2] 1 0.5
                """));
    Javac given = new Javac(work.resolve("given"));
    Files.createDirectories(given.classes());
    Files.write(
        given.classes().resolve("core.safetensors"), Safetensors.write(weights, new TreeMap<>()));
    String text = core("@WeightsFile(\"core.safetensors\")");
    Javac.Result result =
        given.compile(List.of(Files.writeString(work.resolve("Core.java"), text)));
    assertThat(result.output()).isEmpty();
    return Files.write(
        work.resolve("trained.safetensors"),
        Safetensors.write(
            weights,
            new TreeMap<>(
                Map.of(CertifiedFile.KEY, result.resource("META-INF/lipc/demo.Core.json")))));
  }

  /** The claim is checked again with the certificate that the weights bring. */
  @Test
  void it_is_proved_of_weights_that_come_later() throws Exception {
    Path file = trained();
    Javac javac = new Javac(work.resolve("free"));
    Path text = Files.writeString(work.resolve("Core.java"), core(FREE_WEIGHTS));
    assertThat(javac.compile(List.of(text, premium())).output()).isEmpty();
    URL[] path = {javac.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, FloatNetwork.class.getClassLoader())) {
      Class<?> type = loader.loadClass("demo.CoreNetwork");
      Object core = type.getMethod("load", Path.class).invoke(null, file);
      FloatNetwork network =
          (FloatNetwork)
              loader.loadClass("demo.PremiumNetwork").getMethod("load", type).invoke(null, core);
      Certificate claim = network.certificates().getLast();
      assertThat(claim.claim()).isInstanceOf(Claim.Monotone.class);
      assertThat(claim.kind()).isEqualTo(Certificate.Kind.NUMERIC);
      assertThat(claim.units()).isEqualTo(network.certificate().units());
      assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
      float[] young = new float[1];
      float[] old = new float[1];
      network.apply(new float[] {0, 0.5f}, young);
      network.apply(new float[] {1, 0.5f}, old);
      assertThat(old[0]).isGreaterThan(young[0]);
    }
  }
}
