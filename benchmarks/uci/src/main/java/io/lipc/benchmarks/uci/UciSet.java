package io.lipc.benchmarks.uci;

import io.lipc.training.table.CsvData;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A set in the form of Fernández-Delgado et al. (2014): {@code NAME.csv}, features and then the
 * class, and {@code NAME.test-folds.csv}, a column a fold, 1 for rows of the test.
 *
 * @param marked by fold, from 0, and row: whether the row is marked
 */
record UciSet(String name, Dataset data, boolean[][] marked) {

  private static final String TABLE = ".csv";
  private static final String FOLDS = ".test-folds.csv";

  /**
   * Two parts of a set that share no row.
   *
   * @param marked a quarter of the rows, in most sets
   */
  record Fold(Dataset marked, Dataset rest) {}

  /**
   * The names of all sets in a folder, in their order.
   *
   * @throws DataException if there is none
   */
  static List<String> names(Path folder) throws IOException, DataException {
    if (!Files.isDirectory(folder)) {
      throw new DataException("there is no folder " + folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(FOLDS))
              .map(file -> file.substring(0, file.length() - FOLDS.length()))
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw new DataException(folder + ": no set, which would be SET.csv and SET" + FOLDS);
      }
      return names;
    }
  }

  /** The two files of a set. */
  static List<Path> files(Path folder, String name) {
    return List.of(folder.resolve(name + TABLE), folder.resolve(name + FOLDS));
  }

  /**
   * Reads a set.
   *
   * @throws DataException if the files are not as above; it names file and line
   */
  static UciSet read(Path folder, String name) throws IOException, DataException {
    Path table = folder.resolve(name + TABLE);
    Path folds = folder.resolve(name + FOLDS);
    for (Path file : files(folder, name)) {
      if (!Files.isRegularFile(file)) {
        throw new DataException(
            "there is no set %s in %s: %s is missing".formatted(name, folder, file.getFileName()));
      }
    }
    int columns = columns(table);
    Dataset data = CsvData.read(table, columns);
    List<String> lines = Files.readAllLines(folds);
    if (lines.size() != data.size()) {
      throw new DataException(
          "%s: %d lines for the %d rows of %s"
              .formatted(folds, lines.size(), data.size(), table.getFileName()));
    }
    List<String[]> marks = new ArrayList<>();
    for (String line : lines) {
      String[] row = line.split(",", -1);
      boolean isWhole = marks.isEmpty() || row.length == marks.getFirst().length;
      if (!isWhole || !Arrays.stream(row).allMatch(mark -> mark.equals("0") || mark.equals("1"))) {
        throw new DataException(
            "%s:%d: not a 0 or 1 for each fold: %s".formatted(folds, marks.size() + 1, line));
      }
      marks.add(row);
    }
    boolean[][] marked = new boolean[marks.getFirst().length][marks.size()];
    for (int row = 0; row < marks.size(); row++) {
      for (int fold = 0; fold < marked.length; fold++) {
        marked[fold][row] = marks.get(row)[fold].equals("1");
      }
    }
    return new UciSet(name, data, marked);
  }

  /** The class is in the last one; an empty file has a message of {@link CsvData}. */
  private static int columns(Path table) throws IOException {
    try (Stream<String> lines = Files.lines(table)) {
      return lines.findFirst().map(line -> line.split(",", -1).length).orElse(1);
    }
  }

  /**
   * The set of each run, in the order of the plan; every one is read once.
   *
   * @throws DataException if one is not as above, or has no such fold
   */
  static Map<Run, UciSet> of(Plan plan, Path folder) throws IOException, DataException {
    Map<String, UciSet> byName = new HashMap<>();
    Map<Run, UciSet> sets = new LinkedHashMap<>();
    for (Run run : plan.runs()) {
      UciSet known = byName.get(run.set());
      UciSet set = known == null ? read(folder, run.set()) : known;
      set.requireFold(run.fold());
      byName.put(run.set(), set);
      sets.put(run, set);
    }
    return sets;
  }

  /**
   * Says whether there is a fold.
   *
   * @throws DataException if there is none
   */
  void requireFold(int number) throws DataException {
    if (number < 1 || number > marked.length) {
      throw new DataException(
          "%s has %d folds, but no fold %d".formatted(name, marked.length, number));
    }
  }

  /**
   * A fold, counted from 1.
   *
   * @throws DataException if there is no such fold, or one of its parts is empty
   */
  Fold fold(int number) throws DataException {
    requireFold(number);
    return new Fold(rows(marked[number - 1], true), rows(marked[number - 1], false));
  }

  private Dataset rows(boolean[] marks, boolean wanted) throws DataException {
    return data.subset(
        IntStream.range(0, marks.length).filter(row -> marks[row] == wanted).toArray());
  }
}
