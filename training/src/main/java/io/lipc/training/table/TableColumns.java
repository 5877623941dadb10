package io.lipc.training.table;

import io.lipc.formats.Quoted;
import io.lipc.model.diagnostic.Suggestions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns of a table.
 *
 * @param header their names; empty where the first line is a row like all others
 * @param count how many there are
 * @param answers the indices of those that hold what a network is to give, from 0
 * @param dropped the indices of those that are not read
 */
record TableColumns(List<String> header, int count, List<Integer> answers, List<Integer> dropped) {

  private static final int MOST_NAMES = 12;

  TableColumns {
    header = List.copyOf(header);
    answers = List.copyOf(answers);
    dropped = List.copyOf(dropped);
  }

  /**
   * The columns of a table with this first line.
   *
   * @throws DataException if it has no such columns, one is given twice, or all are
   */
  static TableColumns of(Path file, TableRow first, Answers answers, FieldReader reader)
      throws DataException {
    List<String> names = first.fields();
    List<Integer> found = new ArrayList<>();
    for (LabelColumn column : answers.columns()) {
      int at = at(file, names, column, answers.noun(), reader);
      if (found.contains(at)) {
        throw new DataException(
            "%s: column %d is given as a %s twice".formatted(file, at + 1, answers.noun()));
      }
      found.add(at);
    }
    List<Integer> dropped = dropped(file, names, found, answers.noun(), reader);
    if (found.size() + dropped.size() == names.size()) {
      throw new DataException(
          "%s: each of the %d columns is a %s%s, so there are no features"
              .formatted(
                  file, names.size(), answers.noun(), dropped.isEmpty() ? "" : " or left out"));
    }
    boolean isNamed =
        Stream.of(answers.columns(), reader.format().dropped())
            .flatMap(List::stream)
            .anyMatch(LabelColumn.Named.class::isInstance);
    List<Integer> words = new ArrayList<>(dropped);
    if (!answers.areNumbers()) {
      words.addAll(found);
    }
    boolean hasHeader = isNamed || isHeader(names, words, reader);
    return new TableColumns(hasHeader ? names : List.of(), names.size(), found, dropped);
  }

  private static List<Integer> dropped(
      Path file, List<String> names, List<Integer> answers, String noun, FieldReader reader)
      throws DataException {
    List<Integer> dropped = new ArrayList<>();
    for (LabelColumn column : reader.format().dropped()) {
      int at = at(file, names, column, "dropped", reader);
      if (answers.contains(at) || dropped.contains(at)) {
        throw new DataException(
            "%s: column %d is to be left out%s"
                .formatted(file, at + 1, answers.contains(at) ? ", and is a " + noun : " twice"));
      }
      dropped.add(at);
    }
    return dropped;
  }

  private static int at(
      Path file, List<String> names, LabelColumn column, String noun, FieldReader reader)
      throws DataException {
    return switch (column) {
      case LabelColumn.At(int number) -> {
        if (number < 1 || number > names.size()) {
          throw new DataException(
              "%s: there is no %s column %d: columns count from 1 to %d"
                  .formatted(file, noun, number, names.size()));
        }
        yield number - 1;
      }
      case LabelColumn.Named(String name) -> named(file, names, name, noun, reader);
    };
  }

  private static int named(
      Path file, List<String> names, String name, String noun, FieldReader reader)
      throws DataException {
    int at = names.indexOf(name);
    if (at < 0) {
      String place = "%s: there is no %s column %s".formatted(file, noun, Quoted.code(name));
      throw new DataException(
          names.stream().anyMatch(reader::isNumber)
              ? place
                  + ", and the first line has numbers instead of names: give the column's number"
              : place
                  + "; "
                  + Suggestions.closest(name, names)
                      .map(closest -> "did you mean " + Quoted.code(closest) + "?")
                      .orElse("the columns are " + shown(names)));
    }
    if (Collections.frequency(names, name) > 1) {
      throw new DataException(
          "%s: %d columns are called %s; give the column's number"
              .formatted(file, Collections.frequency(names, name), Quoted.code(name)));
    }
    return at;
  }

  private static String shown(List<String> names) {
    String rest = names.size() > MOST_NAMES ? ", ... (" + names.size() + ")" : "";
    return names.stream()
        .limit(MOST_NAMES)
        .map(Quoted::code)
        .collect(Collectors.joining(", ", "", rest));
  }

  /** Whether no field is a number; those of the columns in {@code words} never are. */
  private static boolean isHeader(List<String> fields, List<Integer> words, FieldReader reader) {
    boolean isNamed = false;
    for (int column = 0; column < fields.size(); column++) {
      String field = fields.get(column);
      if (words.contains(column) || field.isEmpty()) {
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
    return IntStream.range(0, count)
        .boxed()
        .filter(c -> !answers.contains(c) && !dropped.contains(c))
        .toList();
  }

  /** The name of a column, or what messages call it where it has none of its own. */
  String shortly(int column) {
    return header.isEmpty()
            || header.get(column).isEmpty()
            || Collections.frequency(header, header.get(column)) > 1
        ? called(column)
        : header.get(column);
  }

  /** The names of the columns of features, as they stand in the header; empty without one. */
  List<String> headerOfFeatures() {
    return hasHeader() ? features().stream().map(header::get).toList() : List.of();
  }

  /** The names that messages use for the columns of features. */
  List<String> calledFeatures() {
    return features().stream().map(this::called).toList();
  }

  /** A fault at the place of a field. */
  DataException fault(Path file, TableRow row, int column, String message) {
    return new DataException("%s:%d: %s: %s".formatted(file, row.line(), called(column), message));
  }

  /** The name that messages use for a column: its number, and its name if it has one. */
  String called(int column) {
    String number = "column " + (column + 1);
    return header.isEmpty() || header.get(column).isEmpty()
        ? number
        : number + " (" + Quoted.code(header.get(column)) + ")";
  }
}
