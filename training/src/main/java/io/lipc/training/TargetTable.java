package io.lipc.training;

import java.util.List;

/**
 * What was read from a table with targets.
 *
 * @param data its samples; a target is called as its column is, or by its number
 * @param features what messages call the columns of features, in their order: number and name
 * @param droppedRows how many rows were left out, because a value is missing in them
 */
public record TargetTable(RegressionData data, List<String> features, int droppedRows) {

  public TargetTable {
    features = List.copyOf(features);
  }
}
