package io.lipc.benchmarks;

import io.lipc.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document that a command writes; what stands around it is written by hand. */
final class Section {

  private static final String BEGIN = "<!-- kernels: written by the command above -->\n";
  private static final String END = "<!-- kernels: end -->\n";

  private Section() {}

  /** Replaces what stands between the markers; a file that is not there becomes nothing else. */
  static void replace(Path file, String section) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : BEGIN + END;
    AtomicFile.write(file, replaced(before, section));
  }

  static String replaced(String document, String section) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "the document lacks the lines " + BEGIN.strip() + " and " + END.strip());
    }
    return document.substring(0, begin + BEGIN.length()) + section + document.substring(end);
  }
}
