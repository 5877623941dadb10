package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A weights file may carry any certificate: javac believes none that is not about its tensors. */
final class CarriedCertificatesTest {

  private static final String CERTIFICATE = "META-INF/lipc/good.Net.json";

  /** {@code |y|} grows by 9 along the first axis. */
  private static final String LARGE =
      """
      F32 h.weight [2, 2] 3 0 0 1
      F32 h.bias [2] 0 0
      F32 y.weight [2, 2] 3 0 0 1
      F32 y.bias [2] 0 0
      """;

  private static final String SMALL =
      """
      F32 h.weight [2, 2] 0.5 0.25 -0.25 0.5
      F32 h.bias [2] 0 0.1
      F32 y.weight [2, 2] 0.5 0 0 0.5
      F32 y.bias [2] 0 0
      """;

  private static final String FREE = "@Parameterized(Construction.LDLT)";
  private static final String GIVEN = "@WeightsFile(\"net.safetensors\")";

  @TempDir private Path work;
  private int runs;

  private Javac.Result compile(String annotations, byte[]... weights) throws IOException {
    Javac javac = new Javac(work.resolve("run" + runs++));
    Path folder = Files.createDirectories(javac.classes().resolve("good"));
    if (weights.length > 0) {
      Files.write(folder.resolve("net.safetensors"), weights[0]);
    }
    Path source = Files.createDirectories(folder.resolveSibling("source")).resolve("Net.java");
    Files.writeString(
        source,
        """
        package good;

        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;

        @CertifiedNetwork
        @Lipschitz(1.0)
        %s
        interface Net {
          @Input(2)
          float[] x();

          @Dense(2)
          @Relu
          float[] h(float[] x);

          @Dense(2)
          @Output
          float[] y(float[] h);
        }
        """
            .formatted(annotations));
    return javac.compile(List.of(source));
  }

  private Weights weights(String lines) throws IOException {
    return Javac.tensors(Files.writeString(work.resolve("lines.txt"), lines));
  }

  /** The certificate that javac writes for free weights: true of every value of the parameters. */
  private Certificate structural() throws Exception {
    return CertificateText.read(compile(FREE).resource(CERTIFICATE));
  }

  /** The certificate that javac writes for weights that carry none: a search has proved it. */
  private Certificate numeric(String lines) throws Exception {
    Javac.Result result = compile(GIVEN, Safetensors.write(weights(lines)));
    assertThat(result.success()).as(result.output()).isTrue();
    return CertificateText.read(result.resource(CERTIFICATE));
  }

  private void assertFalseBoundIsRefused(Certificate carried) throws IOException {
    byte[] file = CertifiedFile.write(carried, weights(LARGE));
    for (String annotations : List.of(GIVEN, FREE + "\n" + GIVEN)) {
      Javac.Result result = compile(annotations, file);
      assertThat(result.success()).isFalse();
      assertThat(result.output())
          .contains("[lipschitz-bound-violated]")
          .doesNotContain("internal-fault");
      assertThat(result.classes().resolve(CERTIFICATE)).doesNotExist();
    }
  }

  @Test
  void a_structural_certificate_says_nothing_about_given_weights() throws Exception {
    Certificate structural = structural();
    assertThat(structural.kind()).isEqualTo(Certificate.Kind.STRUCTURAL);
    assertFalseBoundIsRefused(structural);
    assertFalseBoundIsRefused(structural.claiming(0x1p-10));
  }

  /** Words that no certificate has: they are not read, let alone believed. */
  @Test
  void nor_one_that_names_the_tensors_calls_itself_numeric_or_inlines_its_calls() throws Exception {
    String structural = CertificateText.write(structural());
    String numeric = CertificateText.write(numeric(SMALL));
    int tensors = numeric.indexOf("\"tensors\": [");
    String records = numeric.substring(tensors, numeric.indexOf("\n  ]", tensors) + 4);
    for (UnaryOperator<String> lie :
        List.<UnaryOperator<String>>of(
            text -> text.replace("\"tensors\": []", records),
            text -> text.replace("\"structural\"", "\"numeric\""),
            text ->
                text.replace("\"structural\"", "\"numeric\"").replace("\"tensors\": []", records),
            text -> text.replace("\"gains\"", "\"calls\": \"inlined\",\n  \"gains\""))) {
      String text = lie.apply(structural);
      assertThat(text).isNotEqualTo(structural);
      byte[] file =
          Safetensors.write(weights(LARGE), new TreeMap<>(Map.of(CertifiedFile.KEY, text)));
      for (String annotations : List.of(GIVEN, FREE + "\n" + GIVEN)) {
        Javac.Result result = compile(annotations, file);
        assertThat(result.success()).isFalse();
        assertThat(result.output()).contains("[weights-invalid]").doesNotContain("internal-fault");
        assertThat(result.classes().resolve(CERTIFICATE)).doesNotExist();
      }
    }
  }

