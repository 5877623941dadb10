package io.lipc.tools.train;

import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.BoundedFile;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A text with a network that reads the table's units behind its last one.
 *
 * @param file of the text
 * @param before the content of the file, a byte order mark included
 * @param after the completed content
 * @param trainee what the completed text trains
 * @param first the line that the network begins in, from 1
 * @param last the line that it ends in
 */
record CompletedText(Path file, String before, String after, Trainee trainee, int first, int last) {

  /**
   * The completed text, read back and checked; nothing is written yet.
   *
   * @param text one without faults
   * @param network the name of the network that is to be trained; empty for the last
   * @param raw the network to be added, with a line feed behind each line
   * @throws InputError if the completed text has faults
   */
  static CompletedText of(Model.Text text, Optional<String> network, String raw) throws InputError {
    String before = content(text.file());
    String kept = before.stripTrailing();
    String end = lineEnd(before);
    String after = kept + end + end + raw.replace("\n", end);
    int first = (int) kept.lines().count() + 2;
    int last = (int) after.lines().count();
    return new CompletedText(
        text.file(), before, after, trainee(text, network, after), first, last);
  }

  /** The line end of a text, chosen as by {@code lipc fmt}: the first one decides. */
  private static String lineEnd(String text) {
    int feed = text.indexOf('\n');
    return feed > 0 && text.charAt(feed - 1) == '\r' ? "\r\n" : "\n";
  }

  private static String content(Path file) throws InputError {
    try {
      return new String(BoundedFile.read(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputError(file + " cannot be read: " + e.getMessage());
    }
  }

  private static Trainee trainee(Model.Text text, Optional<String> network, String after)
      throws InputError {
    try {
      SourceText source = decoded(text.source().name(), after);
      return TrainableText.standardisedFaultless(
          new Model.Text(text.file(), text.folder(), source, LipParser.parse(source, "")), network);
    } catch (InputError e) {
      throw new InputError(
          "%s stays as it is: with the network that --write adds, %s"
              .formatted(text.file(), e.getMessage()));
    }
  }

  private static SourceText decoded(String name, String content) throws InputError {
    return switch (SourceText.decode(name, content.getBytes(StandardCharsets.UTF_8))) {
      case SourceText.Accepted accepted -> accepted.source();
      case SourceText.Refused refused -> throw new InputError(refused.diagnostic().message());
    };
  }

  /**
   * Replaces the file that a link leads to, not the link.
   *
   * @throws InputError if it cannot be written, or has changed since it was read
   */
  void write() throws InputError {
    if (!content(file).equals(before)) {
      throw new InputError(file + " has changed while it was read: give the command again");
    }
    try {
      AtomicFile.write(file.toRealPath(), after);
    } catch (IOException e) {
      throw new InputError(file + " cannot be written: " + e.getMessage());
    }
  }

  /** The line that says which file got which network. */
  String line() {
    return "text:     %s got %s, lines %d to %d"
        .formatted(file, trainee.raw().orElseThrow().network().name(), first, last);
  }
}
