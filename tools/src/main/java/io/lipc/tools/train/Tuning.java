package io.lipc.tools.train;

import io.lipc.training.run.Evaluation;
import io.lipc.training.run.TrainingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The search for temperature and offset of a loss, by two rounds of successive halving (Jamieson
 * and Talwalkar 2016): all pairs of a grid with few epochs on one split of the training rows, then
 * the best ones, and always the defaults, with more on several. No test row is seen.
 */
final class Tuning {

  /** Powers of two around the default, the nearest first: of equals the first one is chosen. */
  private static final List<Double> TEMPERATURES = List.of(4.0, 2.0, 8.0, 1.0, 16.0, 32.0);

  /** The most splits of the training rows on which pairs are tried. */
  static final int SPLITS = 3;

  /** The number of pairs of temperature and offset that have a second round. */
  private static final int KEPT = 6;

  /** The common settings of the trials of a round. */
  private record Round(int epochs, int splits) {

    List<Trial> trials(List<LossConstants> all) {
      return all.stream()
          .flatMap(
              loss -> IntStream.range(0, splits).mapToObj(split -> new Trial(loss, epochs, split)))
          .toList();
    }
  }

  /** One training, as far as a search knows it. For several threads. */
  @FunctionalInterface
  interface Training {

    /**
     * The result of a trial on the rows that it held out.
     *
     * @throws TrainingException if numbers fail, which another pair may not make them do
     */
    Evaluation heldOut(Trial trial) throws TrainingException;
  }

  /** Hears of each trial, from several threads. */
  interface Listener {

    /** A trial is over, and was not before this run. */
    void finished(Tried tried);

    /** Training failed; the trial is over then. */
    void failed(Trial trial, String message);
  }

  /**
   * The trials of a pair in its last round.
   *
   * @param trials one for each split, at least one
   */
  record Summary(LossConstants loss, List<Tried> trials) {

    Summary {
      trials = List.copyOf(trials);
    }

    /** The mean of the scores, or that of a failed trial if there is one. */
    double score() {
      return trials.stream().allMatch(tried -> tried.shares().isPresent())
          ? trials.stream().mapToDouble(Tried::score).average().orElseThrow()
          : -1;
    }
  }

  private final List<LossConstants> grid;
  private final Round first;
  private final Round last;

  private Tuning(List<LossConstants> grid, int epochs) {
    this.grid = grid;
    this.first = new Round(Math.ceilDiv(epochs, 8), 1);
    this.last = new Round(Math.ceilDiv(epochs, 2), SPLITS);
  }

  /**
   * The search for what is not given.
   *
   * @param defaults what holds without a search, and what is given
   * @param distances at which certified accuracy counts, which are offsets to try as well
   * @param epochs of a training without a search
   */
  static Tuning of(
      LossConstants defaults,
      Optional<Double> temperature,
      Optional<Double> offset,
      List<Double> distances,
      int epochs) {
    Set<Double> temperatures = new LinkedHashSet<>();
    Set<Double> offsets = new LinkedHashSet<>();
    temperatures.add(defaults.temperature());
    offsets.add(defaults.offset());
    if (temperature.isEmpty()) {
      temperatures.addAll(TEMPERATURES);
    }
    if (offset.isEmpty()) {
      offsets.add(0.0);
      offsets.addAll(distances);
    }
    return new Tuning(
        temperatures.stream()
            .flatMap(t -> offsets.stream().map(eps -> new LossConstants(t, eps)))
            .toList(),
        epochs);
  }

  /** The number of all trials, those of earlier runs among them. */
  int trials() {
    return first.splits() * grid.size() + last.splits() * Math.min(KEPT, grid.size());
  }

  /** The epochs that all trials have together, at most. */
  long epochs() {
    return (long) first.splits() * grid.size() * first.epochs()
        + (long) last.splits() * Math.min(KEPT, grid.size()) * last.epochs();
  }

  /**
   * Tries what {@code file} does not hold yet.
   *
   * @return what was tried of each pair of the grid, the best first
   */
  List<Summary> search(TrialFile file, Training training, Listener listener) {
    List<Summary> all = run(first, grid, file, training, listener);
    List<LossConstants> kept =
        Stream.concat(Stream.of(grid.getFirst()), all.stream().map(Summary::loss))
            .distinct()
            .limit(KEPT)
            .toList();
    List<Summary> summaries = new ArrayList<>(run(last, kept, file, training, listener));
    all.stream().filter(summary -> !kept.contains(summary.loss())).forEach(summaries::add);
    return List.copyOf(summaries);
  }

  /** The best first, and of equals those that are first in the grid. */
  private static List<Summary> run(
      Round round,
      List<LossConstants> pairs,
      TrialFile file,
      Training training,
      Listener listener) {
    List<Tried> tried =
        round.trials(pairs).parallelStream()
            .map(trial -> tried(trial, file, training, listener))
            .toList();
    return pairs.stream()
        .map(loss -> new Summary(loss, of(loss, tried)))
        .sorted(Comparator.comparingDouble(Summary::score).reversed())
        .toList();
  }

  private static List<Tried> of(LossConstants loss, List<Tried> all) {
    return all.stream().filter(tried -> tried.trial().loss().equals(loss)).toList();
  }

  private static Tried tried(Trial trial, TrialFile file, Training training, Listener listener) {
    Optional<Tried> known = file.find(trial);
    if (known.isPresent()) {
      return known.get();
    }
    Tried tried = new Tried(trial, shares(trial, training, listener));
    file.add(tried);
    listener.finished(tried);
    return tried;
  }

  private static Optional<List<Double>> shares(Trial trial, Training training, Listener listener) {
    try {
      Evaluation heldOut = training.heldOut(trial);
      return Optional.of(
          Stream.concat(Stream.of(heldOut.accuracy()), heldOut.certified().values().stream())
              .toList());
    } catch (TrainingException e) {
      listener.failed(trial, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
