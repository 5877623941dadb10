package io.lipc.tools.train;

import io.lipc.training.run.EpochReport;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.RegressionEvaluation;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** Shows training on the error stream: loss, how the network does, and the time left. */
final class ProgressLine implements ProgressListener, AutoCloseable {

  private static final int UPDATE_MILLIS = 250;

  private static final int LOG_MILLIS = 5000;
  private static final int LOG_WIDTH = 120;

  private @Nullable ProgressBar bar;

  @Override
  public void started(int finishedEpochs, int epochs, int batchesPerEpoch) {
    bar =
        builder()
            .setTaskName("")
            .setInitialMax((long) epochs * batchesPerEpoch)
            .startsFrom((long) finishedEpochs * batchesPerEpoch, Duration.ZERO)
            .setRenderer((state, width) -> text(state, batchesPerEpoch).line(width))
            .build();
  }

  private static ProgressText text(ProgressState state, int batchesPerEpoch) {
    return new ProgressText(
        state.getStart(),
        state.getCurrent(),
        state.getMax(),
        batchesPerEpoch,
        state.getElapsedAfterStart(),
        state.getExtraMessage());
  }

  /** A line that is written over on a terminal; a new line now and then in a log. */
  // On Java 22 to 24 there is a console without a terminal too (JDK-8351435), and Java 17 has no
  // method that asks it: a log of these versions gets the line that is written over.
  @SuppressWarnings("SystemConsoleNull")
  static ProgressBarBuilder builder() {
    if (System.console() != null) {
      // By default it goes to the JVM's own error stream, which may be another one: see Launcher.
      return new ProgressBarBuilder()
          .setUpdateIntervalMillis(UPDATE_MILLIS)
          .setConsumer(new ConsoleProgressBarConsumer(System.err));
    }
    return new ProgressBarBuilder()
        .setUpdateIntervalMillis(LOG_MILLIS)
        .setConsumer(new DelegatingProgressBarConsumer(new News(), LOG_WIDTH));
  }

  /** Lines of a log, none of them twice: the bar is written once more when it is closed. */
  private static final class News implements Consumer<String> {

    private String last = "";

    @Override
    public void accept(String line) {
      if (!line.equals(last)) {
        last = line;
        System.err.println(line);
      }
    }
  }

  @Override
  public void batchFinished(int epoch, int batch, double loss) {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void epochFinished(EpochReport report) {
    if (bar != null) {
      bar.setExtraMessage(message(report));
    }
  }

  private static String message(EpochReport report) {
    return switch (report.heldOut()) {
      case Evaluation evaluation ->
          String.format(
              Locale.ROOT,
              "; loss %.3f, acc %.1f %%, certified %s %%",
              evaluation.loss(),
              100 * evaluation.accuracy(),
              evaluation.certified().entrySet().stream()
                  .map(ProgressLine::certified)
                  .collect(Collectors.joining("/")));
      case RegressionEvaluation errors ->
          String.format(
              Locale.ROOT,
              "; loss %.3f, RMSE %.4g, R^2 %.3f",
              errors.loss(),
              errors.rmse(),
              errors.r2());
    };
  }

  private static String certified(Map.Entry<Double, Double> at) {
    return String.format(Locale.ROOT, "%.0f", 100 * at.getValue());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
