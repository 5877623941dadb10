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

  @Test
  void tables_and_drawings_are_those_of_the_rows() throws IOException {
    List<Row> rows = rows("uci");
    compareTables("uci", rows);
    compare(DOCS.resolve("benchmarks/uci-accuracy.svg"), AccuracyPlot.svg(rows));
    compare(DOCS.resolve("benchmarks/uci-differences.svg"), DifferencePlot.svg(rows));
  }

  @Test
  void so_are_the_tables_of_what_was_tried_beside_them() throws IOException {
    compareTables("uci-why", rows("uci-why"));
  }

  private static List<Row> rows(String name) throws IOException {
    List<Row> rows = RowFile.read(DOCS.resolve("benchmarks").resolve(name + ".csv"));
    assertThat(rows).isNotEmpty();
    return rows;
  }

  private static void compareTables(String name, List<Row> rows) throws IOException {
    String begin = "<!-- %s: written by PublishedTest from %s.csv -->\n".formatted(name, name);
    String page = Files.readString(PAGE);
    assertThat(page).contains(begin, "<!-- %s: end -->".formatted(name));
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf("<!-- %s: end -->".formatted(name));
    compare(PAGE, page.substring(0, from) + Tables.markdown(rows) + page.substring(to));
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
