package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc verify} in a JVM of its own that says which classes it loads. */
final class VerifyLoadsNoCertifierTest {

  @TempDir private Path folder;

  @Test
  void no_class_of_the_certifier_is_loaded() throws Exception {
    Files.writeString(
        folder.resolve("n.lip"),
        """
        network N(x: real[4]) -> real[4] {
            certify lipschitz <= 1;
            return x |> abs |> maxmin;
        }
        """);
    Files.write(folder.resolve("none.safetensors"), Safetensors.write(Weights.of(List.of())));
    Path model = folder.resolve("n.lip");
    Path certificate = folder.resolve("n.json");
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    assertThat(
            Lipc.run(writer, writer, "certify", model.toString(), "--out", certificate.toString()))
        .as(out.toString())
        .isZero();
    assertThat(loadedBy(certificate.toString(), model.toString()))
        .doesNotContain("io.lipc.runtime");
  }

  @Test
  void no_class_of_the_certifier_is_loaded_for_a_query() throws Exception {
    Path model = folder.resolve("n.lip");
    Files.writeString(
        model,
        """
        network N(x: real[1]) -> real[1] {
            certify lipschitz <= 1;
            return x |> relu;
        }
        """);
    Path query = folder.resolve("q.vnnlib");
    Files.writeString(
        query,
        """
        (declare-const X_0 Real)
        (declare-const Y_0 Real)
        (assert (and (>= X_0 -1) (<= X_0 1) (< Y_0 0)))
        """);
    Path certificate = folder.resolve("n.json");
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    assertThat(
            Lipc.run(
                writer,
                writer,
                "prove",
                model.toString(),
                query.toString(),
                "--certificate",
                certificate.toString()))
        .as(out.toString())
        .isZero();
    assertThat(loadedBy(certificate.toString(), model.toString(), query.toString()))
        .contains("io.lipc.queries.QueryReader")
        .doesNotContain("io.lipc.runtime");
  }

  @Test
  void nothing_of_a_jar_is_loaded() throws Exception {
    Path jar = new CompiledGate(folder).jar("gate.jar", _ -> true);
    assertThat(loadedBy(jar.toString())).doesNotContain("demo.").contains("java.util.zip.ZipFile");
  }

  /** The names of all classes that verifying loads; it has to accept. */
  private String loadedBy(String... arguments) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        Stream.concat(
                Stream.of(
                    java,
                    "-Xlog:class+load:file=" + folder.resolve("classes.log"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.lipc.tools.Lipc",
                    "verify"),
                Stream.of(arguments))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).startsWith("accepted: ");
    String loaded = Files.readString(folder.resolve("classes.log"));
    assertThat(loaded).contains("io.lipc.certificate.checker").doesNotContain("io.lipc.certifier");
    return loaded;
  }
}
