package io.lipc.formats;

import java.util.Locale;

/**
 * Messages that quote a file: whatever the file holds, they stay on one line of readable length,
 * and nothing in them moves the cursor of a terminal or the order of its letters.
 */
public final class OneLine {

  /** Longer messages lose their middle: the beginning says where, the end what. */
  private static final int HEAD = 350;

  private static final int TAIL = 140;
  private static final String GAP = " ... ";

  private OneLine() {}

  /** {@code message} with what is not drawn written as an escape, and at most 500 characters. */
  public static String of(String message) {
    String cut = message.length() <= HEAD + GAP.length() + TAIL ? message : shortened(message);
    StringBuilder line = new StringBuilder();
    cut.chars().forEach(c -> append((char) c, line));
    return line.length() <= HEAD + GAP.length() + TAIL
        ? line.toString()
        : shortened(line.toString());
  }

  private static String shortened(String text) {
    return text.substring(0, HEAD) + GAP + text.substring(text.length() - TAIL);
  }

  private static void append(char c, StringBuilder line) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      default -> line.append(c);
    }
  }
}
