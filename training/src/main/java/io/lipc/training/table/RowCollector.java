package io.lipc.training.table;

import java.nio.file.Path;

/**
 * Makes samples of the rows of a table.
 *
 * @param <T> what they make
 */
sealed interface RowCollector<T> permits Samples, TargetSamples {

  /**
   * One more row.
   *
   * @throws DataException if a value is missing, where such rows are not dropped, or too large
   */
  void add(TableRow row) throws DataException;

  /**
   * All rows.
   *
   * @throws DataException if there are none, a number is a word, or they make no data set
   */
  T table() throws DataException;

  /** What to say of a table without samples. */
  static DataException noSamples(Path file, int dropped) {
    return new DataException(
        dropped == 0
            ? file + ": no samples"
            : "%s: in each of the %d rows a value is missing".formatted(file, dropped));
  }
}
