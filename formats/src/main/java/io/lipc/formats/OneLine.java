package io.lipc.formats;

import java.util.stream.Collectors;

/**
 * Whole messages, which stay on one line of readable length, in visible ASCII, whatever the quoted
 * file holds. So no character of them moves the cursor of a terminal, or looks like another one.
 * Quoted texts go through {@link Quoted} before.
 */
public final class OneLine {

  /** Longer messages lose their middle: the beginning says where, the end what. */
  private static final int HEAD = 350;

  private static final int TAIL = 140;
  private static final String GAP = " ... ";

  private OneLine() {}

  /** {@code message} with what is not visible ASCII as an escape, and at most 500 characters. */
  public static String of(String message) {
    return shortened(visible(shortened(message)));
  }

  /** The same, of whatever length. */
  public static String visible(String message) {
    return message.chars().mapToObj(c -> Quoted.visible((char) c)).collect(Collectors.joining());
  }

  /** The same of each line of a longer message, which line feeds separate. */
  public static String each(String lines) {
    return lines.lines().map(OneLine::visible).collect(Collectors.joining("\n"));
  }

  private static String shortened(String text) {
    return text.length() <= HEAD + GAP.length() + TAIL
        ? text
        : text.substring(0, HEAD) + GAP + text.substring(text.length() - TAIL);
  }
}
