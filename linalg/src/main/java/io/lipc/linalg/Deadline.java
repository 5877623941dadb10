package io.lipc.linalg;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The moment by which a computation has to end. It is passed down to every loop that can take 50 ms
 * or more; each round looks at it, and the first look after that moment throws {@link Late}.
 *
 * <p>A deadline is immutable, and may be asked by several threads.
 */
public final class Deadline {

  /** The deadline that never passes. */
  public static final Deadline NONE = new Deadline(System::nanoTime, Optional.empty(), () -> false);

  private final LongSupplier clock;
  private final Optional<Long> end;
  private final BooleanSupplier cancelled;

  private Deadline(LongSupplier clock, Optional<Long> end, BooleanSupplier cancelled) {
    this.clock = clock;
    this.end = end;
    this.cancelled = cancelled;
  }

  /** The deadline so long from now. */
  public static Deadline in(Duration time) {
    return in(time, System::nanoTime);
  }

  /**
   * The same by another clock.
   *
   * @param clock gives nanoseconds since any moment, each time it is asked
   */
  public static Deadline in(Duration time, LongSupplier clock) {
    return new Deadline(clock, Optional.of(clock.getAsLong() + time.toNanos()), () -> false);
  }

  /** This deadline, which passes at once when {@code cancelled} says so, in whatever thread. */
  public Deadline or(BooleanSupplier cancelled) {
    BooleanSupplier before = this.cancelled;
    return new Deadline(clock, end, () -> before.getAsBoolean() || cancelled.getAsBoolean());
  }

  /** The sooner of this deadline and so long from now; this one where it never passes. */
  public Deadline within(Duration time) {
    return left()
        .filter(left -> time.compareTo(left) < 0)
        .map(_ -> new Deadline(clock, Optional.of(clock.getAsLong() + time.toNanos()), cancelled))
        .orElse(this);
  }

  /**
   * The deadline after a share of what is left until this one.
   *
   * @param share in [0, 1]
   */
  public Deadline part(double share) {
    return left()
        .map(left -> within(Duration.ofNanos((long) (share * left.toNanos()))))
        .orElse(this);
  }

  /** The deadline that passes so much sooner. */
  public Deadline less(Duration time) {
    return new Deadline(clock, end.map(moment -> moment - time.toNanos()), cancelled);
  }

  /** The clock that it is measured by, in nanoseconds since any moment. */
  public LongSupplier clock() {
    return clock;
  }

  /** The time until it passes, not negative; empty where it never does. */
  public Optional<Duration> left() {
    return end.map(moment -> Duration.ofNanos(Math.max(0, moment - clock.getAsLong())));
  }

  /** Whether it has passed. */
  public boolean isPassed() {
    return cancelled.getAsBoolean() || (end.isPresent() && clock.getAsLong() - end.get() >= 0);
  }

  /**
   * Looks at the clock.
   *
   * @throws Late if it has passed
   */
  public void check() {
    if (isPassed()) {
      throw new Late();
    }
  }
}
