package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The trusted packages stay small enough to be read in one sitting. */
final class CheckerSizeTest {

  private static final Path SOURCES =
      Path.of(System.getProperty("lipc.root"), "certificate/src/main/java/io/lipc/certificate");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

  /** Lines without blanks and comments. */
  private static long lines(String folder) throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
      for (Path file : files.toList()) {
        String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
        lines += code.lines().filter(line -> !line.isBlank()).count();
      }
    }
    return lines;
  }

  @Test
  void checkerAndInequalityHaveAtMostFourHundredLinesEach() throws IOException {
    assertThat(lines("checker")).isBetween(100L, 400L);
    assertThat(lines("inequality")).isBetween(100L, 400L);
  }

  @Test
  void verdictHasAtMostOneHundredLines() throws IOException {
    assertThat(lines("verdict")).isBetween(20L, 100L);
  }

  @Test
  void arithmeticHasAtMostFourHundredAndSixtyLines() throws IOException {
    assertThat(lines("positivity")).isBetween(100L, 460L);
  }

  @Test
  void allOfThemHaveAtMostEighteenHundredAndFiftyLines() throws IOException {
    long sum = 0;
    for (String folder :
        List.of(
            "checker", "inequality", "positivity", "theory", "activation", "linear", "verdict")) {
      sum += lines(folder);
    }
    assertThat(sum).isBetween(1000L, 1850L);
  }

  @Test
  void theoryHasAtMostThreeHundredLines() throws IOException {
    assertThat(lines("theory")).isBetween(50L, 300L);
  }

  @Test
  void activationsHaveAtMostTwoHundredLines() throws IOException {
    assertThat(lines("activation")).isBetween(50L, 200L);
  }

  @Test
  void arithmeticKnowsNoNetworks() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES.resolve("positivity"))) {
      for (Path file : files.toList()) {
        List<String> imports =
            Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("import io.lipc."))
                .filter(line -> !line.equals("import io.lipc.certificate.PositivityWitness;"))
                .filter(line -> !line.equals("import io.lipc.formats.Tensor;"))
                .toList();
        assertThat(imports).as(file.toString()).isEmpty();
      }
    }
  }
}
