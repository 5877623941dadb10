package io.lipc.training.table;

import java.util.List;

/** What was read from a table, whatever its rows are to teach. */
public sealed interface SampleTable permits Table, TargetTable {

  /** Its samples. */
  FeatureRows data();

  /** What messages call the columns of features, in their order: number and name. */
  List<String> features();

  /** The names of these columns where the table has a header, else empty. */
  List<String> header();

  /** How many rows were left out, because a value is missing in them. */
  int droppedRows();
}
