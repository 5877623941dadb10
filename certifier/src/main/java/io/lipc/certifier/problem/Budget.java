package io.lipc.certifier.problem;

import io.lipc.linalg.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The time budget of a search, which begins when this object is made. */
public final class Budget {

  private final Optional<Duration> length;
  private final LongSupplier clock;
  private final long start;

  /** The time that is kept for a proof. */
  private final Duration reserve;

  private final Deadline deadline;

  /** The budget as messages name it. */
  private final Optional<Duration> asked;

  private Budget(
      Optional<Duration> length,
      LongSupplier clock,
      long start,
      Duration reserve,
      Deadline deadline,
      Optional<Duration> asked) {
    this.asked = asked;
    this.deadline = deadline;
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
    return new Budget(length, clock, clock.getAsLong(), Duration.ZERO, Deadline.NONE, length);
  }

  /**
   * The same, which ends sooner.
   *
   * @param time as long as a proof took before of what a search finds
   */
  public Budget reserving(Duration time) {
    return new Budget(length, clock, start, time, deadline, asked);
  }

  /** The same time once more, from now on. */
  public Budget again() {
    return new Budget(length, clock, clock.getAsLong(), reserve, deadline, asked);
  }

  /** The same, which only its deadline ends. */
  Budget withoutEnd() {
    return new Budget(Optional.empty(), clock, start, Duration.ZERO, deadline, asked);
  }

  static Budget unlimited(Deadline deadline) {
    return of(Optional.empty()).until(deadline);
  }

  /**
   * The same with the moment at which all has to end: a search that is within its budget may do
   * what it has begun, a proof for instance, but not beyond this.
   */
  public Budget until(Deadline other) {
    return new Budget(length, clock, start, reserve, other, asked);
  }

  /** The same, which is called another one in messages: that which it is a share of. */
  public Budget named(Duration whole) {
    return new Budget(length, clock, start, reserve, deadline, Optional.of(whole));
  }

  /** The moment at which all has to end. */
  public Deadline deadline() {
    return deadline;
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
        reserve,
        deadline,
        asked);
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

  /**
   * The reason for messages, as a lower-case clause. A search that ends before the whole budget is
   * over had a share of it.
   */
  public String spent() {
    if (asked.isEmpty()) {
      return "the search was ended";
    }
    boolean whole = elapsed().plus(reserve).compareTo(asked.get()) >= 0;
    return (whole ? "" : "its share of ")
        + "the budget of "
        + seconds(asked.get())
        + " s was spent";
  }

  private static String seconds(Duration length) {
    return length.toMillis() % 1000 == 0
        ? Long.toString(length.toSeconds())
        : Double.toString(length.toMillis() / 1000.0);
  }
}
