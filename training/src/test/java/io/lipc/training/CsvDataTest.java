package io.lipc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvDataTest {

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
    assertFault("?,?,a\n3,4,b\n", 3, ":1: column 1: the feature is missing (`?`)");
  }

  @Test
  void raggedRowsAreRefused() {
    assertFault("1,2,a\n3,b\n", 3, ":2: 2 columns, but the first line has 3");
    assertFault("x,y\n1,a\n2,3,b\n", 2, ":3: 3 columns, but the first line has 2");
  }

  @Test
  void featuresThatAreNoFiniteNumbersAreRefused() {
    assertFault("1,a\nnan,b\n", 2, ":2: column 1: feature `nan` is not finite");
    assertFault("1,a\n-Infinity,b\n", 2, ":2: column 1: feature `-Infinity` is not finite");
    assertFault("1,a\n1e999,b\n", 2, ":2: column 1: feature `1e999` is too large for a double");
    assertFault("1,a\n,b\n", 2, ":2: column 1: the feature is missing (``)");
    assertFault("1,a\n\"1,5\",b\n", 2, ":2: column 1: feature `1,5` is not a number");
    assertFault("1,a\n1d,b\n", 2, ":2: column 1: feature `1d` is not a number");
    assertFault("1,a\n0x1p3,b\n", 2, ":2: column 1: feature `0x1p3` is not a number");
  }

  @Test
  void linesOfFieldsOverSeveralLinesAreCounted() {
    assertFault("1,\"a\nb\"\nx,c\n", 2, ":3: column 1: feature `x` is not a number");
  }

  @Test
  void anEmptyLabelIsRefused() {
    assertFault("1,a\n2,\n", 2, ":2: column 2: the label is empty");
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
        ": a single column, so there are no features beside the labels; only commas separate"
            + " columns");
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
