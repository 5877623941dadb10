package io.lipc.training.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Splits the text of a table into its rows of fields. */
final class TableText {

  private TableText() {}

  /**
   * The table that the text is.
   *
   * @param collector of the rows below the header
   * @throws DataException if its rows differ in their number of fields or have one alone, the
   *     quoting is wrong, or the rows are no samples
   */
  static <D extends FeatureRows<D>> Table<D> read(
      Path file,
      String text,
      Answers answers,
      FieldReader reader,
      Function<TableColumns, RowCollector<D>> collector)
      throws IOException, DataException {
    try (CSVParser parser = CSVParser.parse(prepared(file, text, reader), format(reader))) {
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        throw new DataException(file + ": no samples");
      }
      TableRow first = next(records, parser);
      checkSeveral(file, first, answers, reader);
      TableColumns columns = TableColumns.of(file, first, answers, reader);
      RowCollector<D> samples = collector.apply(columns);
      if (!columns.hasHeader()) {
        samples.add(first);
      }
      while (records.hasNext()) {
        samples.add(checked(file, columns, next(records, parser)));
      }
      return samples.table();
    } catch (UncheckedIOException e) {
      // The text is in memory: what fails is the quoting. The parser's message names the line.
      throw new DataException(
          "%s: a quoted field has no end, or more than %s after it: %s"
              .formatted(
                  file,
                  reader.format().delimiter() == ',' ? "a comma" : reader.format().word(),
                  rootMessage(e)));
    }
  }

  private static TableRow next(Iterator<CSVRecord> records, CSVParser parser) {
    List<String> fields = records.next().toList();
    return new TableRow(parser.getCurrentLineNumber(), fields);
  }

  private static CSVFormat format(FieldReader reader) {
    return CSVFormat.RFC4180
        .builder()
        .setDelimiter(reader.format().delimiter())
        .setIgnoreEmptyLines(true)
        .setIgnoreSurroundingSpaces(true)
        .get();
  }

  /** Runs of blanks become one, because the parser takes each for a delimiter. */
  private static String prepared(Path file, String text, FieldReader reader) throws DataException {
    if (reader.format().delimiter() != ' ') {
      return text;
    }
    if (text.indexOf('"') >= 0) {
      throw new DataException(
          file + ": quotes, where blanks separate columns; give the table another delimiter");
    }
    return text.lines()
        .map(line -> line.strip().replaceAll("[ \t]+", " "))
        .collect(Collectors.joining("\n"));
  }

  private static void checkSeveral(Path file, TableRow first, Answers answers, FieldReader reader)
      throws DataException {
    if (first.fields().size() == 1) {
      throw new DataException(
          file
              + ": a single column, so there are no features beside the "
              + answers.noun()
              + "s"
              + reader.separator(first.fields().getFirst()));
    }
  }

  private static TableRow checked(Path file, TableColumns columns, TableRow row)
      throws DataException {
    if (row.fields().size() != columns.count()) {
      throw new DataException(
          "%s:%d: %d columns, but the first line has %d"
              .formatted(file, row.line(), row.fields().size(), columns.count()));
    }
    return row;
  }

  private static String rootMessage(UncheckedIOException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }
}
