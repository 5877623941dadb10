package io.lipc.training.table;

import io.lipc.formats.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the samples of a table, row by row: its fields are not kept, its numbers are. */
final class Samples implements RowCollector<Table> {

  private final Path file;
  private final FieldReader reader;
  private final TableColumns columns;
  private final int labelColumn;
  private final NumberColumns featureColumns;
  private final List<double[]> features = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private int dropped;

  Samples(Path file, FieldReader reader, TableColumns columns) {
    this.file = file;
    this.reader = reader;
    this.columns = columns;
    this.labelColumn = columns.answers().getFirst();
    this.featureColumns =
        new NumberColumns(file, reader, columns, NumberColumns.Role.FEATURE, columns.features());
  }

  @Override
  public void add(TableRow row) throws DataException {
    if (reader.format().dropMissing() && isMissing(row)) {
      dropped++;
      return;
    }
    double[] numbers = featureColumns.of(row);
    String label = row.fields().get(labelColumn);
    if (label.isEmpty()) {
      throw columns.fault(
          file,
          row,
          labelColumn,
          "the label is empty; fill it in, or leave such rows out (--drop-missing)");
    }
    features.add(numbers);
    labels.add(label);
  }

  private boolean isMissing(TableRow row) {
    return reader.isMissingLabel(row.fields().get(labelColumn)) || featureColumns.isMissingIn(row);
  }

  @Override
  public Table table() throws DataException {
    featureColumns.requireNoWords();
    if (labels.isEmpty()) {
      throw RowCollector.noSamples(file, dropped);
    }
    List<String> classes = classes();
    if (classes.size() == 1) {
      throw new DataException(
          "%s: all %d samples have the label %s; a classifier needs two classes"
              .formatted(file, labels.size(), Quoted.code(classes.getFirst())));
    }
    Dataset data =
        Dataset.of(
            classes,
            features.toArray(double[][]::new),
            labels.stream().mapToInt(classes::indexOf).toArray());
    return new Table(data, columns.calledFeatures(), columns.headerOfFeatures(), dropped);
  }

  private List<String> classes() throws DataException {
    List<String> distinct = labels.stream().distinct().sorted().toList();
    if (!distinct.stream().allMatch(reader::isNumber)) {
      return distinct;
    }
    List<String> numeric =
        distinct.stream()
            .sorted((a, b) -> Double.compare(reader.value(a), reader.value(b)))
            .toList();
    for (int i = 1; i < numeric.size(); i++) {
      String before = numeric.get(i - 1);
      if (reader.value(before) == reader.value(numeric.get(i))) {
        throw new DataException(
            "%s: %s: labels %s and %s are one number in two spellings"
                .formatted(
                    file,
                    columns.called(labelColumn),
                    Quoted.code(before),
                    Quoted.code(numeric.get(i))));
      }
    }
    return numeric;
  }
}
