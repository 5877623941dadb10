package io.lipc.tools.prove;

import io.lipc.formats.BoundedFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.formats.Utf8;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * An instance of a benchmark of the competitions of verifiers.
 *
 * @param model a path within the folder of the benchmark, like {@code query}
 * @param time how long an answer may take
 */
record Instance(Path model, Path query, Duration time) {

  private static final String FILE = "instances.csv";

  private static final int COLUMNS = 3;

  /** A week: a longer time is a mistake. */
  private static final double MOST_SECONDS = 604_800;

  /**
   * The instances of a folder.
   *
   * @throws InputError if its {@code instances.csv} is not there, or has other rows
   */
  static List<Instance> of(Path folder) throws InputError {
    Path file = folder.resolve(FILE);
    try (CSVParser rows =
        CSVParser.parse(Utf8.text(BoundedFile.readRegular(file)), CSVFormat.RFC4180)) {
      List<Instance> all = new ArrayList<>();
      for (CSVRecord row : rows) {
        all.add(of(file, row));
      }
      if (all.isEmpty()) {
        throw fault(file, "it has no row");
      }
      return all;
    } catch (FormatException | UncheckedIOException e) {
      throw fault(file, "it is not CSV: " + e.getMessage());
    } catch (IOException e) {
      throw new InputError(
          Model.unreadable(file, e)
              + "; each of its rows has a model, a query and a time in seconds");
    }
  }

  private static Instance of(Path file, CSVRecord row) throws InputError {
    if (row.size() != COLUMNS) {
      throw fault(
          file,
          "row %d has %d cells; expected: model,query,seconds"
              .formatted(row.getRecordNumber(), row.size()));
    }
    return new Instance(path(file, row.get(0)), path(file, row.get(1)), seconds(file, row.get(2)));
  }

  /** What lies elsewhere has no place among the certificates either. */
  private static Path path(Path file, String text) throws InputError {
    try {
      Path path = Path.of(text.strip()).normalize();
      if (path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
        throw fault(file, Quoted.of(text) + " is no file within the folder");
      }
      return path;
    } catch (InvalidPathException e) {
      throw fault(file, Quoted.of(text) + " is no path");
    }
  }

  private static Duration seconds(Path file, String text) throws InputError {
    try {
      double seconds = Double.parseDouble(text.strip());
      if (seconds > 0 && seconds <= MOST_SECONDS) {
        return Duration.ofNanos((long) (seconds * Duration.ofSeconds(1).toNanos()));
      }
    } catch (NumberFormatException _) {
      // The message is the same.
    }
    throw fault(file, Quoted.of(text) + " is no time in seconds");
  }

  private static InputError fault(Path file, String what) {
    return new InputError(Quoted.of(file.toString()) + ": " + what);
  }
}
