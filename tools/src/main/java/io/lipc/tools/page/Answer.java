package io.lipc.tools.page;

import java.util.Locale;

/** The answer about a declared bound. The four are always told apart. */
public enum Answer {
  /** The checker has accepted a certificate of it. */
  PROVED("proved", "good"),
  /** The bound is neither proved nor false. */
  NOT_PROVED("not proved (it may still be true)", "open"),
  /** Two inputs exceed it. */
  FALSE("false: two inputs exceed it", "bad"),
  /** The declaration itself is at fault. */
  REFUSED("refused: the declaration has faults", "bad");

  private final String words;
  private final String style;

  Answer(String words, String style) {
    this.words = words;
    this.style = style;
  }

  /** The word for programs, as in {@code not proved}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  String words() {
    return words;
  }

  String style() {
    return style;
  }
}
