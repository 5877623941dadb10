package io.lipc.certifier.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private final AtomicLong clock = new AtomicLong(-7);

  private Budget seconds(long seconds) {
    return Budget.of(Optional.of(Duration.ofSeconds(seconds)), clock::get);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void isSpentOnceItsTimeIsOver() {
    Budget budget = seconds(5);
    assertThat(budget.isSpent()).isFalse();
    pass(Duration.ofSeconds(5).minusNanos(1));
    assertThat(budget.isSpent()).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(budget.isSpent()).isTrue();
    assertThat(budget.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void leavesNoTimeForWhatEndsBehindIt() {
    Budget budget = seconds(5);
    pass(Duration.ofSeconds(3));
    assertThat(budget.leaves(Duration.ofMillis(1999))).isTrue();
    assertThat(budget.leaves(Duration.ofSeconds(2))).isFalse();
  }

  @Test
  void ofNoTimeIsSpentAtOnce() {
    assertThat(seconds(0).isSpent()).isTrue();
  }

  @Test
  void withoutALengthIsNeverSpent() {
    Budget budget = Budget.of(Optional.empty(), clock::get);
    pass(Duration.ofDays(1000));
    assertThat(budget.isSpent()).isFalse();
    assertThat(budget.leaves(Duration.ofDays(1000))).isTrue();
  }
}
