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
}
