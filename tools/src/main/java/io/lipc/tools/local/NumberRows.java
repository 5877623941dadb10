package io.lipc.tools.local;

import io.lipc.formats.BoundedFile;
import io.lipc.formats.Quoted;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rows of finite numbers in a file: one row in a line, with commas between its numbers. */
final class NumberRows {

  private NumberRows() {}

  /**
   * The rows of a file; empty lines are none.
   *
   * @param width how many numbers each row has
   * @param meant what one row says, for messages
   * @throws InputError if the file cannot be read, has no row, or a row with something else
   */
  static List<List<Double>> read(Path file, int width, String meant) throws InputError {
    List<List<Double>> rows = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!line.isBlank()) {
        rows.add(row(line, width, meant, Quoted.of(file.toString()) + ", line " + number));
      }
    }
    if (rows.isEmpty()) {
      throw new InputError(Quoted.of(file.toString()) + " has no row of numbers: " + meant);
    }
    return rows;
  }

  private static List<String> lines(Path file) throws InputError {
    try {
      return new String(BoundedFile.read(file), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      throw new InputError("there is no file " + Quoted.of(file.toString()));
    } catch (IOException e) {
      throw new InputError(Quoted.of(file.toString()) + " cannot be read: " + e.getMessage());
    }
  }

  private static List<Double> row(String line, int width, String meant, String where)
      throws InputError {
    String[] fields = line.split(",", -1);
    if (fields.length != width) {
      throw new InputError(
          "%s: %d numbers, where %d are needed: %s".formatted(where, fields.length, width, meant));
    }
    List<Double> row = new ArrayList<>();
    for (String field : fields) {
      row.add(number(field.strip(), where));
    }
    return row;
  }

  /** A finite double; a zero has no sign. */
  private static double number(String field, String where) throws InputError {
    double value;
    try {
      value = Double.parseDouble(field);
    } catch (NumberFormatException e) {
      throw new InputError(where + ": " + Quoted.of(field) + " is no number");
    }
    if (!Double.isFinite(value)) {
      throw new InputError(where + ": " + Quoted.of(field) + " is not finite");
    }
    return value + 0.0;
  }
}
