package io.lipc.dsl;

import java.util.ArrayList;
import java.util.List;

/** Draws faults as people read them: the message, the lines of the text, and carets. */
public final class TextRenderer {

  private TextRenderer() {}

  /**
   * The finding for a terminal: {@code policy.lip:3:19: error: [shape-mismatch] ...}, without a
   * line end.
   */
  public static String render(SourceText source, TextFinding finding) {
    List<String> lines = finding.diagnostic().message(Snippet.of(source, finding.span()));
    String severity = finding.diagnostic().severity().word();
    return position(source, finding.span()) + ": " + severity + ": " + String.join("\n", lines);
  }

  /** The finding for javac, which puts its own file and line before the message. */
  public static String renderInJava(SourceText source, TextFinding finding) {
    List<String> drawing = new ArrayList<>();
    drawing.add("  note: at " + position(source, finding.span()));
    drawing.addAll(Snippet.of(source, finding.span()));
    return String.join("\n", finding.diagnostic().message(drawing));
  }

  private static String position(SourceText source, Span span) {
    StringBuilder name = new StringBuilder();
    source.name().codePoints().mapToObj(Snippet::drawn).forEach(name::append);
    return name + ":" + span.line() + ":" + span.column();
  }
}
