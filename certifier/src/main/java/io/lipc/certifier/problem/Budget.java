package io.lipc.certifier.problem;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How long a search may go on, from when this was made. */
public final class Budget {

  private final Optional<Duration> length;
  private final LongSupplier clock;
  private final long start;

  private Budget(Optional<Duration> length, LongSupplier clock) {
    this.length = length;
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  /** A budget that begins now; empty for no limit. */
  public static Budget of(Optional<Duration> length) {
    return of(length, System::nanoTime);
  }

  /**
   * The same by another clock.
   *
   * @param clock gives nanoseconds since any moment, each time it is asked
   */
  public static Budget of(Optional<Duration> length, LongSupplier clock) {
    return new Budget(length, clock);
  }

  static Budget unlimited() {
    return of(Optional.empty());
  }

  /** The time since it began. */
  public Duration elapsed() {
    return Duration.ofNanos(clock.getAsLong() - start);
  }

  /** Whether the time is over. */
  public boolean isSpent() {
    return !leaves(Duration.ZERO);
  }

  /**
   * Whether there is time for what takes so long.
   *
   * @param time as long as the same took before
   */
  public boolean leaves(Duration time) {
    return length.isEmpty() || elapsed().plus(time).compareTo(length.get()) < 0;
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
