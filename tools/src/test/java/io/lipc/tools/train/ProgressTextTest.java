package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressTextTest {

  private static String line(long start, long done, Duration elapsed) {
    return new ProgressText(start, done, 2000, 10, elapsed, "; loss 0.5").line(200);
  }

  @Test
  void time_left_is_that_of_the_steps_that_are_left() {
    assertThat(line(0, 505, Duration.ofSeconds(10)))
        .isEqualTo("[=====               ]  25 %, epoch 51/200, 0:30 left; loss 0.5");
    assertThat(line(0, 1, Duration.ofSeconds(3)))
        .isEqualTo("[                    ]   0 %, epoch 1/200, 1:39:57 left; loss 0.5");
  }

  /** The epochs of a checkpoint took no time of this run. */
  @Test
  void a_resumed_run_counts_its_own_steps() {
    assertThat(line(1000, 1500, Duration.ofSeconds(60)))
        .contains(" 75 %, epoch 151/200, 1:00 left");
  }

  @Test
  void nothing_is_known_before_the_first_step_and_left_after_the_last() {
    assertThat(line(1000, 1000, Duration.ofSeconds(60)))
        .isEqualTo("[==========          ]  50 %, epoch 101/200; loss 0.5");
    assertThat(line(0, 2000, Duration.ofSeconds(60)))
        .isEqualTo("[====================] 100 %, epoch 200/200; loss 0.5");
  }

  @Test
  void lines_are_cut_to_the_terminal() {
    ProgressText text = new ProgressText(0, 0, 2000, 10, Duration.ZERO, "");
    assertThat(text.line(41)).isEqualTo("[                    ]   0 %, epoch 1/200");
    assertThat(text.line(40)).isEqualTo("  0 %, epoch 1/200");
    assertThat(text.line(5)).isEqualTo("  0 %");
    assertThat(text.line(0)).isEmpty();
    assertThat(text.line(-1)).isEmpty();
  }
}
