package io.lipc.tools.command;

import io.lipc.formats.OneLine;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * A stream of visible ASCII, in lines, whatever texts of files are printed to it. Any other
 * character is written as an escape of Java, which within JSON means the same character. Colours
 * are the one exception, where they are on.
 */
public final class PlainText extends FilterWriter {

  private static final char ESCAPE = '\u001b';

  private final boolean colours;

  private PlainText(Writer out, boolean colours) {
    super(out);
    this.colours = colours;
  }

  /**
   * Prints to {@code out}.
   *
   * @param colours whether sequences of colours go through
   */
  public static PrintWriter to(PrintWriter out, boolean colours) {
    return new PrintWriter(new PlainText(out, colours), true);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c), 0, 1);
  }

  @Override
  public void write(char[] text, int from, int count) throws IOException {
    write(new String(text, from, count), 0, count);
  }

  @Override
  public void write(String text, int from, int count) throws IOException {
    StringBuilder plain = new StringBuilder(count);
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      plain.append(isLayout(c) ? String.valueOf(c) : OneLine.visible(String.valueOf(c)));
    }
    out.write(plain.toString());
  }

  private boolean isLayout(char c) {
    return c == '\n' || c == '\r' || c == '\t' || (colours && c == ESCAPE);
  }
}
