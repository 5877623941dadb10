package io.lipc.benchmarks.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  /** The accuracies of C4.5 without and with tuned m (Demšar 2006, table 2). */
  private static final double[] C45 = {
    .763, .599, .954, .628, .882, .936, .661, .583, .775, 1.000, .940, .619, .972, .957
  };

  private static final double[] TUNED = {
    .768, .591, .971, .661, .888, .931, .668, .583, .838, 1.000, .962, .666, .981, .978
  };

  @Test
  void wins_and_losses_are_those_of_the_published_example() {
    Comparison comparison = Comparison.of(TUNED, C45);
    assertThat(comparison.wins()).isEqualTo(10);
    assertThat(comparison.ties()).isEqualTo(2);
    assertThat(comparison.losses()).isEqualTo(2);
    assertThat(comparison.difference()).isCloseTo(0.0155, within(1e-4));
    // Where differences are equal, p is that of the normal distribution; Demšar, who splits the two
    // ties between both sides, has z = -2.54, which is 0.011.
    assertThat(comparison.p().getAsDouble()).isCloseTo(0.012, within(5e-4));
  }

  @Test
  void what_is_turned_around_has_the_same_p() {
    Comparison comparison = Comparison.of(C45, TUNED);
    assertThat(comparison.wins()).isEqualTo(2);
    assertThat(comparison.losses()).isEqualTo(10);
    assertThat(comparison.p()).isEqualTo(Comparison.of(TUNED, C45).p());
  }

  /** Eight sets, all won, are one of 2^8 signs on each side. */
  @Test
  void few_sets_have_the_exact_p() {
    double[] zeros = new double[8];
    double[] rising = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(Comparison.of(rising, zeros).p().getAsDouble()).isCloseTo(2 / 256.0, within(1e-12));
  }

  @Test
  void where_nothing_differs_there_is_no_test() {
    double[] nearly = Arrays.stream(C45).map(x -> x + 1e-15).toArray();
    Comparison comparison = Comparison.of(C45, nearly);
    assertThat(comparison.ties()).isEqualTo(14);
    assertThat(comparison.p()).isEmpty();
  }
}
