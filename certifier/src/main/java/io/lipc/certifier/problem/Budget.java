package io.lipc.certifier.problem;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How long a search may go on, from when this was made, and how long its parts took so far. */
public final class Budget {

  /** What is done more than once: how long it took the last time tells what it will take. */
  public enum Work {
    /** A block elimination over all neurons. */
    ELIMINATION("an elimination"),
    /** A proof over all neurons, and its check. */
    PROOF("a proof"),
    /** A proof at all frequencies of a torus, and its check. */
    PROOF_ON_TORUS("a proof on a torus");

    private final String noun;

    Work(String noun) {
      this.noun = noun;
    }
  }

  private final Optional<Duration> length;
  private final LongSupplier clock;
  private final long start;
  private final Map<Work, Duration> last = new EnumMap<>(Work.class);

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

  /** Does a piece of work and keeps how long it took. */
  public <T> T timed(Work work, Supplier<T> piece) {
    Duration began = elapsed();
    T result = piece.get();
    last.put(work, elapsed().minus(began));
    return result;
  }

  /** How long such a piece took the last time; zero where there was none. */
  public Duration last(Work work) {
    return last.getOrDefault(work, Duration.ZERO);
  }

  /** For messages: a lower-case clause. */
  public String spent() {
    return ofSeconds() + " was spent";
  }

  /** Why a piece of work was not begun, a lower-case clause. */
  public String tooShortFor(Work work) {
    return isSpent() ? spent() : ofSeconds() + " has no time left for " + work.noun;
  }

  private String ofSeconds() {
    return "the budget of " + length.map(Budget::seconds).orElse("no") + " s";
  }

  private static String seconds(Duration length) {
    return length.toMillis() % 1000 == 0
        ? Long.toString(length.toSeconds())
        : Double.toString(length.toMillis() / 1000.0);
  }
}
