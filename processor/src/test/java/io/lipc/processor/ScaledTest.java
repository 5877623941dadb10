package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.verdict.Verdict;
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

  private FloatNetwork network(String annotation) throws Exception {
    Path source = Files.writeString(work.resolve("Sloped.java"), TEXT.formatted(annotation));
    Javac javac = new Javac(work.resolve("sloped"));
    assertThat(javac.compile(List.of(source)).output()).isEmpty();
    URL[] path = {javac.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, FloatNetwork.class.getClassLoader())) {
      Class<?> type = loader.loadClass("demo.SlopedNetwork");
      return (FloatNetwork) type.getMethod("load").invoke(null);
    }
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
}
