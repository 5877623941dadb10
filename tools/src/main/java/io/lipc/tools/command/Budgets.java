package io.lipc.tools.command;

import io.lipc.compiler.report.Durations;
import io.lipc.linalg.Deadline;
import java.time.Duration;
import java.time.Instant;

/** The values of {@code --budget}. */
public final class Budgets {

  /** Java takes less to start, on a machine that has nothing else to do. */
  private static final Duration START = Duration.ofSeconds(1);

  /** The share of a budget within which a model is read: what then is left is for the search. */
  public static final double READING = 0.8;

  private Budgets() {}

  /**
   * The deadline of a budget of this process. It begins when Java has started and has read the
   * model; where that has taken longer than a second, so much less is left, but never less than
   * half.
   */
  public static Deadline end(Duration budget) {
    return Deadline.in(left(budget, sinceStart()));
  }

  /**
   * The deadline of reading a model, after {@link #READING} of a budget of this process: what then
   * is left for the search, half of it at least, ends in time.
   */
  public static Deadline reading(Duration budget) {
    return end(Duration.ofNanos((long) (READING * budget.toNanos())));
  }

  static Duration left(Duration budget, Duration sinceStart) {
    Duration late = sinceStart.minus(START);
    Duration half = budget.dividedBy(2);
    Duration left = late.isNegative() ? budget : budget.minus(late);
    return left.compareTo(half) < 0 ? half : left;
  }

  private static Duration sinceStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()))
        .orElse(Duration.ZERO);
  }

  /** A duration, such as {@code 500ms}, {@code 5s} or {@code 2m}. */
  public static Duration parse(String text) throws InputError {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new InputError("--budget " + text + " is not a duration, such as 500ms, 5s or 2m"));
  }
}
