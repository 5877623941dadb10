package io.lipc.tools.train;

import io.lipc.formats.AtomicFile;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Utf8;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trials of a search in a table, one a row, each saved when it is over. For several threads.
 *
 * <p>Its rows begin with the first digits of a digest of what the search is about, so that trials
 * of another network, table or options are not taken for its own.
 */
final class TrialFile {

  private static final int DIGITS = 16;
  private static final int BEFORE_SHARES = 5;

  private final Path file;
  private final String search;
  private final List<Double> distances;
  private final Map<Trial, Tried> rows = new LinkedHashMap<>();

  private TrialFile(Path file, String search, List<Double> distances) {
    this.file = file;
    this.search = search;
    this.distances = distances;
  }

  /**
   * The trials that a file holds, none if it does not exist yet; makes its folder.
   *
   * @param about everything that decides what a trial brings
   * @param distances at which certified accuracy is measured
   * @throws InputError if the file cannot be read or written, is of another search, or no such
   *     table
   */
  static TrialFile open(Path file, Digest about, List<Double> distances) throws InputError {
    TrialFile trials =
        new TrialFile(file, about.hex().substring(0, DIGITS), List.copyOf(distances));
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.exists(file)) {
        trials.read(Utf8.text(BoundedFile.readRegular(file)).lines().toList());
      }
      // Found before the first trial is over.
      trials.write();
    } catch (FormatException e) {
      throw new InputError(file + " is not a table of trials: " + e.getMessage());
    } catch (IOException e) {
      throw new InputError(file + " cannot be read and written: " + e.getMessage());
    }
    return trials;
  }

  private void read(List<String> lines) throws InputError {
    if (lines.isEmpty() || !lines.getFirst().startsWith("search,")) {
      throw new InputError(file + " is not a table of trials; delete it, or name another --out");
    }
    for (int line = 1; line < lines.size(); line++) {
      List<String> fields = Arrays.asList(lines.get(line).split(",", -1));
      if (!fields.getFirst().equals(search)) {
        throw new InputError(
            file
                + " belongs to another search: network, table or options differ from those given"
                + " now; delete it to start anew, or name another --out");
      }
      add(line + 1, fields);
    }
  }

  private void add(int line, List<String> fields) throws InputError {
    try {
      LossConstants loss =
          new LossConstants(Double.parseDouble(fields.get(1)), Double.parseDouble(fields.get(2)));
      Trial trial =
          new Trial(loss, Integer.parseInt(fields.get(3)), Integer.parseInt(fields.get(4)));
      List<String> shares = fields.subList(BEFORE_SHARES, fields.size());
      if (shares.size() != distances.size() + 1) {
        throw new IndexOutOfBoundsException(shares.size());
      }
      boolean hasFailed = shares.stream().allMatch(String::isEmpty);
      rows.put(
          trial,
          new Tried(
              trial,
              hasFailed
                  ? Optional.empty()
                  : Optional.of(shares.stream().map(Double::parseDouble).toList())));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new InputError(
          "%s:%d: not a trial; delete the file to start anew".formatted(file, line));
    }
  }

  Path path() {
    return file;
  }

  /** The number of trials in the file. */
  synchronized int size() {
    return rows.size();
  }

  /** The epochs of its trials. */
  synchronized long epochs() {
    return rows.keySet().stream().mapToLong(Trial::epochs).sum();
  }

  /** The result of a trial, if it is over. */
  synchronized Optional<Tried> find(Trial trial) {
    return Optional.ofNullable(rows.get(trial));
  }

  /**
   * One more row.
   *
   * @throws UncheckedIOException if the file cannot be written; then it is as it was
   */
  synchronized void add(Tried tried) {
    rows.put(tried.trial(), tried);
    try {
      write();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> names = new ArrayList<>();
    names.addAll(List.of("search", "temperature", "offset", "epochs", "split", "accuracy"));
    distances.forEach(distance -> names.add("certified at " + distance));
    lines.add(String.join(",", names));
    rows.values().forEach(tried -> lines.add(line(tried)));
    AtomicFile.write(file, String.join("\n", lines) + "\n");
  }

  private String line(Tried tried) {
    Trial trial = tried.trial();
    List<String> fields = new ArrayList<>();
    fields.add(search);
    fields.add(Double.toString(trial.loss().temperature()));
    fields.add(Double.toString(trial.loss().offset()));
    fields.add(Integer.toString(trial.epochs()));
    fields.add(Integer.toString(trial.split()));
    for (int i = 0; i <= distances.size(); i++) {
      int share = i;
      fields.add(tried.shares().map(shares -> Double.toString(shares.get(share))).orElse(""));
    }
    return String.join(",", fields);
  }
}
