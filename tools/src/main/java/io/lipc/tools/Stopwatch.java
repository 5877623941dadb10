package io.lipc.tools;

/** Wall-clock time from its start. */
record Stopwatch(long started) {

  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }
}
