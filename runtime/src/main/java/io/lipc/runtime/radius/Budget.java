package io.lipc.runtime.radius;

import io.lipc.certificate.search.BoxCuts;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time for one answer, as looks at the derivatives of a network need it.
 *
 * @param clock gives nanoseconds since any moment
 * @param start on that clock
 * @param nanos how long it is from there
 */
record Budget(LongSupplier clock, long start, long nanos) implements BoxCuts.Limit {

  /** A step has ended: the budget is spent, or it takes too many products. */
  private static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super("the budget is spent", null, false, false);
    }
  }

  static Budget of(LocalOptions options, LongSupplier clock) {
    return new Budget(clock, clock.getAsLong(), options.nanos());
  }

  /** The budget of which so much is left for what follows. */
  Budget before(double share) {
    return nanos == Long.MAX_VALUE ? this : new Budget(clock, start, (long) (nanos * (1 - share)));
  }

  @Override
  public boolean isPassed() {
    return clock.getAsLong() - start >= nanos;
  }

  @Override
  public void check() {
    if (isPassed()) {
      throw new Spent();
    }
  }

  @Override
  public <T> Optional<T> inTime(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (Spent | OutOfMemoryError | StackOverflowError end) {
      return Optional.empty();
    }
  }

  /** The last look at all parts asks the clock as often as the looks at each. */
  @Override
  public LongConsumer counting() {
    return _ -> check();
  }

  /**
   * Counts the products of a look at the derivatives, in whatever thread.
   *
   * @param most that it may take
   */
  LongConsumer counting(long most) {
    AtomicLong products = new AtomicLong();
    return more -> {
      check();
      if (products.addAndGet(more) > most) {
        throw new Spent();
      }
    };
  }
}