  @Test
  void a_numeric_certificate_of_other_weights_is_not_believed() throws Exception {
    Certificate small = numeric(SMALL);
    assertThat(small.kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertFalseBoundIsRefused(small);
  }

  @Test
  void a_bound_of_zero_or_of_nothing_is_not_believed() throws Exception {
    for (double bound : new double[] {0, -1, Double.NaN, Double.NEGATIVE_INFINITY}) {
      Certificate structural = structural();
      assertFalseBoundIsRefused(structural.claiming(bound));
    }
  }

  @Test
  void what_is_emitted_for_given_weights_is_about_these_weights() throws Exception {
    for (UnaryOperator<Certificate> lie :
        List.<UnaryOperator<Certificate>>of(
            honest -> honest,
            honest -> honest.claiming(Math.nextDown(honest.lipschitz().bound()) / 2),
            honest -> honest.claiming(0))) {
      byte[] file = CertifiedFile.write(lie.apply(structural()), weights(SMALL));
      for (String annotations : List.of(GIVEN, FREE + "\n" + GIVEN)) {
        Javac.Result result = compile(annotations, file);
        assertThat(result.success()).as(result.output()).isTrue();
        Certificate emitted = CertificateText.read(result.resource(CERTIFICATE));
        assertThat(emitted.kind()).isEqualTo(Certificate.Kind.NUMERIC);
        assertThat(emitted.tensors()).hasSize(4);
        // Its norm, 0.28 at least, is what no certificate may deny.
        assertThat(emitted.lipschitz().bound()).isBetween(0.27, 1.0);
      }
    }
  }

  @Test
  void the_carried_proof_is_used_where_it_is_true() throws Exception {
    Certificate honest = numeric(SMALL);
    Certificate looser = honest.claiming(0.75);
    Javac.Result result = compile(FREE + "\n" + GIVEN, CertifiedFile.write(looser, weights(SMALL)));
    assertThat(CertificateText.read(result.resource(CERTIFICATE)).lipschitz().bound())
        .isEqualTo(0.75);
  }

  @Test
  void weights_that_nobody_has_trained_come_with_the_command() throws Exception {
    Javac.Result result = compile(FREE + "\n" + GIVEN);
    assertThat(result.success()).isFalse();
    assertThat(result.output())
        .contains(
            "[weights-invalid] weights `net.safetensors` cannot be used: there is no such file",
            "help: train the network: lipc train FILE.lip DATA.csv --label-column N --network Net"
                + " --out src/main/resources/good/net.safetensors");
    assertThat(compile(GIVEN).output()).doesNotContain("lipc train");
  }

  /** The radius that is certified at run time counts on the format that the code computes in. */
  @Test
  void a_kept_certificate_of_another_format_is_not_used() throws Exception {
    Path source = work.resolve("Plain.java");
    Files.writeString(
        source,
        """
        package good;

        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;

        @CertifiedNetwork
        @Lipschitz(1.0)
        interface Plain {
          @Input(2)
          float[] x();

          @Relu
          @Output
          float[] y(float[] x);
        }
        """);
    Path cache = work.resolve("cache");
    String option = "-Alipc.cache=" + cache;
    Javac.Result first = new Javac(work.resolve("first")).option(option).compile(List.of(source));
    assertThat(first.success()).as(first.output()).isTrue();
    int altered = 0;
    try (Stream<Path> kept = Files.list(cache)) {
      for (Path file : kept.toList()) {
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"f32\"", "\"f64\""));
        altered += Files.readString(file).equals(text) ? 0 : 1;
      }
    }
    assertThat(altered).isEqualTo(1);
    Javac.Result second = new Javac(work.resolve("second")).option(option).compile(List.of(source));
    assertThat(second.success()).as(second.output()).isTrue();
    String resource = "META-INF/lipc/good.Plain.json";
    assertThat(second.resource(resource)).isEqualTo(first.resource(resource));
  }

  /** javac on a caller of the network, whose certificate is replaced by {@code altered}. */
  private String callerOf(Certificate altered) throws IOException {
    Javac.Result callee = compile(GIVEN, Safetensors.write(weights(SMALL)));
    Files.writeString(callee.classes().resolve(CERTIFICATE), CertificateText.write(altered));
    Path source = work.resolve("Caller.java");
    Files.writeString(
        source,
        """
        package good;

        import io.lipc.annotations.*;

        @CertifiedNetwork
        @Lipschitz(1.0)
        interface Caller {
          @Input(2)
          float[] x();

          @Call(Net.class)
          @Output
          float[] y(float[] x);
        }
        """);
    Javac.Result result =
        new Javac(work.resolve("caller")).classPath(callee.classes()).compile(List.of(source));
    assertThat(result.success()).isFalse();
    return result.output();
  }

  @Test
  void a_callee_with_weights_under_a_structural_certificate_is_not_called() throws Exception {
    assertThat(callerOf(structural()))
        .contains("its jar has weights, and its certificate is about free ones");
  }

  @Test
  void a_callee_with_the_certificate_of_another_network_is_not_called() throws Exception {
    Certificate honest = numeric(SMALL);
    Certificate other = honest.declaring("good.Other", honest.lipschitz().declared());
    assertThat(callerOf(other)).contains("its certificate is about `good.Other`");
  }
}
