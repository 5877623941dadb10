package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharingTrialTest {

  private final SharingTrial trial = new SharingTrial();

  /** Steps of so many nanoseconds, of which one in ten takes much longer. */
  private int shared(int steps, long ifShared, long ifAlone) {
    int shared = 0;
    for (int step = 0; step < steps; step++) {
      shared += trial.isShared() ? 1 : 0;
      long nanos = trial.isShared() ? ifShared : ifAlone;
      trial.finished(step % 10 == 0 ? 1_000_000 : nanos);
    }
    return shared;
  }

  @ParameterizedTest
  @CsvSource({"100, 101, true", "101, 100, false", "100, 100, false"})
  void stepsAreSharedWhereThatTakesLessTime(long ifShared, long ifAlone, boolean expected) {
    assertThat(shared(100, ifShared, ifAlone)).as("before the first trial").isEqualTo(100);
    assertThat(shared(30, ifShared, ifAlone)).as("in a trial").isEqualTo(15);
    assertThat(shared(960, ifShared, ifAlone)).isEqualTo(expected ? 960 : 0);
    assertThat(shared(30, ifAlone, ifShared)).as("in the next trial").isEqualTo(15);
    assertThat(shared(960, ifAlone, ifShared)).isEqualTo(ifAlone < ifShared ? 960 : 0);
  }
}
