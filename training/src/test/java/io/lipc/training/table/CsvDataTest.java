package io.lipc.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvDataTest {

  private static final String DROP = "; fill it in, or leave such rows out (--drop-missing)";
  private static final TableFormat GERMAN = new TableFormat(';', true, false);
  private static final TableFormat DROPPING = new TableFormat(',', false, true);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("t.csv");
  }

  @Test
  void readsNumbersAndLabels() throws Exception {
    Dataset data = read("1,2.5,a\n-3e2,.5,b\n", 3);
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.features(0)).containsExactly(1, 2.5);
    assertThat(data.features(1)).containsExactly(-300, 0.5);
    assertThat(data.classes()).containsExactly("a", "b");
    assertThat(data.label(1)).isEqualTo(1);
  }

  @Test
  void theLabelMayStandAnywhere() throws Exception {
    Dataset first = read("a,1,2\nb,3,4\n", 1);
    Dataset middle = read("1,a,2\n3,b,4\n", 2);
    assertThat(first.features(1)).containsExactly(3, 4);
    assertThat(middle.features(1)).containsExactly(3, 4);
  }

  @Test
  void numericLabelsAreOrderedByValue() throws Exception {
    assertThat(read("1,10\n1,9\n1,-2\n", 2).classes()).containsExactly("-2", "9", "10");
  }

  @Test
  void textLabelsAreOrderedAsTexts() throws Exception {
    assertThat(read("1,b\n1,a\n1,10\n1,9\n", 2).classes()).containsExactly("10", "9", "a", "b");
  }

  @Test
  void oneNumberInTwoSpellingsIsRefused() {
    assertFault(
        "1,1\n1,1.0\n", 2, ": column 2: labels `1` and `1.0` are one number in two spellings");
  }

  @Test
  void quotedFieldsMayHoldCommasQuotesAndLineEnds() throws Exception {
    Dataset data = read("\"1\",\"a, \"\"b\"\"\"\n2,\"c\nd\"\n", 2);
    assertThat(data.classes()).containsExactly("a, \"b\"", "c\nd");
  }

  @Test
  void anOpenQuoteIsRefused() {
    assertThatThrownBy(() -> read("1,\"a\n2,b\n", 2))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("EOF");
  }

  @Test
  void textAfterAClosingQuoteIsRefused() {
    assertThatThrownBy(() -> read("1,a\n\"2\"x,b\n", 2))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line: 2");
  }

  @Test
  void byteOrderMarkCrLfBlanksEmptyLinesAndNoLastLineEndAreAccepted() throws Exception {
    Dataset data = read("\uFEFF1 , a\r\n\r\n 2,b", 2);
    assertThat(data.features(0)).containsExactly(1);
    assertThat(data.classes()).containsExactly("a", "b");
  }

  @Test
  void aHeaderIsSkipped() throws Exception {
    assertThat(read("length,width,class\n1,2,a\n3,4,b\n", 3).size()).isEqualTo(2);
    assertThat(read(",width,\"the, class\"\n1,2,a\n3,4,b\n", 3).size()).isEqualTo(2);
  }

  @Test
  void aFirstLineWithANumberIsNoHeader() {
    assertFault("1,x,a\n3,4,b\n", 3, ":1: column 2: feature `x` is not a number");
    assertFault("?,?,a\n3,4,b\n", 3, ":1: column 1: the feature is missing (`?`)" + DROP);
  }

  @Test
  void raggedRowsAreRefused() {
    assertFault("1,2,a\n3,b\n", 3, ":2: 2 columns, but the first line has 3");
    assertFault("x,y\n1,a\n2,3,b\n", 2, ":3: 3 columns, but the first line has 2");
  }

  @Test
  void featuresThatAreNoFiniteNumbersAreRefused() {
    assertFault(
        "1,a\nnan,b\n",
        2,
        ":2: column 1: feature `nan` is not finite; such rows can be left out (--drop-missing)");
    assertFault("1,a\n-Infinity,b\n", 2, ":2: column 1: feature `-Infinity` is not finite");
    assertFault("1,a\n1e999,b\n", 2, ":2: column 1: feature `1e999` is too large for a double");
    assertFault("1,a\n,b\n", 2, ":2: column 1: the feature is missing (empty)" + DROP);
    assertFault(
        "1,a\n\"1,5\",b\n",
        2,
        ":2: column 1: feature `1,5` is not a number; if the comma is a decimal one, say so"
            + " (--decimal-comma, with --delimiter ';' for the columns)");
    assertFault("1,a\n1d,b\n", 2, ":2: column 1: feature `1d` is not a number");
    assertFault("1,a\n0x1p3,b\n", 2, ":2: column 1: feature `0x1p3` is not a number");
  }

  @Test
  void linesOfFieldsOverSeveralLinesAreCounted() {
    assertFault("1,\"a\nb\"\nx,c\n", 2, ":3: column 1: feature `x` is not a number");
  }

  @Test
  void anEmptyLabelIsRefused() {
    assertFault("1,a\n2,\n", 2, ":2: column 2: the label is empty" + DROP);
  }

  @Test
  void aSingleClassIsRefused() {
    assertFault(
        "1,a\n2,a\n", 2, ": all 2 samples have the label `a`; a classifier needs two classes");
  }

  @Test
  void aTableWithoutSamplesIsRefused() {
    assertFault("", 1, ": no samples");
    assertFault("x,y\n", 2, ": no samples");
  }

  @Test
  void aLabelColumnOutsideTheTableIsRefused() {
    assertFault("1,a\n2,b\n", 3, ": there is no label column 3: columns count from 1 to 2");
    assertFault("1,a\n2,b\n", 0, ": there is no label column 0: columns count from 1 to 2");
  }

  @Test
  void aSingleColumnIsRefused() {
    assertFault("1\n2\n", 1, ": a single column, so there are no features beside the labels");
    assertFault(
        "1;a\n2;b\n",
        2,
        ": a single column, so there are no features beside the labels; if `;` separates"
            + " columns, say so (--delimiter ';')");
    assertFault(
        "1\ta\n2\tb\n",
        2,
        ": a single column, so there are no features beside the labels; if tabs separate columns,"
            + " say so (--delimiter tab)");
    assertFault(
        " 1 \t a\n 2  b\n",
        2,
        ": a single column, so there are no features beside the labels; if blanks separate columns,"
            + " say so (--delimiter space)");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    Files.write(file, new byte[] {'1', ',', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> CsvData.read(file, 2))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": not a text in UTF-8");
  }

  @Test
  void anAbsentFileIsAnInputError() {
    assertThatThrownBy(() -> CsvData.read(file, 1)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aLabelColumnMayBeNamed() throws Exception {
    Table<Dataset> table =
        read("width,class,height\n1,a,2\n3,b,4\n", "class", TableFormat.RFC_4180);
    assertThat(table.data().classes()).containsExactly("a", "b");
    assertThat(table.data().features(1)).containsExactly(3, 4);
    assertThat(table.features()).containsExactly("column 1 (`width`)", "column 3 (`height`)");
    // A name says that there is a header, even of numbers.
    assertThat(read("1999,class\n1,a\n2,b\n", "class", TableFormat.RFC_4180).data().size())
        .isEqualTo(2);
  }

  @Test
  void aNumberIsAPlaceAndTheFeaturesOfATableWithoutNamesHaveNumbers() throws Exception {
    Table<Dataset> table = read("1,a,2\n3,b,4\n", "2", TableFormat.RFC_4180);
    assertThat(table.features()).containsExactly("column 1", "column 3");
  }

  @Test
  void aNameThatNoColumnHasIsRefused() {
    String table = "width,species\n1,a\n3,b\n";
    assertFault(table, "speceis", ": there is no label column `speceis`; did you mean `species`?");
    assertFault(
        table, "class", ": there is no label column `class`; the columns are `width`, `species`");
    assertFault(
        "1,a\n2,b\n",
        "class",
        ": there is no label column `class`, and the first line has numbers instead of names: give"
            + " the column's number");
    assertFault("x,x\n1,a\n2,b\n", "x", ": 2 columns are called `x`; give the column's number");
  }

  @Test
  void otherDelimiters() throws Exception {
    assertThat(read("1;2;a\n3;4;b\n", "3", new TableFormat(';', false, false)).data().features(1))
        .containsExactly(3, 4);
    assertThat(read("1\t2 \ta\n3\t4\tb\n", "3", new TableFormat('\t', false, false)).data())
        .extracting(Dataset::classes)
        .isEqualTo(List.of("a", "b"));
    assertThat(
            read("  1   2\ta\n 3 4  b \n", "3", new TableFormat(' ', false, false))
                .data()
                .features(1))
        .containsExactly(3, 4);
    assertFault(
        "1;2;a\n3;4;b\n",
        "1",
        new TableFormat('|', false, false),
        ": a single column, so there are no features beside the labels; if `;` separates columns,"
            + " say so (--delimiter ';')");
    assertFault(
        "1 \"2\"\n",
        "1",
        new TableFormat(' ', false, false),
        ": quotes, where blanks separate columns; give the table another delimiter");
  }

  @Test
  void aTableOfOtherDelimitersThatCommasCutToo() {
    assertFault(
        "1,5;2,5;a\n1,5;3,5;b\n",
        3,
        ":1: column 2: feature `5;2` is not a number; if `;`"
            + " separates columns, say so (--delimiter ';')");
  }

  @Test
  void decimalCommas() throws Exception {
    Table<Dataset> table = read("x;y;class\n1,5;-,25;a\n1e2;3;b\n", "class", GERMAN);
    assertThat(table.data().features(0)).containsExactly(1.5, -0.25);
    assertThat(table.data().features(1)).containsExactly(100, 3);
    assertThat(read("1;1,5\n2;1,25\n", "2", GERMAN).data().classes())
        .containsExactly("1,25", "1,5");
    assertFault(
        "x;class\n1.234,5;a\n1,5;b\n",
        "class",
        GERMAN,
        ":2: column 1 (`x`): feature `1.234,5` is not a number");
    assertFault(
        "x;class\n1.5;a\n2;b\n",
        "class",
        GERMAN,
        ":2: column 1 (`x`): feature `1.5` is not a number; with decimal commas, numbers have no"
            + " points");
    assertFault(
        "x;class\n1,5;a\n2,5;b\n",
        "class",
        new TableFormat(';', false, false),
        ":2: column 1 (`x`): feature `1,5` is not a number; if the comma is a decimal one, say so"
            + " (--decimal-comma)");
  }

  @Test
  void formatsThatCannotBe() {
    assertThatThrownBy(() -> new TableFormat(',', true, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a comma cannot separate columns and decimals at once");
    for (char sign : new char[] {'1', 'x', '-', '.', '"', '\n'}) {
      assertThatThrownBy(() -> new TableFormat(sign, false, false))
          .as(String.valueOf(sign))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot separate columns");
    }
  }

  @Test
  void rowsWithMissingValuesAreDroppedWhereThatIsAskedFor() throws Exception {
    Table<Dataset> table =
        read("x,class\n1,a\n?,a\n,b\nNA,b\nnan,b\n2,b\n3,\n4,?\n5,none\n", "class", DROPPING);
    assertThat(table.droppedRows()).isEqualTo(6);
    assertThat(table.data().size()).isEqualTo(3);
    assertThat(table.data().classes()).containsExactly("a", "b", "none");
    assertThat(read("1,a\n2,b\n", "2", TableFormat.RFC_4180).droppedRows()).isZero();
    assertFault(
        "x,class\n?,a\n,b\n", "class", DROPPING, ": in each of the 2 rows a value is missing");
    assertFault("1,a\ninf,b\n", "2", DROPPING, ":2: column 1: feature `inf` is not finite");
  }

  @Test
  void columnsOfWordsAreRefusedAsColumns() {
    assertFault(
        "size,colour,class\n1,red,a\n2,?,b\n3,green,b\n",
        "class",
        DROPPING,
        ": column 2 (`colour`) holds words, not numbers: `red`, `green`; put one column of 0 and 1"
            + " for each of the 2 words in its place (pandas.get_dummies with dtype=int does), or leave it"
            + " out"
            + " (--drop-column 2)");
    assertFault(
        "1,a,x\n1,b,y\n1,c,x\n1,d,x\n1,e,y\n1,f,z\n",
        3,
        ": column 2 holds words, not numbers: `a`, `b`, `c`, `d`, ...; put one column of 0 and 1"
            + " for each of the 6 words in its place (pandas.get_dummies with dtype=int does), or leave it"
            + " out"
            + " (--drop-column 2)");
  }

  @Test
  void aColumnOfManyWordsIsNoColumnOfKinds() {
    StringBuilder people = new StringBuilder("name,size,class\n");
    for (int row = 0; row < 51; row++) {
      people.append("n").append("x".repeat(row)).append(",1,").append(row % 2).append('\n');
    }
    assertFault(
        people.toString(),
        3,
        ": column 1 (`name`) holds words, not numbers: `n`, `nx`, `nxx`, `nxxx`, ...; these are 51"
            + " different words, too many to learn from; leave it out (--drop-column 1)");
  }

  @Test
  void columnsAreLeftOutWhateverTheyHold() throws Exception {
    String text = "name,size,class,note\nann,1,a,\nbob,2,b,?\n";
    Table<Dataset> table = read(text, "class", dropping("name", "4"));
    assertThat(table.data().features(1)).containsExactly(2);
    assertThat(table.features()).containsExactly("column 2 (`size`)");
    assertThat(table.data().classes()).containsExactly("a", "b");
    assertThat(read("ann,1,a\nbob,2,b\n", "3", dropping("1")).data().size()).isEqualTo(2);
    assertFault(text, "class", dropping("class"), ": column 3 is to be left out, and is a label");
    assertFault(text, "class", dropping("name", "1"), ": column 1 is to be left out twice");
    assertFault(
        text,
        "class",
        dropping("nmae"),
        ": there is no dropped column `nmae`; did you mean `name`?");
    assertFault(
        text,
        "class",
        dropping("1", "2", "4"),
        ": each of the 4 columns is a label or left out, so there are no features");
  }

  private static TableFormat dropping(String... columns) {
    return new TableFormat(',', false, false, Stream.of(columns).map(LabelColumn::of).toList());
  }

  @Test
  void aWordAmongNumbersIsTheFaultOfItsRow() {
    assertFault("1,2,a\n1,red,a\n1,green,b\n", 3, ":2: column 2: feature `red` is not a number");
  }

  private Table<Dataset> read(String text, String label, TableFormat format)
      throws IOException, DataException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return CsvData.read(file, LabelColumn.of(label), format);
  }

  private void assertFault(String text, String label, String message) {
    assertFault(text, label, TableFormat.RFC_4180, message);
  }

  private void assertFault(String text, String label, TableFormat format, String message) {
    assertThatThrownBy(() -> read(text, label, format))
        .isInstanceOf(DataException.class)
        .hasMessage(file + message);
  }

  private Dataset read(String text, int labelColumn) throws IOException, DataException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return CsvData.read(file, labelColumn);
  }

  private void assertFault(String text, int labelColumn, String message) {
    assertThatThrownBy(() -> read(text, labelColumn))
        .isInstanceOf(DataException.class)
        .hasMessage(file + message);
  }
}
