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

  @Test
  void whatIsReservedIsNotLeft() {
    Budget budget = seconds(5).reserving(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));
    assertThat(budget.leaves(Duration.ofMillis(999))).isTrue();
    assertThat(budget.leaves(Duration.ofSeconds(1))).isFalse();
    assertThat(budget.elapsed()).isEqualTo(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(1));
    assertThat(budget.isSpent()).isTrue();
    assertThat(budget.spent()).isEqualTo("the budget of 5 s was spent");
  }

  /** Messages show the time that a search took beside its reason: 12 s are not 60 s. */
  @Test
  void aShareIsNotCalledTheWholeBudget() {
    Budget share = seconds(12).named(Duration.ofSeconds(60));
    pass(Duration.ofSeconds(12));
    assertThat(share.isSpent()).isTrue();
    assertThat(share.spent()).isEqualTo("its share of the budget of 60 s was spent");
    pass(Duration.ofSeconds(48));
    assertThat(share.spent()).isEqualTo("the budget of 60 s was spent");
  }

  /** Of 10 s 2 have passed and 4 are reserved: a quarter of the other 4 is 1 s. */
  @Test
  void partOfABudgetIsOfWhatIsLeft() {
    Budget budget = seconds(10).reserving(Duration.ofSeconds(4));
    pass(Duration.ofSeconds(2));
    Budget part = budget.part(0.25);
    assertThat(part.leaves(Duration.ofMillis(999))).isTrue();
    assertThat(part.leaves(Duration.ofSeconds(1))).isFalse();
    pass(Duration.ofSeconds(7));
    assertThat(budget.part(0.5).isSpent()).isTrue();
    assertThat(Budget.of(Optional.empty(), clock::get).part(0).isSpent()).isFalse();
  }
}
