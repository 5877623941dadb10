package io.lipc.certifier.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certifier.problem.Budget.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GoalTest {

  private final AtomicLong clock = new AtomicLong(3);
  private final Budget budget = Budget.of(Optional.of(Duration.ofSeconds(10)), clock::get);
  private final Goal first = new Goal(OptionalDouble.empty(), budget, false, (_, _) -> {});

  private void takes(Work work, int seconds) {
    budget.timed(work, () -> clock.addAndGet(Duration.ofSeconds(seconds).toNanos()));
  }

  @Test
  void whatHasNoProofYetIsNotGivenUp() {
    takes(Work.PROOF, 11);

    assertThat(first.isOver()).isFalse();
    assertThat(first.allows(Work.PROOF)).isTrue();
    assertThat(first.afterProof().isOver()).isTrue();
    assertThat(first.afterProof().allows(Work.PROOF)).isFalse();
  }

  @Test
  void aProofTakesAsLongAsTheLastOne() {
    takes(Work.PROOF, 5);
    assertThat(first.afterProof().allows(Work.PROOF)).isFalse();

    takes(Work.PROOF, 2);
    assertThat(first.afterProof().allows(Work.PROOF)).isTrue();
    assertThat(budget.tooShortFor(Work.PROOF))
        .isEqualTo("the budget of 10 s has no time left for a proof");

    takes(Work.PROOF, 3);
    assertThat(budget.tooShortFor(Work.PROOF)).isEqualTo("the budget of 10 s was spent");
  }

  @Test
  void beforeThereWasOneAnEliminationTells() {
    assertThat(first.expected(Work.PROOF)).isZero();
    takes(Work.ELIMINATION, 1);

    assertThat(first.expected(Work.PROOF)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(9));
    assertThat(first.expected(Work.PROOF_ON_TORUS)).isZero();
    assertThat(first.afterProof().allows(Work.PROOF)).isTrue();

    takes(Work.ELIMINATION, 5);
    assertThat(first.afterProof().allows(Work.PROOF)).isFalse();
  }
}
