package io.lipc.training;

import io.lipc.model.diagnostic.Suggestions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a table.
 *
 * @param header their names; empty where the first line is a row like all others
 * @param count how many there are, with the one of labels
 * @param label the index of the labels, from 0
 */
record TableColumns(List<String> header, int count, int label) {

  private static final int MOST_NAMES = 12;

  TableColumns {
    header = List.copyOf(header);
  }

  /**
   * The columns of a table with this first line.
   *
   * @throws DataException if it has no such column of labels
   */
  static TableColumns of(Path file, TableRow first, LabelColumn label, FieldReader reader)
      throws DataException {
    List<String> names = first.fields();
    return switch (label) {
      case LabelColumn.At(int number) -> {
        if (number < 1 || number > names.size()) {
          throw new DataException(
              "%s: there is no label column %d: columns count from 1 to %d"
                  .formatted(file, number, names.size()));
        }
        boolean isHeader = isHeader(names, number - 1, reader);
        yield new TableColumns(isHeader ? names : List.of(), names.size(), number - 1);
      }
      case LabelColumn.Named(String name) ->
          new TableColumns(names, names.size(), named(file, names, name, reader));
    };
  }

  private static int named(Path file, List<String> names, String name, FieldReader reader)
      throws DataException {
    int at = names.indexOf(name);
    if (at < 0) {
      String written = "`" + name + "`";
      throw new DataException(
          names.stream().anyMatch(reader::isNumber)
              ? "%s: there is no label column %s, and the first line has numbers instead of names: give the column's number"
                  .formatted(file, written)
              : "%s: there is no label column %s; %s"
                  .formatted(
                      file,
                      written,
                      Suggestions.closest(name, names)
                          .map(closest -> "did you mean `" + closest + "`?")
                          .orElse("the columns are " + shown(names))));
    }
    if (Collections.frequency(names, name) > 1) {
      throw new DataException(
          "%s: %d columns are called `%s`; give the column's number"
              .formatted(file, Collections.frequency(names, name), name));
    }
    return at;
  }

  private static String shown(List<String> names) {
    String rest = names.size() > MOST_NAMES ? ", ... (" + names.size() + ")" : "";
    return names.stream()
        .limit(MOST_NAMES)
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", ", "", rest));
  }

  private static boolean isHeader(List<String> fields, int label, FieldReader reader) {
    boolean isNamed = false;
    for (int column = 0; column < fields.size(); column++) {
      String field = fields.get(column);
      if (column == label || field.isEmpty()) {
        continue;
      }
      if (!reader.isWord(field)) {
        return false;
      }
      isNamed = true;
    }
    return isNamed;
  }

  boolean hasHeader() {
    return !header.isEmpty();
  }

  /** The columns of features, in order. */
  List<Integer> features() {
    return IntStream.range(0, count).filter(column -> column != label).boxed().toList();
  }

  /** What messages call a column: its number, and its name if it has one. */
  String called(int column) {
    String number = "column " + (column + 1);
    return header.isEmpty() || header.get(column).isEmpty()
        ? number
        : number + " (`" + header.get(column) + "`)";
  }
}
