package io.lipc.tools.command;

import io.lipc.certifier.Method;
import io.lipc.certifier.SearchListener;
import io.lipc.model.Decimals;
import io.lipc.model.LowerBound;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;

/** Says every second, once a search has taken two, which method runs and how far it is. */
public final class SearchProgress implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 2000;
  private static final long PERIOD_MILLIS = 1000;

  private final Stopwatch watch = Stopwatch.start();
  private final Timer timer = new Timer(true);
  private volatile String state = "";

  private SearchProgress() {}

  /** Progress that is printed every second, where a search takes long. */
  public static SearchProgress on(PrintWriter writer) {
    SearchProgress progress = new SearchProgress();
    progress.timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            writer.println(progress.line());
            writer.flush();
          }
        },
        PATIENCE_MILLIS,
        PERIOD_MILLIS);
    return progress;
  }

  private String line() {
    return String.format(Locale.ROOT, "lipc: %.0f s%s", watch.seconds(), state);
  }

  /** The listener of a search; an object of its own, so that other commands load no certifier. */
  public SearchListener listener() {
    return new SearchListener() {
      @Override
      public void begins(Method method) {
        state = ", " + method.word();
      }

      @Override
      public void steps(int iteration, double gap) {
        String method = state.split(": ", -1)[0];
        state = String.format(Locale.ROOT, "%s: step %d, gap %.1e", method, iteration, gap);
      }
    };
  }

  /**
   * Tells of a box that is cut.
   *
   * @param number of its parts
   * @param worst the bound that they show together
   * @param lower the ratio that two inputs reach
   */
  public void parts(int number, double worst, LowerBound lower) {
    state =
        String.format(Locale.ROOT, ": %,d parts, in [%s, %s]", number, lower, Decimals.up(worst));
  }

  /**
   * Tells of a box that is cut for a query.
   *
   * @param number of its parts
   * @param worst how far the worst of them is from a proof
   */
  public void cuts(int number, double worst) {
    state = String.format(Locale.ROOT, ": %,d parts, worst %.3g", number, worst);
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
