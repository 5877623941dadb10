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

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Path SOURCES = ROOT.resolve("certificate/src/main/java/io/lipc/certificate");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

  /** Lines without blanks and comments. */
  private static long lines(Path folder) throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
        lines += code.lines().filter(line -> !line.isBlank()).count();
      }
    }
    return lines;
  }

  /** Those that decide whether a bound is believed. */
  private static final List<String> PACKAGES =
      List.of(
          "checker",
          "inequality",
          "positivity",
          "frequency",
          "theory",
          "activation",
          "linear",
          "verdict");

  /** What every network needs; each claim beside the bound may add 30 lines. */
  @Test
  void togetherTheyAreReadInOneSitting() throws IOException {
    long sum = 0;
    for (String folder : PACKAGES) {
      sum += folder.equals("frequency") ? 0 : lines(SOURCES.resolve(folder));
    }
    assertThat(sum).isBetween(1000L, 2610L);
  }

  /** What only images need: gains are a third of it, whole networks the rest. */
  @Test
  void frequenciesTakeNoMore() throws IOException {
    assertThat(lines(SOURCES.resolve("frequency"))).isLessThanOrEqualTo(1310L);
  }

  /** What only local bounds need, beside the functions and the ranges that other claims use. */
  @Test
  void localBoundsTakeNoMore() throws IOException {
    assertThat(lines(SOURCES.resolve("local"))).isLessThanOrEqualTo(370L);
  }

  /** So that who wants to trust a bound knows how much there is to read. */
  @Test
  void theirSizesStandInTheArchitecture() throws IOException {
    for (String folder : PACKAGES) {
      assertListed(folder, SOURCES.resolve(folder));
    }
  }

  /** What else there is to read: certificates and their text, and for radii what rounding does. */
  @Test
  void andTheSizesOfWhatTheyRestOn() throws IOException {
    assertListed("io.lipc.certificate", SOURCES);
    assertListed("io.lipc.formats", ROOT.resolve("formats/src/main/java/io/lipc/formats"));
    assertListed("local", SOURCES.resolve("local"));
    assertListed("further", SOURCES.resolve("further"));
    assertListed("margin", SOURCES.resolve("margin"));
    assertListed("enclosure", SOURCES.resolve("enclosure"));
    assertListed("function", SOURCES.resolve("function"));
  }

  private static void assertListed(String name, Path folder) throws IOException {
    String page = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
    Matcher row = Pattern.compile("\\| `" + name + "` \\| ([\\d,]+) \\|").matcher(page);
    assertThat(row.find()).as(name).isTrue();
    assertThat((double) lines(folder))
        .as(name)
        .isCloseTo(Double.parseDouble(row.group(1).replace(",", "")), withinPercentage(5));
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
