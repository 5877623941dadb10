package io.lipc.tools;

import io.lipc.training.EpochReport;
import io.lipc.training.ProgressListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows training on the error stream: loss, accuracy, certified accuracy and the time left. */
final class ProgressLine implements ProgressListener, AutoCloseable {

  private static final int UPDATE_MILLIS = 250;

  /** Where the width of the terminal is not known. */
  private static final int MAX_WIDTH = 132;

  private @Nullable ProgressBar bar;

  @Override
  public void started(int finishedEpochs, int epochs, int batchesPerEpoch) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(epochs)
            .startsFrom(finishedEpochs, Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setUnit(" epochs", 1)
            .setMaxRenderedLength(MAX_WIDTH)
            .build();
  }

  @Override
  public void epochFinished(EpochReport report) {
    if (bar != null) {
      bar.setExtraMessage(message(report));
      bar.stepTo(report.epoch());
    }
  }

  private static String message(EpochReport report) {
    String certified =
        report.heldOut().certified().entrySet().stream()
            .map(ProgressLine::certified)
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        " loss %.3f, accuracy %.1f %%, certified %s",
        report.heldOut().loss(),
        100 * report.heldOut().accuracy(),
        certified);
  }

  private static String certified(Map.Entry<Double, Double> at) {
    return String.format(Locale.ROOT, "%.1f %% at %s", 100 * at.getValue(), at.getKey());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
