package io.lipc.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BudgetsTest {

  /** The time beyond a second that Java took to start is not promised once more; half is kept. */
  @ParameterizedTest
  @CsvSource({"0, 5000", "999, 5000", "1000, 5000", "2200, 3800", "9000, 2500"})
  void aSlowStartIsPartOfTheBudget(long since, long left) {
    assertThat(Budgets.left(Duration.ofSeconds(5), Duration.ofMillis(since)))
        .isEqualTo(Duration.ofMillis(left));
  }

  @Test
  void theEndIsWithinTheBudget() {
    assertThat(Budgets.end(Duration.ofSeconds(5)).left().orElseThrow())
        .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(5));
  }
}
