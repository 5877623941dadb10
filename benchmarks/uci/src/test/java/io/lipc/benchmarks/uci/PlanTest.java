package io.lipc.benchmarks.uci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTest {

  private static final Plan PLAN =
      Plan.of(
          List.of("iris", "wine"),
          2,
          2,
          List.of(4, 6),
          List.of(Setting.PAPER, Setting.LIPC),
          List.of(Contender.SLL, Contender.AOL));

  @Test
  void whatever_comes_first_is_a_table_of_all_sets_and_constructions() {
    List<Run> runs = PLAN.runs();
    assertThat(runs).hasSize(64).doesNotHaveDuplicates();
    assertThat(runs.subList(0, 5))
        .containsExactly(
            new Run(Setting.PAPER, 4, 1, "iris", Contender.SLL, 1),
            new Run(Setting.PAPER, 4, 1, "iris", Contender.AOL, 1),
            new Run(Setting.PAPER, 4, 1, "wine", Contender.SLL, 1),
            new Run(Setting.PAPER, 4, 1, "wine", Contender.AOL, 1),
            new Run(Setting.LIPC, 4, 1, "iris", Contender.SLL, 1));
    assertThat(runs.get(16)).isEqualTo(new Run(Setting.PAPER, 4, 2, "iris", Contender.SLL, 2));
    assertThat(runs.get(32)).isEqualTo(new Run(Setting.PAPER, 4, 1, "iris", Contender.SLL, 3));
  }

  @Test
  void runs_whose_row_stands_are_left_out() {
    Row row =
        new Row(
            PLAN.runs().get(1), new Row.Layout(4, 1, 1, 1, 1, 1, 1), new Row.Failed("no reason"));
    assertThat(PLAN.without(List.of(row)).runs())
        .hasSize(63)
        .doesNotContain(PLAN.runs().get(1))
        .contains(PLAN.runs().get(0));
  }
}
