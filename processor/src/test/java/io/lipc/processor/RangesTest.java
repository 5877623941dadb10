package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.NetworkLoadException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class with a range, from its declaration to its certificates at run time. */
final class RangesTest {

  private static final String TEXT =
      """
      package demo;

      import io.lipc.annotations.*;

      @CertifiedNetwork @Lipschitz(1) @Range(min = -1, max = 1)
      public interface Bounded {
        @Input(value = 2, min = -3, max = 3) float[] x();
        @Tanh @Output float[] y(float[] x);
      }
      """;

  @TempDir private Path work;

  private static LipschitzNetwork load(Path classes) throws Exception {
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(path, LipschitzNetwork.class.getClassLoader())) {
      Class<?> type = loader.loadClass("demo.BoundedNetwork");
      return (LipschitzNetwork) type.getMethod("load").invoke(null);
    }
  }

  @Test
  void a_class_ships_and_loads_its_range() throws Exception {
    Path source = Files.writeString(work.resolve("Bounded.java"), TEXT);
    Javac javac = new Javac(work.resolve("bounded"));
    Javac.Result result = javac.compile(List.of(source));
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/demo.Bounded-range.json")).contains("enclosure");
    assertThat(result.resource("META-INF/lipc/demo.Bounded-origin.json"))
        .contains("\"claims\": [\"range\"]");
    LipschitzNetwork network = load(javac.classes());
    assertThat(network.certificates())
        .extracting(Certificate::claim)
        .hasSize(2)
        .last()
        .isEqualTo(new Claim.Range(-1, 1));
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());

    Path claim = javac.classes().resolve("META-INF/lipc/demo.Bounded-range.json");
    Files.writeString(claim, Files.readString(claim).replace("0x1.0p0\"", "0x1.0p-1\""));
    assertThatThrownBy(() -> load(javac.classes()))
        .rootCause()
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageContaining("is not the certificate that this class was compiled with");

    Files.writeString(source, TEXT.replace(" @Range(min = -1, max = 1)", ""));
    assertThat(javac.compile(List.of(source)).output()).isEmpty();
    assertThat(claim).doesNotExist();
  }
}
