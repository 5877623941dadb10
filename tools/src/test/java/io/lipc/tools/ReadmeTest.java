package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README.md shows the project that the build of the Maven plugin tries. */
final class ReadmeTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Path PROJECT = ROOT.resolve("maven-plugin/src/it/onnx-model");
  private static final Pattern BLOCK =
      Pattern.compile("^```(java|xml)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

  /** The first block of a language that contains {@code mark}, line by line. */
  private static List<String> block(String language, String mark) throws IOException {
    return BLOCK
        .matcher(Files.readString(ROOT.resolve("README.md")))
        .results()
        .filter(found -> found.group(1).equals(language) && found.group(2).contains(mark))
        .map(found -> lines(found.group(2)).toList())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no block of " + language + " with " + mark));
  }

  /** A line for each element of XML, whose layout does not matter. */
  private static Stream<String> lines(String text) {
    return COMMENT
        .matcher(text)
        .replaceAll("")
        .replaceAll(">\\s*<", ">\n<")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty());
  }

  private static List<String> file(String name) throws IOException {
    return lines(Files.readString(PROJECT.resolve(name))).toList();
  }

  @Test
  void an_onnx_model_becomes_a_class_by_the_lines_that_are_shown() throws IOException {
    assertThat(file("pom.xml")).containsSubsequence(block("xml", "lipc-processor"));
    assertThat(file("src/main/java/demo/Pendulum.java")).isEqualTo(block("java", "pendulum.onnx"));
    assertThat(file("src/test/java/demo/PendulumTest.java"))
        .containsSequence(block("java", "PendulumNetwork.load()"));
    assertThat(PROJECT.resolve("src/main/resources/demo/pendulum.onnx")).isRegularFile();
  }
}
