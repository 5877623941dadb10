package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls across norms: {@code |y|_inf <= |y|_2 <= L |x|_2 <= L sqrt(n) |x|_inf}, proved by the
 * checker, and only where it is asked for.
 */
final class NormConversionTest {

  @TempDir private Path work;

  private Javac.Result compile(String bound, String call) throws IOException {
    String source =
        """
        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;

        @CertifiedNetwork
        @Lipschitz(1)
        @Parameterized(Construction.LDLT)
        interface Inner {
          @Input(2) float[] x();
          @Dense(3) @Tanh float[] h(float[] x);
          @Dense(2) @Output float[] y(float[] h);
        }

        @CertifiedNetwork
        @Lipschitz(value = %s, from = Norm.LINF, to = Norm.LINF)
        interface Outer {
          @Input(2) float[] x();
          @Call(%s) @Output float[] y(float[] x);
        }
        """;
    Path file = work.resolve("Outer.java");
    Files.writeString(file, source.formatted(bound, call));
    return new Javac(work).compile(List.of(file));
  }

  @Test
  void a_conversion_costs_the_root_of_the_number_of_inputs() throws IOException {
    assertThat(compile("1.4143", "value = Inner.class, via = Norm.L2").output()).isEmpty();
    assertThat(compile("1.4142", "value = Inner.class, via = Norm.L2").output())
        .contains("[composition-exceeds-bound]", "1.415 (rounded up)");
  }

  @Test
  void nothing_is_converted_unasked() throws IOException {
    assertThat(compile("2", "Inner.class").output())
        .contains("[norm-mismatch]")
        .contains(
            "or convert: `Inner(via = l2)` or @Call(value = Inner.class, via = Norm.L2),"
                + " which costs a factor of up to sqrt(2) = 1.415");
    assertThat(compile("2", "value = Inner.class, via = Norm.LINF").output())
        .contains("[norm-mismatch]");
  }

  private String inL2(String bound, String inner, String call) throws IOException {
    String source =
        """
        import io.lipc.annotations.*;

        @CertifiedNetwork(dsl = \"""
            network Inner(x: real[9]) -> real[4] {
                certify lipschitz <= 1 from %s;
                weights "inner.safetensors";
                y = x |> dense(4, bias = false);
                return y;
            }
            network InL2(x: real[9]) -> real[4] {
                certify lipschitz <= %s;
                return x |> %s;
            }
            \""")
        interface InL2 {}
        """;
    Path folder = Files.createDirectories(work.resolve("l2"));
    Files.writeString(folder.resolve("InL2.java"), source.formatted(inner, bound, call));
    // Each output is the mean of two inputs: 1 from linf to linf, and 1/sqrt(2) in l2.
    Files.writeString(
        folder.resolve("inner.txt"),
        "F32 y.weight [4, 9] .5 .5 0 0 0 0 0 0 0  0 0 .5 .5 0 0 0 0 0"
            + "  0 0 0 0 .5 .5 0 0 0  0 0 0 0 0 0 .5 .5 0\n");
    return new Javac(work).compile(folder).output();
  }

  @Test
  void a_conversion_into_l2_costs_the_root_of_the_number_of_outputs() throws IOException {
    assertThat(inL2("2", "linf to linf", "Inner(via = linf)")).isEmpty();
    assertThat(inL2("2", "linf to linf", "Inner"))
        .contains("[norm-mismatch]")
        .contains("or convert: `Inner(via = linf)`", "up to sqrt(4) = 2");
    assertThat(inL2("2", "linf to linf", "Inner(via = l2)")).contains("[norm-mismatch]");
    assertThat(inL2("2", "l2 to linf", "Inner(via = l2)")).isEmpty();
  }

  @Test
  void both_front_ends_convert() throws IOException {
    Path file = work.resolve("Text.java");
    Files.writeString(
        file,
        """
        import io.lipc.annotations.*;

        @CertifiedNetwork(dsl = \"""
            network Inner(x: real[2]) -> real[2] {
                certify lipschitz <= 1;
                parameters ldlt;
                h = x |> dense(3) |> tanh;
                y = h |> dense(2);
                return y;
            }
            network Text(x: real[2]) -> real[2] {
                certify lipschitz <= 1.4143 from linf to linf;
                return x |> Inner(via = l2);
            }
            \""")
        interface Text {}
        """);
    assertThat(new Javac(work).compile(List.of(file)).output()).isEmpty();
  }
}
