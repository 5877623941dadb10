package io.lipc.training.table;

import java.util.List;

/**
 * Samples that were read from a table, with the names of its columns.
 *
 * @param <D> its samples, with classes or with targets
 * @param data its samples; a target is called as its column is, or by its number
 * @param features what messages call the columns of features, in their order: number and name
 * @param header the names of these columns where the table has a header, else empty
 * @param droppedRows how many rows were left out, because a value is missing in them
 */
public record Table<D extends FeatureRows<D>>(
    D data, List<String> features, List<String> header, int droppedRows) {

  public Table {
    features = List.copyOf(features);
    header = List.copyOf(header);
  }

  /**
   * The same table with every feature multiplied by {@code factor}; classes or targets stay.
   *
   * @throws DataException if a feature is not finite then
   */
  public Table<D> scaled(double factor) throws DataException {
    return new Table<>(data.scaled(factor), features, header, droppedRows);
  }
}
