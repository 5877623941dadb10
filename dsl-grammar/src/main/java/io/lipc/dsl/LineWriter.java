package io.lipc.dsl;

import java.util.ArrayList;
import java.util.List;

/** Lines while they are laid out. Comments at the ends of lines that follow each other align. */
final class LineWriter {

  private static final class Line {
    private final StringBuilder code = new StringBuilder();
    private boolean hasCode;
    private String comment = "";

    boolean isEmpty() {
      return !hasCode && comment.isEmpty();
    }

    void append(String text) {
      code.append(text);
      hasCode |= !text.isBlank();
    }

    int width() {
      return code.codePointCount(0, code.length());
    }
  }

  private final List<Line> lines = new ArrayList<>(List.of(new Line()));
  private int indent;

  private Line last() {
    return lines.getLast();
  }

  /** Goes to a new line, unless nothing stands on this one yet. */
  void newline(int newIndent) {
    if (!last().isEmpty()) {
      lines.add(new Line());
    }
    indent = newIndent;
    last().code.setLength(0);
    last().code.repeat(' ', newIndent);
  }

  /** Leaves a line empty before this one, on which nothing stands yet. */
  void blank() {
    if (lines.size() > 1 && !lines.get(lines.size() - 2).isEmpty()) {
      lines.add(lines.size() - 1, new Line());
    }
  }

  /** How many columns of the line are taken. */
  int column() {
    return last().width();
  }

  void text(String text, boolean afterBlank) {
    if (afterBlank && !last().isEmpty()) {
      last().code.append(' ');
    }
    last().append(text);
  }

  void comment(Atom comment) {
    if (comment.isLineComment()) {
      last().comment = comment.text().stripTrailing();
      return;
    }
    List<String> parts = comment.text().lines().map(String::stripTrailing).toList();
    text(parts.getFirst(), true);
    boolean starred = parts.stream().skip(1).allMatch(part -> part.strip().startsWith("*"));
    for (String part : parts.subList(1, parts.size())) {
      lines.add(new Line());
      last().append(starred ? " ".repeat(indent + 1) + part.strip() : part);
    }
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < lines.size(); ) {
      int to = from + 1;
      while (to < lines.size() && endsInComment(from) && endsInComment(to)) {
        to++;
      }
      append(text, lines.subList(from, to));
      from = to;
    }
    return lines.getFirst().isEmpty() ? "" : text.toString();
  }

  private boolean endsInComment(int line) {
    return !lines.get(line).comment.isEmpty() && lines.get(line).hasCode;
  }

  private static void append(StringBuilder text, List<Line> run) {
    int width = run.stream().mapToInt(Line::width).max().orElse(0);
    for (Line line : run) {
      if (line.hasCode) {
        text.append(line.code);
        text.repeat(' ', line.comment.isEmpty() ? 0 : width - line.width() + 1);
      } else if (!line.comment.isEmpty()) {
        text.append(line.code);
      }
      text.append(line.comment).append('\n');
    }
  }
}
