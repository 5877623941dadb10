package io.lipc.benchmarks;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much to run, and where the results go.
 *
 * @param rounds how often, at most, every engine runs on every case, in a JVM of its own each time
 * @param limit no round begins that would end later than this
 * @param iterations how many iterations a fork measures
 * @param iterationMillis how long each of them takes, at least
 * @param warmUp the share of {@link Engine#warmUpMillis()} that is spent
 * @param firstCalls how often a JVM is started to time its first call
 * @param documents the folder of {@code benchmarks.md}
 */
record Plan(
    int rounds,
    Duration limit,
    int iterations,
    int iterationMillis,
    double warmUp,
    int firstCalls,
    Path documents) {

  private static final Duration LIMIT = Duration.ofSeconds(690);

  /** What is reported. */
  static Plan full(Path root) {
    return new Plan(2, LIMIT, 4, 200, 1, 5, root.resolve("docs"));
  }

  /** To try the command out: its figures are too noisy to report, so they go elsewhere. */
  static Plan quick(Path root) {
    return new Plan(1, LIMIT, 2, 100, 0.5, 1, root.resolve("benchmarks/target/quick"));
  }
}
