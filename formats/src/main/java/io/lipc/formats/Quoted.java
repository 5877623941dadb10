package io.lipc.formats;

import java.util.Locale;

/**
 * Texts of files within sentences of ours: names of tensors, layers and columns, labels, reasons. A
 * word stands as it is; anything else stands in quotes, which it cannot end, and in visible ASCII
 * alone. So nothing that a file holds is read as a part of the sentence, and no two texts look
 * alike.
 */
public final class Quoted {

  /** Longer texts lose their end: two of them fit into one line. */
  private static final int MOST = 160;

  private static final String MORE = "...";

  private Quoted() {}

  /**
   * A text as it is if it is a word, of ASCII letters, digits and {@code _ . / -}; else between
   * double quotes, with what is not visible ASCII as an escape of Java.
   */
  public static String of(String text) {
    return isWord(text) ? text : '"' + escaped(text, '"') + '"';
  }

  /** A text between backquotes, whatever it is, with the same escapes. */
  public static String code(String text) {
    return '`' + escaped(text, '`') + '`';
  }

  private static boolean isWord(String text) {
    return !text.isEmpty() && text.length() <= MOST && text.chars().allMatch(Quoted::isOfWord);
  }

  private static boolean isOfWord(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_./-".indexOf(c) >= 0;
  }

  private static String escaped(String text, char quote) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String next = escaped(text.charAt(i), quote);
      if (escaped.length() + next.length() > MOST) {
        return escaped + MORE;
      }
      escaped.append(next);
    }
    return escaped.toString();
  }

  private static String escaped(char c, char quote) {
    if (c == '\\' || (c == quote && c == '"')) {
      return "\\" + c;
    }
    return c == quote ? escape(c) : visible(c);
  }

  /** A character of visible ASCII, or a blank, as it is; any other as an escape of Java. */
  static String visible(char c) {
    return c >= ' ' && c <= '~' ? String.valueOf(c) : escape(c);
  }

  private static String escape(char c) {
    return String.format(Locale.ROOT, "\\u%04x", (int) c);
  }
}
