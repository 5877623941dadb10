package io.lipc.training.table;

import io.lipc.formats.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads some columns of a table as numbers, and remembers the words that it meets. */
final class NumberColumns {

  /** The role of a column of numbers. */
  enum Role {
    FEATURE("feature"),
    TARGET("target");

    private final String noun;

    Role(String noun) {
      this.noun = noun;
    }
  }

  private static final int SHOWN_WORDS = 4;

  /** More words are names or free texts rather than kinds: a column for each says nothing. */
  private static final int MOST_WORDS = 50;

  private final Path file;
  private final FieldReader reader;
  private final TableColumns columns;
  private final Role role;
  private final List<Integer> indices;
  private final boolean[] hasNumber;
  private final List<Set<String>> words = new ArrayList<>();
  private Optional<DataException> firstWord = Optional.empty();

  /** The columns with these indices, in this order. */
  NumberColumns(
      Path file, FieldReader reader, TableColumns columns, Role role, List<Integer> indices) {
    this.file = file;
    this.reader = reader;
    this.columns = columns;
    this.role = role;
    this.indices = List.copyOf(indices);
    this.hasNumber = new boolean[indices.size()];
    for (int i = 0; i < indices.size(); i++) {
      words.add(new LinkedHashSet<>());
    }
  }

  /** Whether one of the numbers is not known. */
  boolean isMissingIn(TableRow row) {
    return indices.stream().anyMatch(column -> reader.isMissingNumber(row.fields().get(column)));
  }

  /**
   * The numbers of a row; NaN in place of a word, of which {@link #requireNoWords} tells.
   *
   * @throws DataException if a number is missing or too large
   */
  double[] of(TableRow row) throws DataException {
    double[] numbers = new double[indices.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(row, i);
    }
    return numbers;
  }

  /** A word may be the fault of its row or of its column; which, the other rows say. */
  private double number(TableRow row, int i) throws DataException {
    String field = row.fields().get(indices.get(i));
    try {
      double value = reader.number(role.noun, field);
      hasNumber[i] = true;
      return value;
    } catch (DataException e) {
      DataException fault =
          columns.fault(file, row, indices.get(i), String.valueOf(e.getMessage()));
      if (!reader.isWord(field)) {
        throw fault;
      }
      firstWord = Optional.of(firstWord.orElse(fault));
      words.get(i).add(field);
      return Double.NaN;
    }
  }

  /**
   * Speaks up once all rows are read.
   *
   * @throws DataException if there was a word: about its column, where that has no number, else
   *     about its row
   */
  void requireNoWords() throws DataException {
    for (int i = 0; i < indices.size(); i++) {
      checkWords(i);
    }
    if (firstWord.isPresent()) {
      throw firstWord.get();
    }
  }

  private void checkWords(int i) throws DataException {
    Set<String> found = words.get(i);
    // One word, or what begins with a digit, is rather a slip or another format of numbers.
    if (hasNumber[i] || found.size() < 2 || found.stream().anyMatch(NumberColumns::hasDigitFirst)) {
      return;
    }
    String shown =
        found.stream()
            .limit(SHOWN_WORDS)
            .map(Quoted::code)
            .collect(Collectors.joining(", ", "", found.size() > SHOWN_WORDS ? ", ..." : ""));
    throw new DataException(
        "%s: %s holds words, not numbers: %s; %s"
            .formatted(
                file, columns.called(indices.get(i)), shown, help(indices.get(i), found.size())));
  }

  private String help(int column, int words) {
    String without = "leave it out (--drop-column " + (column + 1) + ")";
    return switch (role) {
      case FEATURE ->
          words > MOST_WORDS
              ? "these are %d different words, too many to learn from; %s".formatted(words, without)
              : ("put one column of 0 and 1 for each of the %d words in its place"
                      + " (pandas.get_dummies with dtype=int does), or %s")
                  .formatted(words, without);
      case TARGET -> "a target is a number; for classes, give the column as --label-column";
    };
  }

  private static boolean hasDigitFirst(String field) {
    return field.matches("[+-]?[.,]?\\d.*");
  }
}
