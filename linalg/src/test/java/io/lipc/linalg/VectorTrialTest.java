package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VectorTrialTest {

  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(7);

  /** Loops take 10, vectors one of these after the other, and each round a second. */
  private boolean isWon(Iterator<Long> vectors) {
    return VectorTrial.isWon(() -> 10, vectors::next, () -> now.getAndAdd(SECOND));
  }

  @Test
  void vectorsWinByThreeRoundsOnEnd() {
    Iterator<Long> times = List.of(5000L, 9L, 9L, 10L, 9L, 8L, 9L, 5000L).iterator();
    assertThat(isWon(times)).isTrue();
    assertThat(times.next()).as("what is left").isEqualTo(5000);
  }

  @Test
  void nobodyWaitsForVectorsForEver() {
    Iterator<Long> times = Collections.nCopies(100, 11L).iterator();
    assertThat(isWon(times)).isFalse();
    assertThat(now.get()).isBetween(20 * SECOND, 23 * SECOND);
  }

  @Test
  void withoutTheTrialProductsRunByLoops() {
    assertThat(Vectors.areOn()).isFalse();
  }
}
