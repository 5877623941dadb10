package io.lipc.benchmarks.uci;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows that stand, in a CSV file that only grows. A line counts once its end is written: what a
 * killed program left of a line is cut off by the next one.
 */
final class RowFile implements AutoCloseable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

  private final FileChannel channel;

  private RowFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * The rows of a file; none if it does not exist.
   *
   * @throws IOException if it cannot be read, or a whole line is no row
   */
  static List<Row> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    CSVFormat format = FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(new StringReader(wholeLines(file)), format)) {
      for (CSVRecord line : parser) {
        rows.add(row(file, parser.getCurrentLineNumber(), line));
      }
    }
    return rows;
  }

  private static Row row(Path file, long number, CSVRecord line) throws IOException {
    if (!line.isConsistent()) {
      throw new IOException(
          "%s:%d: %d fields for %d columns"
              .formatted(file, number, line.size(), Row.COLUMNS.size()));
    }
    try {
      return Row.of(line.toMap());
    } catch (IllegalArgumentException e) {
      throw new IOException("%s:%d: %s".formatted(file, number, e.getMessage()), e);
    }
  }

  private static String wholeLines(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  /**
   * Opens a file to write behind its last whole line; makes it where there is none.
   *
   * @throws IOException if it cannot be written, or another program writes to it
   */
  static RowFile open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException(file + ": another program is writing to it");
    }
    channel.truncate(wholeLines(file).getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
    RowFile rows = new RowFile(channel);
    if (channel.size() == 0) {
      rows.write(Row.COLUMNS);
    }
    return rows;
  }

  /** Writes a row, and waits until it is on the disk. */
  void append(Row row) throws IOException {
    write(row.fields());
  }

  private void write(List<String> fields) throws IOException {
    String line = FORMAT.format(fields.toArray()) + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
