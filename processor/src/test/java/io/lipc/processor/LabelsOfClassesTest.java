package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.runtime.ClassLabels;
import io.lipc.runtime.FloatNetwork;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names that generated classes give their outputs, whenever their weights are read. */
final class LabelsOfClassesTest {

  /** A layer has the name of a method of the class. */
  private static final String TEXT =
      """
      network Net(x: real[2]) -> real[2] {
          certify lipschitz <= 1;
          %s
          label = x |> dense(2, bias = false) |> relu;
          labels = label |> dense(2, bias = false);
          return labels;
      }

      network Twice(x: real[2]) -> real[2] {
          certify lipschitz <= 1;
          return x |> Net |> Net;
      }

      network Sum(x: real[2]) -> real[2] {
          certify lipschitz <= 2;
          n = x |> Net;
          return n + x;
      }
      """;

  private static final String WEIGHTS =
      """
      F32 label.weight [2, 2] 0.5 0.25 -0.25 0.5
      F32 labels.weight [2, 2] 0.5 0 0 0.5
      """;

  private static final Map<String, String> NAMES =
      Map.of(ClassLabels.KEY, new ClassLabels(List.of("Iris-setosa", "Iris \u03b2")).text());

  @TempDir private Path work;
  private int runs;

  private Javac.Result compile(String clause, byte[] weights) throws IOException {
    Javac javac = new Javac(work.resolve("run" + runs++));
    Path folder = Files.createDirectories(javac.classes().resolve("demo"));
    Files.writeString(folder.resolve("net.lip"), TEXT.formatted(clause));
    Files.write(folder.resolve("net.safetensors"), weights);
    Path source = Files.createDirectories(folder.resolveSibling("source")).resolve("Net.java");
    Files.writeString(
        source,
        """
        package demo;

        import io.lipc.annotations.*;

        @CertifiedNetwork("net.lip")
        interface Net {}
        """);
    Javac.Result result = javac.compile(List.of(source));
    assertThat(result.success()).as(result.output()).isTrue();
    return result;
  }

  private Weights weights() throws IOException {
    return Javac.tensors(Files.writeString(work.resolve("lines.txt"), WEIGHTS));
  }

  private byte[] file(Map<String, String> metadata) throws IOException {
    return Safetensors.write(weights(), new TreeMap<>(metadata));
  }

  private interface Loading {
    Object from(URLClassLoader classes) throws ReflectiveOperationException;
  }

  private FloatNetwork load(Javac.Result compiled, Loading loading) throws Exception {
    URL[] classes = {compiled.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      return (FloatNetwork) loading.from(loader);
    }
  }

  private static Object shipped(URLClassLoader classes, String name)
      throws ReflectiveOperationException {
    return classes.loadClass("demo." + name + "Network").getMethod("load").invoke(null);
  }

  @Test
  void names_of_weights_that_ship_with_the_class() throws Exception {
    Javac.Result compiled = compile("weights \"net.safetensors\";", file(NAMES));
    FloatNetwork network = load(compiled, classes -> shipped(classes, "Net"));
    assertThat(network.labels()).containsExactly("Iris-setosa", "Iris \u03b2");
    assertThat(network.label(0)).isEqualTo("Iris-setosa");
    assertThat(network.label(1)).isEqualTo("Iris \u03b2");
    assertThatThrownBy(() -> network.label(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void names_of_weights_that_are_read_at_run_time() throws Exception {
    Javac.Result given = compile("weights \"net.safetensors\";", file(Map.of()));
    Certificate certificate = CertificateText.read(given.resource("META-INF/lipc/demo.Net.json"));
    Map<String, String> metadata = new TreeMap<>(NAMES);
    metadata.put(CertifiedFile.KEY, CertificateText.write(certificate));
    Path trained = Files.write(work.resolve("trained.safetensors"), file(metadata));
    Javac.Result free = compile("parameters ldlt;", file(Map.of()));
    FloatNetwork network =
        load(
            free,
            classes ->
                classes
                    .loadClass("demo.NetNetwork")
                    .getMethod("load", Path.class)
                    .invoke(null, trained));
    assertThat(network.label(1)).isEqualTo("Iris \u03b2");
  }

  @Test
  void a_network_that_hands_on_outputs_calls_them_as_the_one_that_gives_them() throws Exception {
    Javac.Result compiled = compile("weights \"net.safetensors\";", file(NAMES));
    FloatNetwork network = load(compiled, classes -> shipped(classes, "Twice"));
    assertThat(network.labels()).containsExactly("Iris-setosa", "Iris \u03b2");
  }

  @Test
  void weights_without_names_and_sums_of_outputs_have_none() throws Exception {
    Javac.Result nameless = compile("weights \"net.safetensors\";", file(Map.of()));
    Javac.Result named = compile("weights \"net.safetensors\";", file(NAMES));
    for (FloatNetwork network :
        List.of(
            load(nameless, classes -> shipped(classes, "Net")),
            load(nameless, classes -> shipped(classes, "Twice")),
            load(named, classes -> shipped(classes, "Sum")))) {
      assertThat(network.labels()).isEmpty();
      assertThatThrownBy(() -> network.label(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("carry no names for its 2 outputs; `lipc train` writes them");
    }
  }
}
