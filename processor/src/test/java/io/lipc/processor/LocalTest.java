package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Claim;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.runtime.FloatNetwork;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class with a local bound, from its declaration to what its radii divide by. */
final class LocalTest {

  private static final String TEXT =
      """
      package demo;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork @Lipschitz(2) %s
      public interface Bent {
        @Input(value = 2, min = -9, max = 9) float[] x();
        @Scale(2) @LeakyRelu(0.125) @Output float[] y(float[] x);
      }
      """;

  @TempDir private Path work;

  private FloatNetwork network(String annotation) throws Exception {
    Path source = Files.writeString(work.resolve("Bent.java"), TEXT.formatted(annotation));
    Javac javac = new Javac(work.resolve("bent"));
    assertThat(javac.compile(List.of(source)).output()).isEmpty();
    URL[] path = {javac.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, FloatNetwork.class.getClassLoader())) {
      Class<?> type = loader.loadClass("demo.BentNetwork");
      return (FloatNetwork) type.getMethod("load").invoke(null);
    }
  }

  private static double radius(FloatNetwork network, float... x) {
    float[] logits = new float[2];
    network.apply(x, logits);
    return network.certifiedRadius(x, logits);
  }

  @Test
  void a_local_bound_is_loaded_and_verified_and_no_radius_divides_by_it() throws Exception {
    FloatNetwork plain = network("");
    FloatNetwork local =
        network("@LocalLipschitz(value = 0.3, on = @On(input = \"x\", min = -4, max = -1))");
    assertThat(local.certificates())
        .extracting(certificate -> certificate.claim().getClass().getSimpleName())
        .containsExactly("Lipschitz", "Local");
    assertThat(local.verify()).isEqualTo(new Verdict.Accepted());
    assertThat(((Claim.Local) local.certificates().getLast().claim()).bound().bound())
        .isBetween(0.25, 0.3);
    assertThat(local.lipschitzBound()).isEqualTo(plain.lipschitzBound());
    assertThat(local.radiusClaim().distance()).isEqualTo("l2 distance");
    assertThat(radius(local, -3, -1)).isEqualTo(radius(plain, -3, -1));
  }
}
