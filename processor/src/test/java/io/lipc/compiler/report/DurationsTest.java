package io.lipc.compiler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DurationsTest {

  @Test
  void numbersHaveAUnit() {
    assertThat(Durations.parse("500ms")).contains(Duration.ofMillis(500));
    assertThat(Durations.parse("5s")).contains(Duration.ofSeconds(5));
    assertThat(Durations.parse("0s")).contains(Duration.ZERO);
    assertThat(Durations.parse("2m")).contains(Duration.ofMinutes(2));
  }

  @Test
  void otherWordsAreNone() {
    for (String word : new String[] {"", "5", "s", "-5s", "1.5s", "5 s", "5h", "9999999999s"}) {
      assertThat(Durations.parse(word)).as(word).isEmpty();
    }
  }
}
