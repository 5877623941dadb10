package io.lipc.certifier.problem;

import java.time.Duration;
import java.util.Optional;

/** How long a search may go on, from when this was made. */
public final class Budget {

  private final Optional<Duration> length;
  private final long start = System.nanoTime();

  private Budget(Optional<Duration> length) {
    this.length = length;
  }

  /** A budget that begins now; empty for no limit. */
  public static Budget of(Optional<Duration> length) {
    return new Budget(length);
  }

  static Budget unlimited() {
    return new Budget(Optional.empty());
  }

  /** Whether the time is over. */
  public boolean isSpent() {
    return length.isPresent() && System.nanoTime() - start >= length.get().toNanos();
  }

  /** For messages: a lower-case clause. */
  public String spent() {
    return "the budget of " + length.map(Budget::seconds).orElse("no") + " s was spent";
  }

  private static String seconds(Duration length) {
    return length.toMillis() % 1000 == 0
        ? Long.toString(length.toSeconds())
        : Double.toString(length.toMillis() / 1000.0);
  }
}
