package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code @Pairs} may stand, as javac sees it. */
final class PairsTest {

  private static final String CALLEES =
      """
      package callee;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      public interface Callees {
        @CertifiedNetwork @Lipschitz(1) @Parameterized(Construction.LDLT) %s
        interface Body {
          @Input(2) float[] x();
          @Dense(3) @Tanh float[] h(float[] x);
          @Dense(2) @Output float[] y(float[] h);
        }

        @CertifiedNetwork @Lipschitz(1)
        interface Halved {
          @Input(2) float[] x();
          @Call(Body.class) float[] h(float[] x);
          @Scale(0.5) @Output float[] y(float[] h);
        }
      }
      """;

  private static final String CALLER =
      """
      package caller;

      import io.lipc.annotations.*;
      import callee.Callees;

      @CertifiedNetwork @Lipschitz(1) %s
      interface Caller {
        @Input(2) float[] x();
        @Call(Callees.Halved.class) @Output float[] y(float[] x);
      }
      """;

  @TempDir private Path work;

  private Path source(String name, String text) throws IOException {
    return Files.writeString(work.resolve(name + ".java"), text);
  }

  @Test
  void a_network_with_free_weights_may_ask_for_pairs() throws IOException {
    Path source = source("Callees", CALLEES.formatted("@Pairs"));
    assertThat(new Javac(work.resolve("free")).compile(List.of(source)).output()).isEmpty();
  }

  /**
   * The time for the pairs is printed beside that of the bound; rows of a relu differ by sqrt(2).
   */
  @Test
  void the_line_of_the_build_counts_pairs_and_their_time() throws IOException {
    Path source =
        source(
            "Told",
            """
            import io.lipc.annotations.*;
            import io.lipc.annotations.activation.*;

            @CertifiedNetwork @Lipschitz(1) @Pairs
            interface Told {
              @Input(3) float[] x();
              @Relu @Output float[] y(float[] x);
            }
            """);
    Javac javac = new Javac(work.resolve("told")).option("-Alipc.notes=all");
    assertThat(javac.compile(List.of(source)).output().lines())
        .filteredOn(line -> line.contains("network Told: Lipschitz bound"))
        .singleElement()
        .asString()
        .matches(
            "Note: network Told: Lipschitz bound 1 \\(l2 -> l2\\), as declared, proved by [a-z-]+"
                + " in [0-9.]+ m?s, pairs at most 1\\.415 \\(3, in [0-9.]+ m?s\\)");
  }

  /**
   * A network that asks no longer has none: an old certificate would be about other weights soon.
   */
  @Test
  void pairs_that_nobody_asks_for_any_more_are_gone() throws IOException {
    String text =
        """
        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;

        @CertifiedNetwork @Lipschitz(1) %s
        interface Asking {
          @Input(2) float[] x();
          @Relu @Output float[] y(float[] x);
        }
        """;
    Javac javac = new Javac(work.resolve("asking"));
    Path pairs = javac.classes().resolve("META-INF/lipc/Asking-pairs.json");
    javac.compile(List.of(source("Asking", text.formatted("@Pairs"))));
    assertThat(pairs).isRegularFile();
    javac.compile(List.of(source("Asking", text.formatted(""))));
    assertThat(pairs).doesNotExist();
    assertThat(pairs.resolveSibling("Asking.json")).isRegularFile();
  }

  /** The certificate of a network still says what an earlier compilation knew of it. */
  @Test
  void weights_of_another_module_are_known_to_be_free() throws IOException {
    Javac.Result callee =
        new Javac(work.resolve("callee"))
            .compile(List.of(source("Callees", CALLEES.formatted(""))));
    Path jar = callee.jar(work.resolve("callee.jar"));
    Javac.Result plain =
        new Javac(work.resolve("plain"))
            .classPath(jar)
            .compile(List.of(source("Caller", CALLER.formatted(""))));
    assertThat(plain.output()).isEmpty();
    Javac.Result pairs =
        new Javac(work.resolve("pairs"))
            .classPath(jar)
            .compile(List.of(source("Caller", CALLER.formatted("@Pairs"))));
    assertThat(pairs.success()).isFalse();
    assertThat(pairs.output())
        .contains(
            "[pairs-not-supported] network caller.Caller asks for bounds of pairs, but the weights"
                + " of `callee.Callees_Body` are not known yet");
  }

  @Test
  void a_text_asks_for_pairs_itself() throws IOException {
    String text =
        """
        import io.lipc.annotations.*;

        @CertifiedNetwork(dsl = "network Same(x: real[2]) -> real[2] {"
            + "certify lipschitz <= 1; return x |> relu; }")
        @Pairs
        interface Same {}
        """;
    Javac.Result result = new Javac(work.resolve("text")).compile(List.of(source("Same", text)));
    assertThat(result.output())
        .contains("[declaration-invalid] network `Same` is declared in two ways at once")
        .contains("further annotations");
  }

  @Test
  void pairs_of_a_model_refine_a_bound_as_well() throws IOException {
    String text =
        """
        import io.lipc.annotations.*;

        @CertifiedNetwork("model.onnx")
        @Pairs
        interface Model {}
        """;
    Javac.Result result = new Javac(work.resolve("model")).compile(List.of(source("Model", text)));
    assertThat(result.output())
        .contains(
            "[bound-invalid] network Model asks for bounds of pairs, but declares no Lipschitz"
                + " bound");
  }
}
