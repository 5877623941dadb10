package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build ends with the first proof and says so, or is asked for the least bound. */
final class TightTest {

  private static final String OFFER =
      "; this is the first proof, and -Alipc.tight=true looks for less";

  @TempDir private Path work;

  /** Of four random layers the first method proves more than the best one. */
  private static Weights weights() throws FormatException {
    Random random = new Random(1);
    return Weights.of(
        List.of(
            matrix("h.weight", 8, 2, random),
            matrix("k.weight", 8, 8, random),
            matrix("l.weight", 8, 8, random),
            matrix("y.weight", 2, 8, random)));
  }

  private static Tensor matrix(String name, int rows, int columns, Random random)
      throws FormatException {
    double[] values =
        DoubleStream.generate(() -> (float) (0.3 * random.nextGaussian()))
            .limit((long) rows * columns)
            .toArray();
    return Tensor.of(name, ElementType.F32, List.of(rows, columns), values);
  }

  private Javac.Result compile(String bound, String... options) throws Exception {
    Path folder = Files.createTempDirectory(work, "build");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Files.write(classes.resolve("w.safetensors"), Safetensors.write(weights()));
    Path source = folder.resolve("Net.java");
    Files.writeString(
        source,
        """
        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;

        @CertifiedNetwork
        @Lipschitz(%s)
        @WeightsFile("w.safetensors")
        @SuppressWarnings("lipc:loose-bound")
        interface Net {
          @Input(value = 2, min = -1, max = 1)
          float[] x();

          @Dense(value = 8, bias = false)
          @Relu
          float[] h(float[] x);

          @Dense(value = 8, bias = false)
          @Relu
          float[] k(float[] h);

          @Dense(value = 8, bias = false)
          @Relu
          float[] l(float[] k);

          @Dense(value = 2, bias = false)
          @Output
          float[] y(float[] l);
        }
        """
            .formatted(bound));
    Javac javac = new Javac(folder).option("-Alipc.notes=all");
    for (String option : options) {
      javac.option(option);
    }
    return javac.compile(List.of(source));
  }

  private static double bound(Javac.Result result) throws Exception {
    assertThat(result.success()).as(result.output()).isTrue();
    return CertificateText.read(result.resource("META-INF/lipc/Net.json")).lipschitz().bound();
  }

  @Test
  void a_large_declared_bound_is_proved_by_the_first_method_and_the_note_says_so()
      throws Exception {
    Javac.Result first = compile("9.0");
    assertThat(first.output()).contains(OFFER);
    Javac.Result tight = compile("9.0", "-Alipc.tight=true");
    assertThat(tight.output()).contains("network Net: Lipschitz bound ").doesNotContain(OFFER);
    assertThat(bound(tight)).isLessThan(0.99 * bound(first));
    assertThat(bound(compile("9.0", "-Alipc.tight=false"))).isEqualTo(bound(first));
  }

  @Test
  void a_bound_near_the_declared_one_is_what_was_asked_for() throws Exception {
    assertThat(compile("1.2 * " + bound(compile("9.0"))).output())
        .contains("network Net: ")
        .doesNotContain(OFFER);
  }

  @Test
  void another_word_is_a_warning() throws Exception {
    for (String option : List.of("-Alipc.tight", "-Alipc.tight=yes")) {
      assertThat(compile("9.0", option).output()).contains(option + " is neither =true nor =false");
    }
  }

  /** The two rectifiers read the same number, which no method knows: 1 is proved, 0.5 reached. */
  @Test
  void a_first_proof_far_above_what_is_reached_is_warned_of_until_the_search_goes_on()
      throws Exception {
    assertThat(halved("1000").output())
        .contains("[loose-bound]")
        .contains("is more than 1.5 times 0.5, the most that two inputs were found to reach")
        .contains("the search ended at this first proof, because more was declared");
    assertThat(halved("1000", "-Alipc.tight=true").output())
        .contains("network Half: Lipschitz bound ")
        .doesNotContain("loose-bound");
    assertThat(halved("1.4").output())
        .contains("network Half: Lipschitz bound ")
        .doesNotContain("loose-bound");
  }

  private Javac.Result halved(String bound, String... options) throws Exception {
    Path folder = Files.createTempDirectory(work, "half");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Weights weights =
        Weights.of(
            List.of(
                Tensor.of("h.weight", ElementType.F32, List.of(2, 1), new double[] {1, 1}),
                Tensor.of("y.weight", ElementType.F32, List.of(1, 2), new double[] {1, -0.5})));
    Files.write(classes.resolve("w.safetensors"), Safetensors.write(weights));
    Path source = folder.resolve("Half.java");
    Files.writeString(
        source,
        """
        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;

        @CertifiedNetwork
        @Lipschitz(%s)
        @WeightsFile("w.safetensors")
        interface Half {
          @Input(value = 1, min = -1, max = 1)
          float[] x();

          @Dense(value = 2, bias = false)
          @Relu
          float[] h(float[] x);

          @Dense(value = 1, bias = false)
          @Output
          float[] y(float[] h);
        }
        """
            .formatted(bound));
    Javac javac = new Javac(folder).option("-Alipc.notes=all");
    for (String option : options) {
      javac.option(option);
    }
    return javac.compile(List.of(source));
  }
}
