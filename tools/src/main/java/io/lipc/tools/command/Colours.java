package io.lipc.tools.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Colours of what people read, where standard output is a terminal; none there either where {@code
 * NO_COLOR} is set. They change no character of a text.
 */
public final class Colours {

  private static final Pattern FIRST =
      Pattern.compile("(.*?:\\d+:\\d+:|[^:]*:) (error|warning|note): (\\[[a-z-]+\\])(.*)");
  private static final Pattern LABEL =
      Pattern.compile("( +)(required|found|reason|note|help):(.*)");
  private static final Pattern FIELD = Pattern.compile("([a-z]+):( .*)");
  private static final Pattern CARETS = Pattern.compile("( +\\| +)(\\^+)(.*)");

  private final Ansi ansi;

  private Colours(Ansi ansi) {
    this.ansi = ansi;
  }

  /** The colours that the command line was started with. */
  public static Colours of(CommandLine command) {
    return new Colours(command.getColorScheme().ansi());
  }

  /** A message about a network, with all its lines. */
  public String message(String text) {
    return ansi.enabled() ? text.lines().map(this::line).collect(Collectors.joining("\n")) : text;
  }

  private String line(String line) {
    Matcher first = FIRST.matcher(line);
    if (first.matches()) {
      IStyle colour =
          switch (first.group(2)) {
            case "error" -> Style.fg_red;
            case "warning" -> Style.fg_yellow;
            default -> Style.fg_cyan;
          };
      return in(first.group(1), Style.bold)
          + " "
          + in(first.group(2) + ":", colour, Style.bold)
          + " "
          + in(first.group(3), colour)
          + in(first.group(4), Style.bold);
    }
    Matcher label = LABEL.matcher(line);
    if (label.matches()) {
      return label.group(1) + in(label.group(2) + ":", Style.fg_cyan) + label.group(3);
    }
    Matcher carets = CARETS.matcher(line);
    if (carets.matches()) {
      return carets.group(1) + in(carets.group(2) + carets.group(3), Style.fg_red);
    }
    return line;
  }

  /** Lines such as {@code bound: 1.5}, whose names are what messages have as labels. */
  public String fields(String text) {
    return ansi.enabled() ? text.lines().map(this::field).collect(Collectors.joining("\n")) : text;
  }

  private String field(String line) {
    Matcher field = FIELD.matcher(line);
    return field.matches() ? in(field.group(1) + ":", Style.fg_cyan) + field.group(2) : line;
  }

  /** Something that is proved. */
  public String success(String text) {
    return in(text, Style.fg_green, Style.bold);
  }

  /** Something that neither refuses nor is what was asked for. */
  public String doubt(String text) {
    return in(text, Style.fg_yellow, Style.bold);
  }

  /** Something that refuses. */
  public String fault(String text) {
    return in(text, Style.fg_red, Style.bold);
  }

  /** All styles end at once: what switches bold off alone, underlines twice on many terminals. */
  private String in(String text, IStyle... styles) {
    return ansi.enabled() && !text.isEmpty() ? Style.on(styles) + text + Style.reset.on() : text;
  }
}
