package io.lipc.training;

import java.util.List;

/**
 * What was read from a table.
 *
 * @param data its samples
 * @param features what messages call the columns of features, in their order: number and name
 * @param droppedRows how many rows were left out, because a value is missing in them
 */
public record Table(Dataset data, List<String> features, int droppedRows) {

  public Table {
    features = List.copyOf(features);
  }
}
