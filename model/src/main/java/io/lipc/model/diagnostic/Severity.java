package io.lipc.model.diagnostic;

import java.util.Locale;

/** Whether a diagnostic refuses a network or only says what is odd about it. */
public enum Severity {
  /** The network is refused. */
  ERROR,
  /** The network is proved, and what was written is probably not what was meant. */
  WARNING;

  /** What messages and files call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
