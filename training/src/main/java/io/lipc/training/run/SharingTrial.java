package io.lipc.training.run;

import java.util.Arrays;

/**
 * Finds out by the clock whether steps take less time on several threads: on processors that others
 * use, one waits for the other, and that may take longer than the step. Steps have the same bits
 * either way. They are shared at first, while code is compiled, and between trials as the last one
 * said; in a trial, every other step is.
 */
final class SharingTrial {

  /** Steps of each kind in a trial, of which the median counts. */
  private static final int PAIRS = 15;

  /** Steps from one trial to the next: trials are a small part of them. */
  private static final int PERIOD = 64 * PAIRS;

  /** Steps before the first trial. */
  private static final int FIRST = 100;

  private final long[] shared = new long[PAIRS];
  private final long[] alone = new long[PAIRS];
  private int untilTrial = FIRST;
  private int done;
  private boolean isSharedBetween = true;

  /** Whether the next step is shared. */
  boolean isShared() {
    return untilTrial > 0 ? isSharedBetween : done % 2 == 0;
  }

  /** Takes note of a step. */
  void finished(long nanos) {
    if (untilTrial > 0) {
      untilTrial--;
      return;
    }
    (done % 2 == 0 ? shared : alone)[done / 2] = nanos;
    done++;
    if (done == 2 * PAIRS) {
      isSharedBetween = median(shared) < median(alone);
      done = 0;
      untilTrial = PERIOD;
    }
  }

  private static long median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }
}
