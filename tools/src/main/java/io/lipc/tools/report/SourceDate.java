package io.lipc.tools.report;

import io.lipc.tools.command.InputError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The date that reproducible builds put where others put the time of the build. */
final class SourceDate {

  /** The variable of the environment, see reproducible-builds.org/specs/source-date-epoch. */
  static final String NAME = "SOURCE_DATE_EPOCH";

  private SourceDate() {}

  /**
   * The date that a value of the variable stands for.
   *
   * @throws InputError if it is not a number of seconds
   */
  static Optional<String> of(Optional<String> value) throws InputError {
    if (value.isEmpty() || value.get().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(value.get())).toString());
    } catch (NumberFormatException | DateTimeException e) {
      throw new InputError(NAME + "=" + value.get() + " is not a number of seconds since 1970");
    }
  }
}
