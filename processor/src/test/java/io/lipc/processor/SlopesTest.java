package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.runtime.FloatNetwork;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class with a bound for each input, from its declaration to what it brings. */
final class SlopesTest {

  private static final String TEXT =
      """
      package demo;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork @Lipschitz(9) %s
      public interface Credit {
        @Input(value = 1, min = -90, max = 90) float[] age();
        @Input(value = 2, min = -9, max = 9) float[] income();
        @Scale(-0.5) @LeakyRelu(0.125) float[] old(float[] age);
        @Scale(4) @Abs float[] far(float[] income);
        @Concat @Output float[] y(float[] old, float[] far);
      }
      """;

  @TempDir private Path work;

  private Javac.Result compiled(Javac javac, String annotation) throws Exception {
    return javac.compile(
        List.of(Files.writeString(work.resolve("Credit.java"), TEXT.formatted(annotation))));
  }

  @Test
  void slopes_are_loaded_and_verified() throws Exception {
    Javac javac = new Javac(work.resolve("credit"));
    String annotation =
        "@Slopes(value = {@Slope(input = \"income\", element = 1, atMost = 4), @Slope(input ="
            + " \"age\", atMost = 0.75)}, on = @On(input = \"age\", min = 18, max = 90))";
    Javac.Result result = compiled(javac, annotation);
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/demo.Credit-slopes.json"))
        .contains("\"network\": \"demo.Credit/slopes\"", "\"procedure\": \"rows\"");
    URL[] path = {javac.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, FloatNetwork.class.getClassLoader())) {
      Class<?> type = loader.loadClass("demo.CreditNetwork");
      FloatNetwork network = (FloatNetwork) type.getMethod("load").invoke(null);
      assertThat(network.certificates().getLast().claim())
          .isInstanceOfSatisfying(
              Claim.Slopes.class,
              claim -> {
                assertThat(claim.outputs()).containsExactly(0, 1, 2);
                assertThat(claim.box())
                    .isEqualTo(new Unit.Box(List.of(18.0, -9.0, -9.0), List.of(90.0, 9.0, 9.0)));
                // Above 18 years the first output falls by 1/16 a year, and income by itself by 4.
                assertThat(claim.slopes().get(0)).isBetween(0.0625, 0.0626);
                // This one is not declared: the least that is found.
                assertThat(claim.slopes().get(1)).isBetween(4.0, 4.0001);
                assertThat(claim.slopes().get(2)).isEqualTo(4);
              });
      assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
      assertThat(network.radiusClaim().distance()).isEqualTo("l2 distance");
    }
  }

  @Test
  void one_output_may_be_named() throws Exception {
    Javac javac = new Javac(work.resolve("one"));
    String annotation = "@Slopes(value = @Slope(input = \"income\", atMost = 0), output = 0)";
    Javac.Result result = compiled(javac, annotation);
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/demo.Credit-slopes.json"))
        .contains("\"outputs\": [\n    0\n  ]");
  }

  @Test
  void an_annotation_that_names_no_input_is_refused() throws Exception {
    assertThat(compiled(new Javac(work.resolve("none")), "@Slopes({})").output())
        .contains("[declaration-invalid] @Slopes names no input");
  }

  @Test
  void an_element_is_named_once() throws Exception {
    String twice =
        "@Slopes({@Slope(input = \"income\", atMost = 5), @Slope(input = \"income\", element = 0,"
            + " atMost = 5)})";
    assertThat(compiled(new Javac(work.resolve("twice")), twice).output())
        .contains("[duplicate-name] an earlier slope is about `income[0]` too");
  }
}
