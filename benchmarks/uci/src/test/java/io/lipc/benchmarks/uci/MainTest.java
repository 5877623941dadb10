package io.lipc.benchmarks.uci;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.benchmarks.uci.Row.Failed;
import io.lipc.benchmarks.uci.Row.Measured;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program on small sets, as docs/benchmarks.md says. */
final class MainTest {

  @TempDir private Path folder;

  private record Answer(int code, String out, String err) {}

  private Answer uci(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new Main(Workers::new))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setOverwrittenOptionsAllowed(true)
            .execute(arguments);
    return new Answer(code, out.toString(), err.toString());
  }

  private Answer make(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(rows().toString(), "--data", folder.toString(), "--folds=1", "--depths=4"));
    arguments.addAll(List.of(more));
    return uci(arguments.toArray(String[]::new));
  }

  private Path rows() {
    return folder.resolve("rows");
  }

  @Test
  void each_construction_has_a_row_with_a_proved_bound_in_each_setting() throws IOException {
    Blobs.write(folder, "blobs", 1);
    Answer answer = make();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
    List<Row> rows = RowFile.read(rows());
    assertThat(rows).hasSize(Setting.COMPARED.size() * Contender.COMPARED.size());
    for (Row row : rows) {
      assertThat(row.result()).as("%s", row).isInstanceOf(Measured.class);
      Measured measured = (Measured) row.result();
      // By the published files' setting, of 15 rows and as many steps as epochs.
      boolean isShort = row.run().setting() == Setting.FILES;
      assertThat(measured.accuracy()).as("%s", row).isGreaterThan(isShort ? 0.6 : 0.9);
      if (row.run().contender() != Contender.PLAIN) {
        assertThat(measured.bound()).as("%s", row).isBetween(0.5, 1.0);
        assertThat(measured.certified().getFirst()).as("%s", row).isGreaterThan(isShort ? 0 : 0.8);
      }
    }
  }

  @Test
  void what_stands_is_not_made_again_and_half_a_line_is() throws IOException {
    Blobs.write(folder, "blobs", 1);
    String[] few = {"--settings=paper", "--constructions=sll,aol", "--workers=1"};
    make(few);
    List<String> whole = Files.readAllLines(rows());
    assertThat(whole).hasSize(3);
    assertThat(make(few).out()).isEmpty();
    assertThat(Files.readAllLines(rows())).isEqualTo(whole);

    String text = Files.readString(rows());
    Files.writeString(rows(), text.substring(0, text.length() - 5));
    Answer again = make(few);
    assertThat(again.out().lines())
        .hasSize(1)
        .allMatch(line -> line.startsWith("1 of 1: blobs, fold 1, seed 1, aol, depth 4"));
    List<Row> rows = RowFile.read(rows());
    assertThat(rows).hasSize(2);
    assertThat(rows.getLast().fields().subList(0, 15))
        .isEqualTo(List.of(whole.getLast().split(",", -1)).subList(0, 15));
    assertThat(rows.getLast().fields().subList(17, 23))
        .isEqualTo(List.of(whole.getLast().split(",", -1)).subList(17, 23));
  }

  @Test
  void a_run_that_fails_is_a_row_and_the_tables_count_it() throws IOException {
    Blobs.write(folder, "blobs", 1);
    Blobs.write(folder, "huge", 4e307);
    make("--settings=paper", "--constructions=sll,aol");
    List<Row> rows = RowFile.read(rows());
    assertThat(rows).hasSize(4);
    assertThat(rows)
        .filteredOn(row -> row.run().set().equals("huge"))
        .hasSize(2)
        .allMatch(row -> row.result() instanceof Failed(String reason) && !reason.isEmpty());
    assertThat(uci(rows().toString(), "--table").out())
        .startsWith(
            "**Setting `paper`, depth 4**: 1 sets, 1 folds of each, 2 networks, and 2 runs that"
                + " failed.\n");
  }

  @Test
  void tables_and_drawings_are_made_of_the_rows() throws Exception {
    Blobs.write(folder, "blobs", 1);
    make("--settings=paper", "--constructions=sll,aol,ldlt-r");
    Answer answer =
        uci(rows().toString(), "--table", "--plots", folder.resolve("plots").toString());
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains("| `sll` | ")
        .contains("| `ldlt-r` | ")
        .contains("| beside `sll` | accuracy | at 36/255 | at 72/255 | at 108/255 |");
    for (String name : List.of("uci-accuracy.svg", "uci-differences.svg")) {
      var document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(folder.resolve("plots").resolve(name).toFile());
      assertThat(document.getElementsByTagName("circle").getLength()).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void what_is_wrong_is_said() throws IOException {
    assertThat(make().err()).startsWith("uci: " + folder + ": no set, which would be SET.csv and");
    Blobs.write(folder, "blobs", 1);
    assertThat(make("--sets=iris").err())
        .startsWith("uci: there is no set iris in " + folder + ": iris.csv is missing");
    assertThat(make("--folds=3").err()).startsWith("uci: blobs has 2 folds, but no fold 3");
    assertThat(make("--depths=3").err())
        .startsWith("uci: --depths 3: depths are even, as blocks of ldlt-r have two hidden layers");
    assertThat(make("--workers=0").err()).startsWith("uci: --workers is 0, not at least 1");
    assertThat(make("--settings=best").err()).contains("`best` is none of paper, lipc, files");
    assertThat(uci(rows().toString()).err()).startsWith("uci: --data FOLDER says where the sets");
    Files.writeString(
        folder.resolve("blobs.test-folds.csv"), "1,0\n".repeat(Blobs.ROWS - 1) + "2\n");
    assertThat(make().err())
        .startsWith(
            "uci: "
                + folder.resolve("blobs.test-folds.csv")
                + ":60: not a 0 or 1 for each fold: 2");
  }
}
