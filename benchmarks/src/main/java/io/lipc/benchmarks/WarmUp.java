package io.lipc.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs until there is nothing more to compile. Until C2 has done with them, vector kernels are a
 * thousand times slower, and how long that takes depends on what else the machine does: so a fixed
 * time is too long on a quiet machine or too short on a busy one.
 */
final class WarmUp {

  private static final long WINDOW_NANOS = 120_000_000L;
  private static final int QUIET_WINDOWS = 4;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /** A window without a gain like this is a quiet one. */
  private static final double GAIN = 0.9;

  /** Something to compile. */
  interface Call {
    Object run() throws Exception;
  }

  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private final Call call;

  WarmUp(Call call) {
    this.call = call;
  }

  void run() throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    double best = Double.POSITIVE_INFINITY;
    int quiet = 0;
    while (quiet < QUIET_WINDOWS && System.nanoTime() < end) {
      long compiled = compiler.getTotalCompilationTime();
      double nanos = window();
      boolean still = compiler.getTotalCompilationTime() == compiled && nanos > GAIN * best;
      quiet = still ? quiet + 1 : 0;
      best = Math.min(best, nanos);
    }
  }

  /** Nanoseconds of the fastest call. */
  private double window() throws Exception {
    long start = System.nanoTime();
    long best = Long.MAX_VALUE;
    for (long now = start; now - start < WINDOW_NANOS; ) {
      call.run();
      long after = System.nanoTime();
      best = Math.min(best, after - now);
      now = after;
    }
    return best;
  }
}
