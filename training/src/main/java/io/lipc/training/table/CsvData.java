package io.lipc.training.table;

import io.lipc.formats.BoundedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a data set from a table in UTF-8, by default of comma-separated values (RFC 4180): one
 * sample a line, finite decimal numbers, and one column of labels, which are any texts, or columns
 * of targets, which are numbers.
 *
 * <p>A byte order mark, CRLF, quoted fields, blanks around fields, empty lines and a missing last
 * line end are accepted. The first line is a header if the column of labels is given by its name;
 * else if none of its features is a number, empty, or a sign of a missing value. Such a sign is an
 * empty field, {@code ?}, {@code NA}, {@code N/A}, {@code null}, {@code none} or {@code NaN}, in
 * any case; of labels, it is an empty field or {@code ?}. Features are used as they are; {@link
 * Standardisation} brings columns of different units to deviations from their means.
 */
public final class CsvData {

  private CsvData() {}

  /**
   * The data set in {@code file}, with commas between columns and no value missing.
   *
   * @param labelColumn the column of labels, counted from 1
   * @throws DataException as {@link #read(Path, LabelColumn, TableFormat)} throws it
   * @throws IOException if the file cannot be read
   */
  public static Dataset read(Path file, int labelColumn) throws IOException, DataException {
    return read(file, new LabelColumn.At(labelColumn), TableFormat.RFC_4180).data();
  }

  /**
   * The table in {@code file}. Its classes are the different labels: numbers in the order of their
   * values where all labels are numbers, else texts in the order of their UTF-16 code units.
   *
   * @throws DataException if the table is not as described, has no such column of labels, fewer
   *     than two classes, a missing value where the format does not drop these, or a column of
   *     words for a feature; the message names file, line and column
   * @throws IOException if the file cannot be read
   */
  public static Table<Dataset> read(Path file, LabelColumn label, TableFormat format)
      throws IOException, DataException {
    FieldReader reader = new FieldReader(format);
    return TableText.read(
        file,
        text(file),
        new Answers.Labels(label),
        reader,
        columns -> new Samples(file, reader, columns));
  }

  /**
   * The table in {@code file}, whose columns {@code targets} are numbers to be predicted. The first
   * line is a header if one of them is given by its name; else if none of its fields is a number,
   * empty, or a sign of a missing value.
   *
   * @param targets at least one column, in the order of the network's outputs
   * @throws DataException if the table is not as described, has no such columns, none beside them,
   *     a missing value where the format does not drop these, or a column of words; the message
   *     names file, line and column
   * @throws IOException if the file cannot be read
   */
  public static Table<RegressionData> readTargets(
      Path file, List<LabelColumn> targets, TableFormat format) throws IOException, DataException {
    FieldReader reader = new FieldReader(format);
    return TableText.read(
        file,
        text(file),
        new Answers.Targets(targets),
        reader,
        columns -> new TargetSamples(file, reader, columns));
  }

  private static String text(Path file) throws IOException, DataException {
    byte[] bytes = BoundedFile.read(file);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new DataException(file + ": not a text in UTF-8");
    }
  }
}
