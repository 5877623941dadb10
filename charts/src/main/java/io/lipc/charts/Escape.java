package io.lipc.charts;

/**
 * The one place where texts become part of a page. Its result is ASCII, and holds no markup
 * whatever the text was: names of networks and files are not trusted.
 */
public final class Escape {

  /** Letters of Hangul and a pattern of Braille that are drawn as blanks. */
  private static final String BLANKS = "\u115f\u1160\u3164\uffa0\u2800";

  private Escape() {}

  /**
   * Escapes a text for the content of an element or the value of an attribute, in HTML and in XML.
   */
  static String of(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    visible(text).codePoints().forEach(point -> append(escaped, point));
    return escaped.toString();
  }

  /**
   * Labels stay in the letters of their own language. Characters that XML forbids, that are not
   * drawn or drawn as a blank, or that change the order or the look of others, are spelt out.
   */
  public static String visible(String text) {
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point != '\n' && isUnseen(point)) {
                seen.append("\\u{").append(Integer.toHexString(point)).append('}');
              } else {
                seen.appendCodePoint(point);
              }
            });
    return seen.toString();
  }

  private static void append(StringBuilder escaped, int point) {
    switch (point) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> {
        if (point > '~') {
          escaped.append("&#").append(point).append(';');
        } else {
          escaped.appendCodePoint(point);
        }
      }
    }
  }

  private static boolean isUnseen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          true;
      case Character.SPACE_SEPARATOR -> point != ' ';
      default -> BLANKS.indexOf(point) >= 0;
    };
  }
}
