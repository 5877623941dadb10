package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Safetensors;
import io.lipc.runtime.CertifiedTube;
import io.lipc.runtime.FloatNetwork;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class with a scaled bound, from its declaration to the distances of its radii. */
final class ScaledTest {

  private static final String TEXT =
      """
      package demo;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork @Lipschitz(1) %s
      public interface Sloped {
        @Input(value = 2, min = -9, max = 9) float[] x();
        @MaxMin @Output float[] y(float[] x);
      }
      """;

  @TempDir private Path work;

  private static final String NAMED =
      """
      package demo;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork @Lipschitz(2) @ScaledLipschitz(value = 8, tensor = "x.unit") @Pairs
      @WeightsFile("w.safetensors")
      public interface Sloped {
        @Input(value = 2, min = -9, max = 9) float[] x();
        @Dense(2) float[] h(float[] x);
        @Relu @Output float[] y(float[] h);
      }
      """;

  private static final String WEIGHTS =
      "F32 h.weight [2, 2] 2 0 0 1\nF32 h.bias [2] 0 0\nF64 x.unit [2] ";

  /** The class that is loaded with these units in the place of those that were compiled. */
  private FloatNetwork named(String compiled, String loaded) throws Exception {
    Path folder = Files.createDirectories(work.resolve("named"));
    Path source = Files.writeString(folder.resolve("Sloped.java"), NAMED);
    Javac javac = new Javac(work.resolve("sloped"));
    Path weights =
        Files.createDirectories(javac.classes().resolve("demo")).resolve("w.safetensors");
    write(weights, WEIGHTS + compiled);
    assertThat(javac.compile(List.of(source)).output()).isEmpty();
    write(weights, WEIGHTS + loaded);
    return load(javac);
  }

  private void write(Path weights, String lines) throws Exception {
    Path text = Files.writeString(work.resolve("lines.txt"), lines + "\n");
    Files.write(weights, Safetensors.write(Javac.tensors(text)));
  }

  private static FloatNetwork load(Javac javac) throws Exception {
    URL[] path = {javac.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, FloatNetwork.class.getClassLoader())) {
      Class<?> type = loader.loadClass("demo.SlopedNetwork");
      return (FloatNetwork) type.getMethod("load").invoke(null);
    }
  }

  private FloatNetwork network(String annotation) throws Exception {
    Path source = Files.writeString(work.resolve("Sloped.java"), TEXT.formatted(annotation));
    Javac javac = new Javac(work.resolve("sloped"));
    assertThat(javac.compile(List.of(source)).output()).isEmpty();
    return load(javac);
  }

  private static double radius(FloatNetwork network, float... x) {
    float[] logits = new float[2];
    network.apply(x, logits);
    return network.certifiedRadius(x, logits);
  }

  @Test
  void radii_and_tubes_are_distances_in_the_scale() throws Exception {
    FloatNetwork plain = network("");
    FloatNetwork scaled = network("@ScaledLipschitz(value = 4, units = {4, 4})");
    assertThat(scaled.certificates())
        .extracting(Certificate::kind)
        .hasSize(2)
        .containsOnly(Certificate.Kind.STRUCTURAL);
    assertThat(scaled.verify()).isEqualTo(new Verdict.Accepted());
    assertThat(scaled.lipschitzBound()).isEqualTo(1);
    assertThat(scaled.radiusClaim().distance()).isEqualTo("l2 distance in units of 4.0, 4.0");
    assertThat(plain.radiusClaim().distance()).isEqualTo("l2 distance");
    // A quarter as many units of four.
    double radius = radius(plain, 3, 1);
    assertThat(radius).isGreaterThan(1);
    assertThat(radius(scaled, 3, 1)).isCloseTo(radius / 4, within(1e-6));
    assertThat(CertifiedTube.of(scaled).bound()).isEqualTo(4);
    double[] x = {3, 1};
    double[] other = {3, 5};
    assertThat(scaled.radiusClaim().distance(x, other)).isCloseTo(1, within(1e-15));
    assertThat(plain.radiusClaim().distance(x, other)).isCloseTo(4, within(1e-14));
  }

  /** In units of 1/2 and 4 the factors are 1 and 4, so the pair has sqrt(17) at most. */
  @Test
  void units_of_a_file_are_those_of_the_certificate_and_pairs_are_in_them() throws Exception {
    FloatNetwork network = named("0.5 4", "0.5 4");
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
    assertThat(network.certificates()).hasSize(3);
    assertThat(network.pairBounds()).isEmpty();
    assertThat(network.radiusClaim().distance())
        .isEqualTo("l2 distance in units of `x.unit` (0.5, 4.0)");
    double most = network.radiusClaim().pairs().orElseThrow().of(0, 1);
    assertThat(most).isBetween(Math.sqrt(17), Math.sqrt(17) * 1.001);
    assertThat(radius(network, 3, 1)).isCloseTo((6 - 1) / Math.sqrt(17), within(1e-2));
    assertThat(network.lipschitzBound()).isBetween(2.0, 2.01);
  }

  @Test
  void other_units_beside_the_class_are_refused() {
    for (String other : List.of("4 0.5", "0.5 4.000000001", "0.5 0", "-0.5 4")) {
      assertThatThrownBy(() -> named("0.5 4", other))
          .hasRootCauseMessage("foreign digest: the units x.unit, which have other numbers")
          .rootCause()
          .isInstanceOf(Rejection.class);
    }
  }
}
