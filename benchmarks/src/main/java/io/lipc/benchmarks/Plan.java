package io.lipc.benchmarks;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much to run, and where the results go.
 *
 * @param rounds how often every engine runs on every case, in a JVM of its own each time
 * @param limit where the first round is over, and this as well, no case begins
 * @param iterations how many iterations a fork measures
 * @param iterationMillis how long each of them takes, at least: about a time slice, so that on a
 *     busy machine some are undisturbed
 * @param firstCalls how often a JVM is started to time its first call
 * @param documents the folder of {@code benchmarks.md}
 */
record Plan(
    int rounds,
    Duration limit,
    int iterations,
    int iterationMillis,
    int firstCalls,
    Path documents) {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** The plan of a report. */
  static Plan full(Path root) {
    return new Plan(2, LIMIT, 24, 25, 3, root.resolve("docs"));
  }

  /**
   * A plan for trying the command out: its figures are too noisy to report, so they go elsewhere.
   */
  static Plan quick(Path root) {
    return new Plan(1, LIMIT, 8, 25, 1, root.resolve("benchmarks/target/quick"));
  }
}
