package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The trusted packages stay small enough to be read in one sitting. */
final class CheckerSizeTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Path SOURCES = ROOT.resolve("certificate/src/main/java/io/lipc/certificate");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

  /** The files of `linear` that networks without images do without. */
  private static final Set<String> MAPS_OF_IMAGES =
      Set.of("AveragePool.java", "Axis.java", "Convolution.java", "Window.java", "Windows.java");

  private static boolean isOfImages(Path file) {
    return file.getParent().endsWith("frequency")
        || MAPS_OF_IMAGES.contains(file.getFileName().toString());
  }

  private static boolean isOfTheory(Path file) {
    return file.getParent().endsWith("theory");
  }

  private static long lines(Path folder) throws IOException {
    return lines(folder, _ -> true);
  }

  /** Lines without blanks and comments. */
  private static long lines(Path folder, Predicate<Path> counted) throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).filter(counted).toList()) {
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

  private static long core(Predicate<Path> counted) throws IOException {
    long sum = 0;
    for (String folder : PACKAGES) {
      sum += lines(SOURCES.resolve(folder), counted);
    }
    return sum;
  }

  /**
   * The code that every network needs; each claim beside the bound may add 30 lines. Radii by signs
   * added 110, which read forms of the inequality and decide a second matrix; slopes by the bounds
   * of called networks added 15, queries 20, and their file with ranges 30. A new operation may add
   * 20, as l2_normalize did.
   */
  @Test
  void togetherTheyAreReadInOneSitting() throws IOException {
    assertThat(core(file -> !isOfImages(file) && !isOfTheory(file))).isBetween(1000L, 2377L);
  }

  /** Bounds without a matrix: from linf by magnitudes alone, and of weights made by LDL^T. */
  @Test
  void boundsWithoutAMatrixTakeNoMore() throws IOException {
    assertThat(core(CheckerSizeTest::isOfTheory)).isBetween(200L, 250L);
  }

  /** The code that images alone need: their maps, gains, and networks on a torus as a whole. */
  @Test
  void imagesTakeNoMore() throws IOException {
    long maps = lines(SOURCES.resolve("linear"), CheckerSizeTest::isOfImages);
    assertThat(maps).isBetween(200L, 260L);
    assertThat(core(CheckerSizeTest::isOfImages)).isBetween(1000L, 1570L);
  }

  /**
   * What only local bounds need, beside the functions and the ranges that other claims use. Parts
   * that are cut at units, vertices and lengths of matrices added 245 lines to 820, bounds of
   * single inputs 24, their declared claims 34, and parts that sums show to be empty 72, outputs on
   * parts 63. Queries ask for the ranges of all units, with less work, rows in one loop, and lines
   * of other slopes: 80. Cuts that are sorted and counted took 3.
   */
  @Test
  void localBoundsTakeNoMore() throws IOException {
    assertThat(lines(SOURCES.resolve("local"))).isLessThanOrEqualTo(1373L);
  }

  /** What only queries need, beside the bounds on parts; their reader is in a module of its own. */
  @Test
  void queriesTakeNoMore() throws IOException {
    assertThat(lines(SOURCES.resolve("query"))).isLessThanOrEqualTo(401L);
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
    assertListed("query", SOURCES.resolve("query"));
    assertListed("io.lipc.queries", ROOT.resolve("queries/src/main/java/io/lipc/queries"));
    assertListed("further", SOURCES.resolve("further"));
    assertListed("margin", SOURCES.resolve("margin"));
    assertListed("signs", SOURCES.resolve("signs"));
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
