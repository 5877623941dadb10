package io.lipc.training.table;

import io.lipc.formats.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the samples of a table with a column of labels. */
final class Samples extends RowCollector<Dataset> {

  private final int labelColumn;
  private final List<String> labels = new ArrayList<>();

  Samples(Path file, FieldReader reader, TableColumns columns) {
    super(file, reader, columns);
    this.labelColumn = columns.answers().getFirst();
  }

  @Override
  boolean isMissing(TableRow row) {
    return reader.isMissingLabel(row.fields().get(labelColumn));
  }

  @Override
  void addAnswer(TableRow row) throws DataException {
    String label = row.fields().get(labelColumn);
    if (label.isEmpty()) {
      throw columns.fault(
          file,
          row,
          labelColumn,
          "the label is empty; fill it in, or leave such rows out (--drop-missing)");
    }
    labels.add(label);
  }

  /** Labels are any texts. */
  @Override
  void requireAnswers() {}

  @Override
  Dataset data(double[][] rows) throws DataException {
    List<String> classes = classes();
    if (classes.size() == 1) {
      throw new DataException(
          "%s: all %d samples have the label %s; a classifier needs two classes"
              .formatted(file, labels.size(), Quoted.code(classes.getFirst())));
    }
    return Dataset.of(classes, rows, labels.stream().mapToInt(classes::indexOf).toArray());
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
