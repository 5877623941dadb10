package io.lipc.training.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes samples of the rows of a table, row by row: fields are not kept, their numbers are.
 *
 * @param <D> the samples
 */
abstract sealed class RowCollector<D extends FeatureRows<D>> permits Samples, TargetSamples {

  final Path file;
  final FieldReader reader;
  final TableColumns columns;
  private final NumberColumns featureColumns;
  private final List<double[]> features = new ArrayList<>();
  private int dropped;

  RowCollector(Path file, FieldReader reader, TableColumns columns) {
    this.file = file;
    this.reader = reader;
    this.columns = columns;
    this.featureColumns =
        new NumberColumns(file, reader, columns, NumberColumns.Role.FEATURE, columns.features());
  }

  /**
   * One more row.
   *
   * @throws DataException if a value is missing, where such rows are not dropped, or too large
   */
  final void add(TableRow row) throws DataException {
    if (reader.format().dropMissing() && (isMissing(row) || featureColumns.isMissingIn(row))) {
      dropped++;
      return;
    }
    features.add(featureColumns.of(row));
    addAnswer(row);
  }

  /** Whether the class of a row, or one of its targets, is not known. */
  abstract boolean isMissing(TableRow row);

  /**
   * Keeps the class or the targets of a row.
   *
   * @throws DataException if one of them is missing or too large
   */
  abstract void addAnswer(TableRow row) throws DataException;

  /**
   * All rows.
   *
   * @throws DataException if there are none, a number is a word, or they make no data set
   */
  final Table<D> table() throws DataException {
    requireAnswers();
    featureColumns.requireNoWords();
    if (features.isEmpty()) {
      throw new DataException(
          dropped == 0
              ? file + ": no samples"
              : "%s: in each of the %d rows a value is missing".formatted(file, dropped));
    }
    return new Table<>(
        data(features.toArray(double[][]::new)),
        columns.calledFeatures(),
        columns.headerOfFeatures(),
        dropped);
  }

  /**
   * Speaks up once all rows are read.
   *
   * @throws DataException if a target is a word
   */
  abstract void requireAnswers() throws DataException;

  /**
   * The samples.
   *
   * @param rows their features, at least one row
   * @throws DataException if they make no data set
   */
  abstract D data(double[][] rows) throws DataException;
}
