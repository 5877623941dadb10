package io.lipc.benchmarks.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What docs/benchmarks.md shows is what its rows come to. {@code -DupdateGoldens=true} rewrites it
 * and then fails, so that nobody forgets to read it.
 */
final class PublishedTest {

  private static final Path DOCS = Path.of(System.getProperty("lipc.root"), "docs");
  private static final Path PAGE = DOCS.resolve("benchmarks.md");
  private static final String BEGIN = "<!-- uci: written by PublishedTest from uci.csv -->\n";
  private static final String END = "<!-- uci: end -->\n";

  @Test
  void tables_and_drawings_are_those_of_the_rows() throws IOException {
    List<Row> rows = RowFile.read(DOCS.resolve("benchmarks/uci.csv"));
    assertThat(rows).isNotEmpty();
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String wanted = page.substring(0, begin) + Tables.markdown(rows) + page.substring(end);
    compare(PAGE, wanted);
    compare(DOCS.resolve("benchmarks/uci-accuracy.svg"), AccuracyPlot.svg(rows));
    compare(DOCS.resolve("benchmarks/uci-differences.svg"), DifferencePlot.svg(rows));
  }

  private static void compare(Path file, String wanted) throws IOException {
    String found = Files.exists(file) ? Files.readString(file) : "";
    if (Boolean.getBoolean("updateGoldens") && !found.equals(wanted)) {
      Files.writeString(file, wanted);
      fail(file + " was rewritten; read it, and run again");
    }
    assertThat(found).as("%s", file).isEqualTo(wanted);
  }
}
