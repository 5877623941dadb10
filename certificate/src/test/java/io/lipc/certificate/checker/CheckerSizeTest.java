package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
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

  /** Those that decide whether a bound is believed. */
  private static final List<String> PACKAGES =
      List.of("checker", "inequality", "positivity", "theory", "activation", "linear", "verdict");

  @Test
  void togetherTheyAreReadInOneSitting() throws IOException {
    long sum = 0;
    for (String folder : PACKAGES) {
      sum += lines(folder);
    }
    assertThat(sum).isBetween(1000L, 1850L);
  }

  /** So that who wants to trust a bound knows how much there is to read. */
  @Test
  void theirSizesStandInTheArchitecture() throws IOException {
    String page = Files.readString(Path.of(System.getProperty("lipc.root"), "ARCHITECTURE.md"));
    for (String folder : PACKAGES) {
      Matcher row = Pattern.compile("\\| `" + folder + "` \\| (\\d+) \\|").matcher(page);
      assertThat(row.find()).as(folder).isTrue();
      assertThat((double) lines(folder))
          .as(folder)
          .isCloseTo(Double.parseDouble(row.group(1)), withinPercentage(5));
    }
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
