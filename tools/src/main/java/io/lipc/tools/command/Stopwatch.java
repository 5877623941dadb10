package io.lipc.tools.command;

/** Wall-clock time from its start. */
public record Stopwatch(long started) {

  /** A stopwatch that starts now. */
  public static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  /** Since its start. */
  public double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }
}
