package io.lipc.tools.command;

import io.lipc.compiler.report.Durations;
import java.time.Duration;

/** What {@code --budget} says. */
public final class Budgets {

  private Budgets() {}

  /** A duration, such as {@code 500ms}, {@code 5s} or {@code 2m}. */
  public static Duration parse(String text) throws InputError {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new InputError("--budget " + text + " is not a duration, such as 500ms, 5s or 2m"));
  }
}
