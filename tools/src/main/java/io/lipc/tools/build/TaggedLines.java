package io.lipc.tools.build;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The output that a goal of Maven reads: each message begins with a line that a letter tags as an
 * error or a note, and goes on in lines that {@code +} tags.
 */
final class TaggedLines {

  private TaggedLines() {}

  static void error(PrintWriter out, String message) {
    write(out, "E", message);
  }

  static void note(CommandSpec spec, String message) {
    write(spec.commandLine().getOut(), "N", message);
  }

  private static void write(PrintWriter out, String tag, String message) {
    out.println(tag + " " + message.lines().reduce((a, b) -> a + "\n+ " + b).orElse(""));
    out.flush();
  }
}
