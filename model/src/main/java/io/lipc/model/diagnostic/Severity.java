package io.lipc.model.diagnostic;

import java.util.Locale;

/** Whether a diagnostic refuses a network, warns of something odd, or only tells. */
public enum Severity {
  /** The network is refused. */
  ERROR,
  /** The network is proved, and its text probably does not say what was meant. */
  WARNING,
  /** The network is proved, and its text has a consequence that is easily missed. */
  NOTE;

  /** The word for it in messages and files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
