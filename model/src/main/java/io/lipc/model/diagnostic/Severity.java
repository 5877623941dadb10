package io.lipc.model.diagnostic;

import java.util.Locale;

/** Whether a diagnostic refuses a network, warns of something odd, or only tells. */
public enum Severity {
  /** The network is refused. */
  ERROR,
  /** The network is proved, and what was written is probably not what was meant. */
  WARNING,
  /** The network is proved, and what was written has a consequence that is easily missed. */
  NOTE;

  /** What messages and files call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
