package io.lipc.training.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the samples of a table with targets, row by row. */
final class TargetSamples implements RowCollector<TargetTable> {

  private final Path file;
  private final FieldReader reader;
  private final TableColumns columns;
  private final NumberColumns featureColumns;
  private final NumberColumns targetColumns;
  private final List<double[]> features = new ArrayList<>();
  private final List<double[]> targets = new ArrayList<>();
  private int dropped;

  TargetSamples(Path file, FieldReader reader, TableColumns columns) {
    this.file = file;
    this.reader = reader;
    this.columns = columns;
    this.featureColumns =
        new NumberColumns(file, reader, columns, NumberColumns.Role.FEATURE, columns.features());
    this.targetColumns =
        new NumberColumns(file, reader, columns, NumberColumns.Role.TARGET, columns.answers());
  }

  @Override
  public void add(TableRow row) throws DataException {
    if (reader.format().dropMissing()
        && (featureColumns.isMissingIn(row) || targetColumns.isMissingIn(row))) {
      dropped++;
      return;
    }
    features.add(featureColumns.of(row));
    targets.add(targetColumns.of(row));
  }

  @Override
  public TargetTable table() throws DataException {
    targetColumns.requireNoWords();
    featureColumns.requireNoWords();
    if (features.isEmpty()) {
      throw RowCollector.noSamples(file, dropped);
    }
    RegressionData data =
        RegressionData.of(
            columns.answers().stream().map(columns::shortly).toList(),
            features.toArray(double[][]::new),
            targets.toArray(double[][]::new));
    return new TargetTable(data, columns.calledFeatures(), columns.headerOfFeatures(), dropped);
  }
}
