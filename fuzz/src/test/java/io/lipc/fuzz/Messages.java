package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

/** Conditions on the message of every refusal. */
final class Messages {

  /** Whatever a file holds, a message about it stays readable. */
  private static final int MAX_LENGTH = 1000;

  private Messages() {}

  /** Something is said, on one line that a terminal shows as it is. */
  static void check(String message) {
    assertThat(message).as("a message").isNotBlank().hasSizeLessThan(MAX_LENGTH);
    assertThat(message.chars().noneMatch(Character::isISOControl))
        .as("no control character in: %s", message)
        .isTrue();
  }
}
