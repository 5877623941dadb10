package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.runtime.FloatNetwork;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Eclipse's compiler: other elements, another filer, no trees; the same networks and messages. */
final class EclipseTest {

  private static final Path GOOD = Path.of("src/test/resources/good");
  private static final Path BAD = Path.of("src/test/resources/bad");

  private static final Pattern OF_JAVAC =
      Pattern.compile(
          "^(?:(\\S+\\.java):(\\d+): )?(?:error|warning|Note): (\\[[a-z0-9-]+\\] .*)$",
          Pattern.MULTILINE);

  /** {@code 1. ERROR in FILE (at line 6)}, two lines of source, the message. */
  private static final Pattern OF_ECLIPSE =
      Pattern.compile(
          "^\\d+\\. (?:ERROR|WARNING|INFO)(?: in .*?([^/]+\\.java) \\(at line (\\d+)\\)\n"
              + ".*\n"
              + ".*\n"
              + "|: )(\\[[a-z0-9-]+\\] .*)$",
          Pattern.MULTILINE);

  @TempDir private Path work;

  private Javac eclipse(String folder) {
    return new Javac(work.resolve(folder)).byEclipse();
  }

  @Test
  void networks_that_are_proved_give_the_same_bytes_as_under_javac_and_run() throws Exception {
    Javac.Result javac = new Javac(work.resolve("javac")).compile(GOOD);
    Javac.Result eclipse = eclipse("eclipse").compile(GOOD);
    assertThat(eclipse.output()).isEmpty();
    assertThat(eclipse.success()).isTrue();
    assertThat(Javac.contents(eclipse.generated()))
        .isNotEmpty()
        .isEqualTo(Javac.contents(javac.generated()));
    assertThat(Javac.contents(eclipse.classes().resolve("META-INF")))
        .isNotEmpty()
        .isEqualTo(Javac.contents(javac.classes().resolve("META-INF")));
    float[] computed = residual(eclipse.classes());
    assertThat(computed).isEqualTo(residual(javac.classes()));
    assertThat(computed).isNotEqualTo(new float[computed.length]);
  }

  private static float[] residual(Path classes) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      FloatNetwork network =
          (FloatNetwork) loader.loadClass("good.ResidualNetwork").getMethod("load").invoke(null);
      float[] input = new float[network.inputSize()];
      for (int i = 0; i < input.length; i++) {
        input[i] = i - 1.25f;
      }
      float[] output = new float[network.outputSize()];
      network.apply(input, output);
      return output;
    }
  }

  static List<String> idsOfJavac() {
    return BadExamplesTest.idsOfJavac();
  }

  @ParameterizedTest
  @MethodSource("idsOfJavac")
  void messages_stand_at_the_same_lines_as_under_javac(String id) throws IOException {
    String expected = Files.readString(BAD.resolve(id).resolve("expected"));
    // Eclipse points at the name of a member, javac at its value, which here is on the next line.
    expected =
        expected.replace(
            "Unused.java:7: warning: [unused-import]", "Unused.java:6: warning: [unused-import]");
    Javac.Result result = eclipse(id).compile(BAD.resolve(id));
    assertThat(findings(OF_ECLIPSE, result.output()))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(findings(OF_JAVAC, expected));
  }

  private static List<String> findings(Pattern pattern, String output) {
    return pattern
        .matcher(output)
        .results()
        .map(found -> found.group(1) + ":" + found.group(2) + " " + found.group(3))
        .toList();
  }

  /** In a folder with a blank, which Eclipse's compiler does not know how to spell in a URI. */
  @Test
  void a_network_of_a_jar_is_called_by_its_certificate() throws IOException {
    Path folder = Files.createDirectories(work.resolve("callee sources"));
    for (String file : List.of("Residual.java", "residual.txt")) {
      Files.copy(GOOD.resolve(file), folder.resolve(file));
    }
    Path jar = eclipse("callee").compile(folder).jar(folder.resolve("callee.jar"));
    Path caller = Files.createDirectories(work.resolve("caller sources"));
    Files.copy(GOOD.resolve("Caller.java"), caller.resolve("Caller.java"));
    Javac.Result result = eclipse("caller").classPath(jar).compile(caller);
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/good.Caller.json")).contains("good.Residual");
  }

  @Test
  void a_network_can_call_one_that_another_processor_generates() throws IOException {
    Path folder = Files.createDirectories(work.resolve("late"));
    Files.writeString(
        folder.resolve("Late.java"),
        """
        package good;

        import io.lipc.annotations.*;

        @CertifiedNetwork
        @Lipschitz(1.0)
        interface Late {
          @Input(4)
          float[] x();

          @Call(Generated.class)
          @Output
          float[] y(float[] x);
        }
        """);
    Javac.Result result = eclipse("rounds").with(new GeneratingProcessor()).compile(folder);
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/good.Late.json")).contains("good.Generated");
  }

  @Test
  void the_file_of_diagnostics_names_files_where_no_lines_are_known() throws IOException {
    Path file = work.resolve("found.sarif");
    eclipse("sarif")
        .option("-Alipc.root=" + BAD.toAbsolutePath())
        .option("-Alipc.diagnostics=" + file)
        .compile(BAD.resolve("cycle"));
    assertThat(Files.readString(file))
        .contains("\"uri\": \"cycle/Circle.java\"")
        .doesNotContain("startLine");
  }
}
