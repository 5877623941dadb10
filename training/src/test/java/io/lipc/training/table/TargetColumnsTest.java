package io.lipc.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables with columns of numbers to be predicted. */
class TargetColumnsTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("t.csv");
  }

  private Table<RegressionData> read(String text, String... targets)
      throws IOException, DataException {
    return read(text, TableFormat.RFC_4180, targets);
  }

  private Table<RegressionData> read(String text, TableFormat format, String... targets)
      throws IOException, DataException {
    Files.writeString(file, text);
    return CsvData.readTargets(
        file, List.of(targets).stream().map(LabelColumn::of).toList(), format);
  }

  private void assertFault(String text, String message, String... targets) {
    assertThatThrownBy(() -> read(text, targets))
        .isInstanceOf(DataException.class)
        .hasMessage(file + message);
  }

  @Test
  void targetsAreInTheOrderInWhichTheyAreNamed() throws Exception {
    Table<RegressionData> table = read("a,b,c,d\n1,2,3,4\n5,6,7,8\n", "d", "2");
    assertThat(table.data().targets()).containsExactly("d", "b");
    assertThat(table.data().features(1)).containsExactly(5, 7);
    assertThat(table.data().target(1, 0)).isEqualTo(8);
    assertThat(table.data().target(1, 1)).isEqualTo(6);
    assertThat(table.features()).containsExactly("column 1 (`a`)", "column 3 (`c`)");
  }

  @Test
  void columnsWithoutNamesOfTheirOwnHaveNumbers() throws Exception {
    assertThat(read("1,2\n3,4\n", "2").data().targets()).containsExactly("column 2");
    assertThat(read("x,y,y\n1,2,3\n4,5,6\n", "2", "3").data().targets())
        .containsExactly("column 2 (`y`)", "column 3 (`y`)");
  }

  /** A number is a target, and so no name. */
  @Test
  void theFirstLineIsAHeaderIfNothingInItIsANumber() throws Exception {
    assertThat(read("x,y\n1,2\n", "2").data().size()).isOne();
    assertThat(read("1,2\n3,4\n", "1").data().size()).isEqualTo(2);
    assertFault("x,2\n3,4\n", ":1: column 1: feature `x` is not a number", "2");
    assertFault("1,y\n3,4\n", ":1: column 2: target `y` is not a number", "2");
  }

  @Test
  void columnsThatAreNotThereAreRefused() {
    String table = "width,height\n1,2\n";
    assertFault(table, ": there is no target column `hieght`; did you mean `height`?", "hieght");
    assertFault(table, ": there is no target column `x1`; the columns are `width`, `height`", "x1");
    assertFault(table, ": there is no target column 3: columns count from 1 to 2", "3");
    assertFault(table, ": column 2 is given as a target twice", "height", "2");
    assertFault(table, ": each of the 2 columns is a target, so there are no features", "1", "2");
    assertFault("1\n", ": a single column, so there are no features beside the targets", "1");
  }

  @Test
  void wordsAreNoTargets() {
    assertFault(
        "x,colour\n1,red\n2,blue\n",
        ": column 2 (`colour`) holds words, not numbers: `red`, `blue`; a target is a number; for"
            + " classes, give the column as --label-column",
        "colour");
    assertFault("x,y\n1,2\n2,two\n", ":3: column 2 (`y`): target `two` is not a number", "y");
  }

  @Test
  void missingValuesAreRefusedOrDropped() throws Exception {
    String table = "x,y\n1,?\n,3\n4,5\n";
    assertFault(
        table,
        ":2: column 2 (`y`): the target is missing (`?`); fill it in, or leave such rows out"
            + " (--drop-missing)",
        "y");
    Table<RegressionData> dropped = read(table, new TableFormat(',', false, true), "y");
    assertThat(dropped.droppedRows()).isEqualTo(2);
    assertThat(dropped.data().size()).isOne();
    assertThatThrownBy(() -> read("x,y\n1,?\n", new TableFormat(',', false, true), "y"))
        .hasMessage(file + ": in each of the 1 rows a value is missing");
    assertFault(
        "x,y\n1,1e999\n", ":2: column 2 (`y`): target `1e999` is too large for a double", "y");
    assertFault("x,y\n", ": no samples", "y");
  }

  @Test
  void decimalCommas() throws Exception {
    assertThat(read("x;y\n1,5;-,25\n", new TableFormat(';', true, false), "y").data().target(0, 0))
        .isEqualTo(-0.25);
  }
}
