package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README.md shows a first answer, and the project that the build of the Maven plugin tries. */
final class ReadmeTest extends CommandRun {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Path PROJECT = ROOT.resolve("maven-plugin/src/it/onnx-model");
  private static final Pattern BLOCK =
      Pattern.compile("^```(java|xml)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern CERTIFY =
      Pattern.compile(
          "\\./lipc certify (\\S+\\.onnx)\n```.*?^```\n(.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);
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

  /** Times are those of another machine; all else is what everyone gets. */
  @Test
  void the_first_answer_is_the_one_that_is_shown() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher shown = CERTIFY.matcher(readme);
    assertThat(shown.find()).as("a model, and an answer").isTrue();
    assertThat(run("certify", ROOT.resolve(shown.group(1)).toString())).as(out + err).isZero();
    assertThat(withoutTimes(out)).isEqualTo(withoutTimes(shown.group(2)));
    Matcher bound = Pattern.compile("in \\[(.*), (.*)\\] by").matcher(out);
    assertThat(bound.find()).as(out).isTrue();
    assertThat(readme.replace('\n', ' '))
        .contains("**" + bound.group(2) + " is the proved bound**")
        .contains("outputs at most " + bound.group(2) + " d apart")
        .contains("outputs are " + bound.group(1) + " d apart");
  }

  private static String withoutTimes(String text) {
    return text.replaceAll(" +\\d+\\.\\d+ s\\b", " TIME");
  }

  @Test
  void the_readme_is_read_to_its_end() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(160);
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
