package io.lipc.benchmarks.uci;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which runs there are, in the order in which they are made: whatever has been made so far is a
 * table, of all sets and constructions for as many folds, depths and settings.
 */
public record Plan(List<Run> runs) {

  /** Copies the list. */
  public Plan {
    runs = List.copyOf(runs);
  }

  /**
   * All combinations. Seeds of one fold are not those of another.
   *
   * @param folds how many of the folds of each set, from the first
   * @param seeds how many for each fold
   */
  static Plan of(
      List<String> sets,
      int folds,
      int seeds,
      List<Integer> depths,
      List<Setting> settings,
      List<Contender> contenders) {
    List<Run> runs = new ArrayList<>();
    for (int repetition = 0; repetition < seeds * folds; repetition++) {
      int fold = repetition % folds + 1;
      long seed = repetition + 1L;
      for (int depth : depths) {
        for (Setting setting : settings) {
          for (String set : sets) {
            for (Contender contender : contenders) {
              runs.add(new Run(setting, depth, fold, set, contender, seed));
            }
          }
        }
      }
    }
    return new Plan(runs);
  }

  /** The plan without the runs whose {@code rows} stand. */
  Plan without(List<Row> rows) {
    Set<Run> done = rows.stream().map(Row::run).collect(Collectors.toSet());
    return new Plan(runs.stream().filter(run -> !done.contains(run)).toList());
  }
}
