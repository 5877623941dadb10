package io.lipc.tools.train;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressState;

/** Shows a search on the error stream: the trials that are over, the time left, the best one. */
final class TuningProgress implements Tuning.Listener, AutoCloseable {

  private final PrintWriter err;
  private final int trials;
  private final ProgressBar bar;
  private int finished;
  private Optional<Tried> best = Optional.empty();

  /**
   * A search that begins.
   *
   * @param saved what earlier runs left, which takes no time now
   */
  TuningProgress(PrintWriter err, Tuning tuning, TrialFile saved) {
    this.err = err;
    this.trials = tuning.trials();
    this.finished = saved.size();
    this.bar =
        ProgressLine.builder()
            .setTaskName("")
            .setInitialMax(tuning.epochs())
            .startsFrom(saved.epochs(), Duration.ZERO)
            .setRenderer((state, width) -> text(state).line(width))
            .build();
  }

  private ProgressText text(ProgressState state) {
    return new ProgressText(
        state.getStart(),
        state.getCurrent(),
        state.getMax(),
        1,
        state.getElapsedAfterStart(),
        message());
  }

  private synchronized String message() {
    String over = "; %d/%d trials".formatted(finished, trials);
    return best.isEmpty()
        ? over
        : over
            + String.format(
                Locale.ROOT,
                ", best T %s, offset %s: %.1f %%",
                LossConstants.text(best.get().trial().loss().temperature()),
                LossConstants.text(best.get().trial().loss().offset()),
                100 * best.get().score());
  }

  @Override
  public synchronized void finished(Tried tried) {
    finished++;
    if (best.isEmpty() || isBetter(tried, best.get())) {
      best = Optional.of(tried);
    }
    bar.stepBy(tried.trial().epochs());
  }

  /** Whether a trial is to be shown in the place of another: more epochs say more. */
  private static boolean isBetter(Tried tried, Tried other) {
    int epochs = Integer.compare(tried.trial().epochs(), other.trial().epochs());
    return epochs == 0 ? tried.score() > other.score() : epochs > 0;
  }

  @Override
  public synchronized void failed(Trial trial, String message) {
    err.println("lipc: warning: " + trial.loss().arguments() + ": " + message);
    err.flush();
  }

  @Override
  public void close() {
    bar.close();
  }
}
