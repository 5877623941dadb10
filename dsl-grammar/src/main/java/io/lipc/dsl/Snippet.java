package io.lipc.dsl;

import java.util.ArrayList;
import java.util.List;

/**
 * The piece of a text around a fault, in plain ASCII. Long lines are cut around the span; a tab is
 * as wide as four blanks wherever it stands, in the line and above the carets alike.
 */
final class Snippet {

  /** As many code points of a line are shown, and so many of them before the fault. */
  private static final int WIDTH = 100;

  private static final int BEFORE = 60;

  private static final String CUT = "...";

  private Snippet() {}

  /** The line before, the line itself, each with its number, and carets below the span. */
  static List<String> of(SourceText source, Span span) {
    String text = source.text();
    int first = Math.max(0, span.column() - 1 - BEFORE);
    int start = startOf(text, span.line());
    List<String> drawing = new ArrayList<>();
    if (span.line() > 1) {
      String before = cut(cells(text, startOf(text, span.line() - 1), first), first);
      if (!before.isBlank()) {
        drawing.add(numbered(span.line() - 1, before));
      }
    }
    List<String> cells = cells(text, start, first);
    drawing.add(numbered(span.line(), cut(cells, first)));
    drawing.add("        | " + carets(cells, first, span));
    return drawing;
  }

  private static String numbered(int line, String text) {
    return (String.format("%7d | ", line) + text).stripTrailing();
  }

  private static int startOf(String text, int line) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start;
  }

  /** The drawings of the code points from number {@code first} on, one more than are shown. */
  private static List<String> cells(String text, int start, int first) {
    List<String> cells = new ArrayList<>();
    int at = start;
    for (int i = 0; i < first + WIDTH + 1 && !endsLine(text, at); i++) {
      int c = text.codePointAt(at);
      if (i >= first) {
        cells.add(drawn(c));
      }
      at += Character.charCount(c);
    }
    return cells;
  }

  private static boolean endsLine(String text, int at) {
    return at >= text.length() || text.charAt(at) == '\n' || text.startsWith("\r\n", at);
  }

  /** Messages are plain ASCII, whatever the text is made of. */
  static String drawn(int c) {
    if (c == '\t') {
      return "    ";
    }
    return c >= ' ' && c < 127 ? Character.toString(c) : "?";
  }

  private static String cut(List<String> cells, int first) {
    if (cells.isEmpty()) {
      return "";
    }
    boolean goesOn = cells.size() > WIDTH;
    String shown = String.join("", cells.subList(0, Math.min(WIDTH, cells.size())));
    return (first > 0 ? CUT : "") + shown + (goesOn ? CUT : "");
  }

  /** At least one caret, also for a point such as the end of the file. */
  private static String carets(List<String> cells, int first, Span span) {
    int from = span.column() - 1 - first;
    int to = Math.min(from + span.length(), Math.min(WIDTH, cells.size()));
    int indent = String.join("", cells.subList(0, from)).length() + (first > 0 ? CUT.length() : 0);
    int width = from < to ? String.join("", cells.subList(from, to)).length() : 1;
    return " ".repeat(indent) + "^".repeat(width);
  }
}
