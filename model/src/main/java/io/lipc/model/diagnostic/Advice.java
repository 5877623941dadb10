package io.lipc.model.diagnostic;

import java.util.List;
import java.util.stream.Stream;

/**
 * A way to mend a fault that takes more than a sentence.
 *
 * @param sentence what to do
 * @param lines what to run for it, such as a few lines of Python; possibly none
 */
public record Advice(String sentence, List<String> lines) {

  public Advice {
    lines = List.copyOf(lines);
  }

  /** A sentence and the lines that do what it says. */
  public static Advice of(String sentence, String... lines) {
    return new Advice(sentence, List.of(lines));
  }

  /** The advice as further lines of a message. */
  List<Diagnostic.Line> shown() {
    return Stream.concat(
            Stream.of(new Diagnostic.Line(Diagnostic.Label.HELP, sentence)),
            lines.stream().map(line -> new Diagnostic.Line(Diagnostic.Label.TABLE, line)))
        .toList();
  }
}
