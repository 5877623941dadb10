package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line on the Java that Maven runs on, where that is older than the one that compiled
 * it: it says the same.
 */
final class OlderJavaTest extends CommandRun {

  private static final Path MODEL =
      Path.of(System.getProperty("lipc.root"))
          .resolve("onnx/src/test/resources/convolution/tiny.onnx");

  @TempDir private Path folder;

  private Path java = Path.of("");

  /** From 17, the oldest Java that classes are written for; up to that of the build. */
  @BeforeEach
  void find_an_older_java() throws IOException {
    String home = System.getProperty("lipc.java.of.maven", "");
    assumeThat(home).as("the Java of Maven").isNotEmpty();
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(home, "release"))) {
      release.load(reader);
    }
    int version = Integer.parseInt(release.getProperty("JAVA_VERSION").split("[.\"]+")[1]);
    assumeThat(version).as("the Java of Maven").isLessThan(Runtime.version().feature());
    java = Path.of(home, "bin", "java");
  }

  /** The class path of the command line, without classes of tests. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Runs it on the older Java. */
  private String onOlder(int exitCode, String... arguments) throws Exception {
    Path out = folder.resolve("printed");
    List<String> command =
        Stream.concat(
                Stream.of(
                    java.toString(),
                    "-Djava.awt.headless=true",
                    "-cp",
                    classPath(),
                    "io.lipc.tools.Launcher"),
                Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int status = process.waitFor();
    String printed = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(status).as(printed).isEqualTo(exitCode);
    return printed;
  }

  private void assertSame(String... arguments) throws Exception {
    int exitCode = run(arguments);
    assertThat(onOlder(exitCode, arguments)).isNotEmpty().isEqualTo(out + err);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void certificates_of_jars_and_folders_are_checked() throws Exception {
    CompiledGate gate = new CompiledGate(folder);
    assertSame("verify", gate.jar("app.jar", _ -> true).toString());
    assertSame("verify", gate.classes().toString(), "--at-most", "1.1", "--json");
    gate.writeWeights(0.5);
    assertSame("verify", gate.classes().toString());
    assertThat(out).contains("rejected: ");
  }

  @Test
  void models_are_checked_and_what_one_java_proves_the_other_accepts() throws Exception {
    String model = MODEL.toString();
    assertThat(run("certify", model, "--bound", "7", "--certificate", path("a.json"))).isZero();
    assertSame("verify", path("a.json"), model);
    onOlder(0, "certify", model, "--bound", "7", "--certificate", path("b.json"));
    assertThat(run("verify", path("b.json"), model, "--at-most", "7")).isZero();
    onOlder(0, "import", model, "--bound", "7", "--out", path("c.lip"));
    assertSame("verify", path("a.json"), path("c.lip"));
    onOlder(0, "fmt", "--check", path("c.lip"));
    assertThat(onOlder(0, "check", path("c.lip"))).contains("certificate checked");
  }

  @Test
  void it_explains_itself() throws Exception {
    assertSame("--help");
    assertSame("--version");
    assertSame("explain", "shape-mismatch");
    assertSame("explain", "--ir", MODEL.toString());
    assertSame("verify", path("absent.jar"));
  }
}
