package io.lipc.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example on the Java that Maven runs on, where that is older than the one that compiled it.
 */
final class OlderJavaTest {

  private static final Path JAVA = Path.of(System.getProperty("lipc.java.of.maven"));

  @TempDir private Path folder;

  /** From 17, the oldest Java that classes are written for; up to that of the build. */
  private static int version() throws IOException {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(JAVA.resolve("release"))) {
      release.load(reader);
    }
    return Integer.parseInt(release.getProperty("JAVA_VERSION").split("[.\"]+")[1]);
  }

  /** What a program of this example needs, and no library of tests. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(
            entry ->
                entry.contains("digits")
                    || entry.matches(".*(runtime|certificate|formats|queries).*"))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private String run(Path java) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                List.of(
                    java.resolve("bin").resolve("java").toString(),
                    "-cp",
                    classPath(),
                    "io.lipc.examples.digits.Main"))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    int status = process.waitFor();
    String text = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(status).as(text).isZero();
    return text;
  }

  @Test
  void printsWhatItPrintsOnTheJavaThatCompiledIt() throws Exception {
    assumeThat(version()).as("the Java of Maven").isLessThan(25);
    String here = run(Path.of(System.getProperty("java.home")));
    assertThat(here).contains("checked again now: Accepted");
    assertThat(run(JAVA)).isEqualTo(here);
  }
}
