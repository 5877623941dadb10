package io.lipc.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a data set from a table of comma-separated values (RFC 4180) in UTF-8: one sample a line,
 * finite decimal numbers, and one column of labels, which are any texts.
 *
 * <p>A byte order mark, CRLF, quoted fields, blanks around fields, empty lines and a missing last
 * line end are accepted. The first line is a header, and skipped, if none of its features is a
 * number, empty, or a sign of a missing value. Features are used as they are: a network's bound is
 * about its raw inputs, so whoever wants to scale them does it in the file or by an {@code affine}
 * layer.
 */
public final class CsvData {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "infinity", "-inf", "-infinity", "+inf", "+infinity");
  private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "null", "none");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(true).get();

  private final Path file;
  private final int labelColumn;
  private final List<double[]> features = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();

  private CsvData(Path file, int labelColumn) {
    this.file = file;
    this.labelColumn = labelColumn;
  }

  /**
   * The data set in {@code file}. Its classes are the different labels: numbers in the order of
   * their values where all labels are numbers, else texts in the order of their UTF-16 code units.
   *
   * @param labelColumn the column of labels, counted from 1
   * @throws DataException if the table is not as described, has fewer than two classes, or no
   *     features; the message names file, line and column
   * @throws IOException if the file cannot be read
   */
  public static Dataset read(Path file, int labelColumn) throws IOException, DataException {
    CsvData data = new CsvData(file, labelColumn);
    data.readRows(data.text());
    return data.toDataset();
  }

  private String text() throws IOException, DataException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new DataException(file + ": not a text in UTF-8");
    }
  }

  private void readRows(String text) throws IOException, DataException {
    try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
      Iterator<CSVRecord> records = parser.iterator();
      int columns = 0;
      while (records.hasNext()) {
        CSVRecord row = records.next();
        long line = parser.getCurrentLineNumber();
        if (columns == 0) {
          columns = row.size();
          checkLabelColumn(columns, text);
          if (isHeader(row)) {
            continue;
          }
        }
        if (row.size() != columns) {
          throw fault(line, "%d columns, but the first line has %d".formatted(row.size(), columns));
        }
        addRow(row, line);
      }
    } catch (UncheckedIOException e) {
      // The text is in memory: what fails is the quoting. The parser's message names the line.
      throw new DataException(
          file + ": a quoted field has no end, or more than a comma after it: " + rootMessage(e));
    }
  }

  private static String rootMessage(UncheckedIOException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  private void checkLabelColumn(int columns, String text) throws DataException {
    if (columns == 1) {
      String hint =
          text.lines().findFirst().filter(line -> line.matches(".*[;\t].*")).isPresent()
              ? "; only commas separate columns"
              : "";
      throw new DataException(
          file + ": a single column, so there are no features beside the labels" + hint);
    }
    if (labelColumn < 1 || labelColumn > columns) {
      throw new DataException(
          "%s: there is no label column %d: columns count from 1 to %d"
              .formatted(file, labelColumn, columns));
    }
  }

  private boolean isHeader(CSVRecord row) {
    boolean isNamed = false;
    for (int column = 1; column <= row.size(); column++) {
      String field = row.get(column - 1).toLowerCase(Locale.ROOT);
      if (column == labelColumn || field.isEmpty()) {
        continue;
      }
      if (isNumber(field) || NOT_FINITE.contains(field) || MISSING.contains(field)) {
        return false;
      }
      isNamed = true;
    }
    return isNamed;
  }

  private void addRow(CSVRecord row, long line) throws DataException {
    double[] numbers = new double[row.size() - 1];
    for (int column = 1; column <= row.size(); column++) {
      String field = row.get(column - 1);
      if (column != labelColumn) {
        numbers[column < labelColumn ? column - 1 : column - 2] = feature(field, line, column);
      } else if (field.isEmpty()) {
        throw fault(line, "column " + column + ": the label is empty");
      } else {
        labels.add(field);
      }
    }
    features.add(numbers);
  }

  private double feature(String field, long line, int column) throws DataException {
    String place = "column " + column + ": ";
    if (isNumber(field)) {
      double value = Double.parseDouble(field);
      if (Double.isFinite(value)) {
        return value;
      }
      throw fault(line, place + "feature `" + field + "` is too large for a double");
    }
    String word = field.toLowerCase(Locale.ROOT);
    if (NOT_FINITE.contains(word)) {
      throw fault(line, place + "feature `" + field + "` is not finite");
    }
    if (MISSING.contains(word)) {
      throw fault(line, place + "the feature is missing (`" + field + "`)");
    }
    throw fault(line, place + "feature `" + field + "` is not a number");
  }

  private static boolean isNumber(String field) {
    return NUMBER.matcher(field).matches();
  }

  private Dataset toDataset() throws DataException {
    if (labels.isEmpty()) {
      throw new DataException(file + ": no samples");
    }
    List<String> classes = classes();
    if (classes.size() == 1) {
      throw new DataException(
          "%s: all %d samples have the label `%s`; a classifier needs two classes"
              .formatted(file, labels.size(), classes.getFirst()));
    }
    return Dataset.of(
        classes,
        features.toArray(double[][]::new),
        labels.stream().mapToInt(classes::indexOf).toArray());
  }

  private List<String> classes() throws DataException {
    List<String> distinct = labels.stream().distinct().sorted().toList();
    if (!distinct.stream().allMatch(CsvData::isNumber)) {
      return distinct;
    }
    List<String> numeric =
        distinct.stream()
            .sorted((a, b) -> Double.compare(Double.parseDouble(a), Double.parseDouble(b)))
            .toList();
    for (int i = 1; i < numeric.size(); i++) {
      String before = numeric.get(i - 1);
      if (Double.parseDouble(before) == Double.parseDouble(numeric.get(i))) {
        throw new DataException(
            "%s: column %d: labels `%s` and `%s` are one number in two spellings"
                .formatted(file, labelColumn, before, numeric.get(i)));
      }
    }
    return numeric;
  }

  private DataException fault(long line, String message) {
    return new DataException(file + ":" + line + ": " + message);
  }
}
