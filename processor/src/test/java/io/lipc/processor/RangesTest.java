package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.NetworkLoadException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class with a range, from its declaration to its certificates at run time. */
final class RangesTest {

  private static final String TEXT =
      """
      package demo;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

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
        .cause()
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageContaining("is not the certificate that this class was compiled with");

    Files.writeString(source, TEXT.replace(" @Range(min = -1, max = 1)", ""));
    assertThat(javac.compile(List.of(source)).output()).isEmpty();
    assertThat(claim).doesNotExist();
  }

  @Test
  void a_class_with_a_range_alone_ships_loads_and_has_no_bound() throws Exception {
    Path source =
        Files.writeString(work.resolve("Bounded.java"), TEXT.replace(" @Lipschitz(1)", ""));
    Javac javac = new Javac(work.resolve("alone"));
    Javac.Result result = javac.compile(List.of(source));
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/demo.Bounded.json"))
        .contains("\"demo.Bounded/range\"")
        .doesNotContain("bound\"");
    assertThat(javac.classes().resolve("META-INF/lipc/demo.Bounded-range.json")).doesNotExist();
    FloatNetwork network = (FloatNetwork) load(javac.classes());
    assertThat(network.certificates())
        .extracting(Certificate::claim)
        .containsExactly(new Claim.Range(-1, 1));
    assertThat(network.furtherClaims()).isEmpty();
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
    float[] logits = new float[2];
    network.apply(new float[] {1, -2}, logits);
    assertThat(logits[0]).isPositive();
    String none = "demo.Bounded claims no Lipschitz bound, and so has no radii; declare one: ";
    assertThatThrownBy(network::lipschitzBound)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(none);
    assertThatThrownBy(() -> network.certifiedRadius(new float[] {1, -2}, logits))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(none);
  }

  @Test
  void the_range_in_place_of_the_bound_does_not_load() throws Exception {
    Path source = Files.writeString(work.resolve("Bounded.java"), TEXT);
    Javac javac = new Javac(work.resolve("moved"));
    assertThat(javac.compile(List.of(source)).output()).isEmpty();
    Path folder = javac.classes().resolve("META-INF/lipc");
    Files.copy(
        folder.resolve("demo.Bounded-range.json"),
        folder.resolve("demo.Bounded.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> load(javac.classes()))
        .cause()
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageContaining("demo.Bounded.json is not the certificate that this class was");
  }
}
