package io.lipc.training.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the samples of a table with columns of targets. */
final class TargetSamples extends RowCollector<RegressionData> {

  private final NumberColumns targetColumns;
  private final List<double[]> targets = new ArrayList<>();

  TargetSamples(Path file, FieldReader reader, TableColumns columns) {
    super(file, reader, columns);
    this.targetColumns =
        new NumberColumns(file, reader, columns, NumberColumns.Role.TARGET, columns.answers());
  }

  @Override
  boolean isMissing(TableRow row) {
    return targetColumns.isMissingIn(row);
  }

  @Override
  void addAnswer(TableRow row) throws DataException {
    targets.add(targetColumns.of(row));
  }

  @Override
  void requireAnswers() throws DataException {
    targetColumns.requireNoWords();
  }

  @Override
  RegressionData data(double[][] rows) throws DataException {
    return RegressionData.of(
        columns.answers().stream().map(columns::shortly).toList(),
        rows,
        targets.toArray(double[][]::new));
  }
}
