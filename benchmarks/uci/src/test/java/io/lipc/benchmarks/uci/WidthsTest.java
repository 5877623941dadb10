package io.lipc.benchmarks.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class WidthsTest {

  @ParameterizedTest
  @EnumSource(Contender.class)
  void numbers_of_parameters_are_comparable(Contender contender) {
    for (int features : new int[] {3, 13, 100}) {
      for (int depth : new int[] {4, 6}) {
        int own = parameters(Setting.PAPER, contender, features, 2, depth);
        int ldlt = parameters(Setting.PAPER, Contender.LDLT_L, features, 2, depth);
        assertThat(own / (double) ldlt).as("%d features", features).isCloseTo(1, within(0.06));
      }
    }
  }

  /** The numbers of the published result files and their table of ranges. */
  @ParameterizedTest
  @CsvSource({"AOL, 6, 2, 4, 422", "AOL, 3, 2, 6, 502", "SLL, 3, 2, 6, 2326"})
  void the_setting_files_has_the_published_numbers(
      Contender contender, int features, int classes, int depth, int published) {
    assertThat(parameters(Setting.FILES, contender, features, classes, depth)).isEqualTo(published);
  }

  /** LDLT-L has one parameter more here: bounds of a layer's shift, where theirs is fixed. */
  @ParameterizedTest
  @CsvSource({"LDLT_L, 8, 3, 4, 3559"})
  void ldlt_differs_by_little(
      Contender contender, int features, int classes, int depth, int published) {
    assertThat(parameters(Setting.FILES, contender, features, classes, depth) / (double) published)
        .isCloseTo(1, within(0.05));
  }

  private static int parameters(
      Setting setting, Contender contender, int features, int classes, int depth) {
    return Model.of(contender, Widths.of(setting, contender, features, classes, depth))
        .parameters();
  }
}
