package io.lipc.tools;

import io.lipc.compiler.Durations;
import java.time.Duration;

/** What {@code --budget} says. */
final class Budgets {

  private Budgets() {}

  static Duration parse(String text) throws InputError {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new InputError("--budget " + text + " is not a duration, such as 500ms, 5s or 2m"));
  }
}
