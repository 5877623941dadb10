package io.lipc.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects the samples of a table, row by row: its fields are not kept, its numbers are. */
final class Samples {

  private static final int SHOWN_WORDS = 4;

  private final Path file;
  private final FieldReader reader;
  private final TableColumns columns;
  private final List<Integer> featureColumns;
  private final boolean[] hasNumber;
  private final List<Set<String>> words = new ArrayList<>();
  private final List<double[]> features = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private Optional<DataException> firstWord = Optional.empty();
  private int dropped;

  Samples(Path file, FieldReader reader, TableColumns columns) {
    this.file = file;
    this.reader = reader;
    this.columns = columns;
    this.featureColumns = columns.features();
    this.hasNumber = new boolean[columns.count()];
    for (int column = 0; column < columns.count(); column++) {
      words.add(new LinkedHashSet<>());
    }
  }

  /**
   * One more row.
   *
   * @throws DataException if a value is missing, where such rows are not dropped, or too large
   */
  void add(TableRow row) throws DataException {
    if (reader.format().dropMissing() && isMissing(row)) {
      dropped++;
      return;
    }
    double[] numbers = new double[featureColumns.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = feature(row, featureColumns.get(i));
    }
    String label = row.fields().get(columns.label());
    if (label.isEmpty()) {
      throw fault(
          row,
          columns.label(),
          "the label is empty; fill it in, or leave such rows out (--drop-missing)");
    }
    features.add(numbers);
    labels.add(label);
  }

  private boolean isMissing(TableRow row) {
    return reader.isMissingLabel(row.fields().get(columns.label()))
        || featureColumns.stream()
            .anyMatch(column -> reader.isMissingFeature(row.fields().get(column)));
  }

  /** A word may be the fault of its row or of its column; which, the other rows say. */
  private double feature(TableRow row, int column) throws DataException {
    String field = row.fields().get(column);
    try {
      double value = reader.feature(field);
      hasNumber[column] = true;
      return value;
    } catch (DataException e) {
      DataException fault = fault(row, column, String.valueOf(e.getMessage()));
      if (!reader.isWord(field)) {
        throw fault;
      }
      firstWord = Optional.of(firstWord.orElse(fault));
      words.get(column).add(field);
      return Double.NaN;
    }
  }

  /**
   * All rows as a table.
   *
   * @throws DataException if there are none, a feature is a word, or the labels make no classes
   */
  Table table() throws DataException {
    for (int column : featureColumns) {
      checkWords(column);
    }
    if (firstWord.isPresent()) {
      throw firstWord.get();
    }
    if (labels.isEmpty()) {
      throw new DataException(
          dropped == 0
              ? file + ": no samples"
              : "%s: in each of the %d rows a value is missing".formatted(file, dropped));
    }
    List<String> classes = classes();
    if (classes.size() == 1) {
      throw new DataException(
          "%s: all %d samples have the label `%s`; a classifier needs two classes"
              .formatted(file, labels.size(), classes.getFirst()));
    }
    Dataset data =
        Dataset.of(
            classes,
            features.toArray(double[][]::new),
            labels.stream().mapToInt(classes::indexOf).toArray());
    return new Table(data, featureColumns.stream().map(columns::called).toList(), dropped);
  }

  private void checkWords(int column) throws DataException {
    Set<String> found = words.get(column);
    // One word, or what begins with a digit, is rather a slip or another format of numbers.
    if (hasNumber[column] || found.size() < 2 || found.stream().anyMatch(Samples::hasDigitFirst)) {
      return;
    }
    String shown =
        found.stream()
            .limit(SHOWN_WORDS)
            .map(word -> "`" + word + "`")
            .collect(Collectors.joining(", ", "", found.size() > SHOWN_WORDS ? ", ..." : ""));
    throw new DataException(
        ("%s: %s holds words, not numbers: %s; put one column of 0 and 1 for each of the %d words in"
                + " its place (pandas.get_dummies does), or leave it out")
            .formatted(file, columns.called(column), shown, found.size()));
  }

  private static boolean hasDigitFirst(String field) {
    return field.matches("[+-]?[.,]?\\d.*");
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
            "%s: %s: labels `%s` and `%s` are one number in two spellings"
                .formatted(file, columns.called(columns.label()), before, numeric.get(i)));
      }
    }
    return numeric;
  }

  private DataException fault(TableRow row, int column, String message) {
    return new DataException(
        "%s:%d: %s: %s".formatted(file, row.line(), columns.called(column), message));
  }
}
