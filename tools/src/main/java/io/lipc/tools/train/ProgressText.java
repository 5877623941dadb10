package io.lipc.tools.train;

import java.time.Duration;
import java.util.Locale;

/**
 * The progress of training, as one line.
 *
 * @param start the steps that a checkpoint brought
 * @param done all steps until now, these among them
 * @param steps the most that there will be
 * @param stepsPerEpoch of one pass over the data
 * @param elapsed time since the start or the checkpoint
 * @param message what the last epoch brought; empty before that
 */
record ProgressText(
    long start, long done, long steps, long stepsPerEpoch, Duration elapsed, String message) {

  private static final int BAR = 20;

  /** The line, without its bar or cut where a terminal is not as wide. */
  String line(int width) {
    double share = steps == 0 ? 1 : (double) done / steps;
    int filled = (int) (BAR * share);
    String bar = "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] ";
    String words =
        String.format(
            Locale.ROOT,
            "%3d %%, epoch %d/%d%s%s",
            (int) (100 * share),
            Math.min(done / stepsPerEpoch + 1, steps / stepsPerEpoch),
            steps / stepsPerEpoch,
            left(),
            message);
    return bar.length() + words.length() <= width
        ? bar + words
        : words.substring(0, Math.max(Math.min(width, words.length()), 0));
  }

  /** An epoch that is the last for want of progress may come earlier. */
  private String left() {
    if (done <= start || done >= steps) {
      return "";
    }
    long seconds =
        Math.round(elapsed.toMillis() / 1000.0 * (steps - done) / (double) (done - start));
    return String.format(
        Locale.ROOT,
        seconds < 3600 ? ", %2$d:%3$02d left" : ", %1$d:%2$02d:%3$02d left",
        seconds / 3600,
        seconds % 3600 / 60,
        seconds % 60);
  }
}
