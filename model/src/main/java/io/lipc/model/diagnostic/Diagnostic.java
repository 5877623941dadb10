package io.lipc.model.diagnostic;

import java.util.ArrayList;
import java.util.List;

/**
 * One fault or oddity, said once: a value without a position, so that every front end and every
 * tool can show it in its own way.
 *
 * @param id what kind of fault it is
 * @param summary one lower-case sentence that stands alone, with the numbers that matter
 * @param lines the rest of the message, in order
 */
public record Diagnostic(DiagnosticId id, String summary, List<Line> lines) {

  public Diagnostic {
    lines = List.copyOf(lines);
  }

  /** A message that is its headline alone. */
  public static Diagnostic of(DiagnosticId id, String summary) {
    return new Diagnostic(id, summary, List.of());
  }

  /** The same message with a line that says what the rule asks for. */
  public Diagnostic required(String text) {
    return with(Label.REQUIRED, text);
  }

  /** The same message with a line that says which text was found instead. */
  public Diagnostic found(String text) {
    return with(Label.FOUND, text);
  }

  /** The same message with a line that says why the two differ. */
  public Diagnostic reason(String text) {
    return with(Label.REASON, text);
  }

  Diagnostic table(List<String> rows) {
    Diagnostic extended = this;
    for (String row : rows) {
      extended = extended.with(Label.TABLE, row);
    }
    return extended;
  }

  Diagnostic note(String text) {
    return with(Label.NOTE, text);
  }

  /** The same message with a line that says how to mend the fault. */
  public Diagnostic help(String text) {
    return with(Label.HELP, text);
  }

  /** The same message with a way to mend the fault. */
  public Diagnostic help(Advice advice) {
    List<Line> extended = new ArrayList<>(lines);
    extended.addAll(advice.shown());
    return new Diagnostic(id, summary, extended);
  }

  private Diagnostic with(Label label, String text) {
    List<Line> extended = new ArrayList<>(lines);
    extended.add(new Line(label, text));
    return new Diagnostic(id, summary, extended);
  }

  /** Whether it refuses a network. */
  public Severity severity() {
    return id.severity();
  }

  /** The first line of the message: {@code [kebab-id] summary}. */
  public String headline() {
    return "[" + id.word() + "] " + printable(summary);
  }

  /** The lines behind the headline, each indented by two blanks and without line ends. */
  public List<String> body() {
    return lines.stream().map(line -> line.label().prefix + printable(line.text())).toList();
  }

  /** The whole message, without a position. */
  public String message() {
    return String.join("\n", message(List.of()));
  }

  /**
   * The whole message with a drawing between headline and body.
   *
   * @param snippet lines that show the place in the source
   */
  public List<String> message(List<String> snippet) {
    List<String> all = new ArrayList<>();
    all.add(headline());
    all.addAll(snippet);
    all.addAll(body());
    return all;
  }

  /** Messages are plain ASCII whatever the user's names are made of. */
  private static String printable(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.chars()
        .forEach(
            c -> {
              if (c >= ' ' && c < 127) {
                ascii.append((char) c);
              } else {
                ascii.append(String.format("\\u%04x", c));
              }
            });
    return ascii.toString();
  }

  /** A further line of a message. */
  public record Line(Label label, String text) {}

  /** The kind of a further line: facts first, then how to mend the fault. */
  public enum Label {
    /** The requirement of the rule. */
    REQUIRED("  required: "),
    /** The value that was found instead. */
    FOUND("  found:    "),
    /** Why the two differ. */
    REASON("  reason:   "),
    /** A row of a table. */
    TABLE("    "),
    /** A fact that helps to see the fault. */
    NOTE("  note: "),
    /** A way to mend it. */
    HELP("  help: ");

    private final String prefix;

    Label(String prefix) {
      this.prefix = prefix;
    }
  }
}
