package io.lipc.certifier.problem;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How long a search may go on, from when this was made. */
public final class Budget {

  private final Optional<Duration> length;
  private final LongSupplier clock;
  private final long start;

  /** What is kept for a proof. */
  private final Duration reserve;

  private Budget(Optional<Duration> length, LongSupplier clock, long start, Duration reserve) {
    this.length = length;
    this.clock = clock;
    this.start = start;
    this.reserve = reserve;
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
    return new Budget(length, clock, clock.getAsLong(), Duration.ZERO);
  }

  /**
   * The same, which ends sooner.
   *
   * @param time as long as a proof took before of what a search finds
   */
  public Budget reserving(Duration time) {
    return new Budget(length, clock, start, time);
  }

  static Budget unlimited() {
    return of(Optional.empty());
  }

  /**
   * One that ends when a share of what is left of this one has passed.
   *
   * @param share in [0, 1]
   */
  public Budget part(double share) {
    Duration passed = elapsed();
    return new Budget(
        length.map(
            whole -> {
              Duration rest = whole.minus(passed).minus(reserve);
              long nanos = rest.isNegative() ? 0 : (long) (share * rest.toNanos());
              return passed.plus(reserve).plusNanos(nanos);
            }),
        clock,
        start,
        reserve);
  }

  /** The time since it began. */
  public Duration elapsed() {
    return Duration.ofNanos(clock.getAsLong() - start);
  }

  /** Whether the time is over, but for what is kept. */
  public boolean isSpent() {
    return !leaves(Duration.ZERO);
  }

  /**
   * Whether there is time for what takes so long.
   *
   * @param time as long as the same took before
   */
  public boolean leaves(Duration time) {
    return length.isEmpty() || elapsed().plus(time).plus(reserve).compareTo(length.get()) < 0;
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
