package io.lipc.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScaleTest {

  @Test
  void scalesAreLogarithmicWhereNumbersDifferByMoreThanTwentyTimes() {
    assertThat(Scale.of(List.of(1.0, 20.0)).logarithmic()).isFalse();
    Scale scale = Scale.of(List.of(0.0, 1.0, Double.NaN, 21.0));
    assertThat(scale.logarithmic()).isTrue();
    assertThat(scale.title("bound")).isEqualTo("bound, logarithmic scale");
    assertThat(scale.ticks()).containsExactly(0.1, 1.0, 10.0);
    assertThat(scale.share(10) - scale.share(1))
        .isCloseTo(scale.share(1) - scale.share(0.1), within(1e-9));
  }

  @Test
  void numbersBeyondAnEndAreAtThatEnd() {
    assertThat(Scale.of(List.of(1.0, 21.0)).share(0)).isZero();
    Scale scale = Scale.linear(-5, 5);
    assertThat(List.of(-7.0, -5.0, 0.0, 5.0, 6.0).stream().map(scale::share))
        .containsExactly(0.0, 0.0, 0.5, 1.0, 1.0);
    // From the top to the bottom.
    assertThat(Scale.linear(2, 0).share(0.5)).isEqualTo(0.75);
  }

  @Test
  void nothingToShowHasAScaleAllTheSame() {
    assertThat(Scale.of(List.of())).isEqualTo(Scale.linear(0, 1));
    assertThat(Scale.of(List.of(0.0, Double.NaN))).isEqualTo(Scale.linear(0, 1));
  }

  @Test
  void ticksAreRoundNumbersFromEndToEnd() {
    assertThat(Scale.linear(-25, 25).ticks()).containsExactly(-20.0, -10.0, 0.0, 10.0, 20.0);
    assertThat(Scale.linear(0, 100).ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
    assertThat(new Scale(true, 1e-9, 1e9).ticks()).hasSizeLessThanOrEqualTo(8).contains(1e-9);
  }

  @Test
  void labelsOfTicksAreShort() {
    assertThat(List.of(0.1, 0.30000000000000004, 100.0, 1e5, 1e7, 1e-7, 2.5e5).stream())
        .extracting(Scale::label)
        .containsExactly("0.1", "0.3", "100", "1e5", "1e7", "1e-7", "2.5e5");
  }
}
