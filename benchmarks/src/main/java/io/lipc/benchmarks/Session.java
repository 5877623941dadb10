package io.lipc.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/** One run of the command. Engines take turns on each case, so that they meet the same machine. */
final class Session {

  /** What a session found. */
  record Results(Setting setting, Figures figures, String json) {}

  private final Plan plan;
  private final Forks forks;
  private final Figures figures = new Figures();
  private final List<Double> loads = new ArrayList<>();
  private final long start = System.nanoTime();

  Session(Plan plan) {
    this.plan = plan;
    this.forks = new Forks(plan);
  }

  Results run() throws RunnerException, IOException, InterruptedException {
    loads.add(Setting.load());
    figures.addPeak(forks.peakGigaflops());
    firstCalls();
    int rounds = rounds();
    figures.addPeak(forks.peakGigaflops());
    Setting setting = Setting.of(forks.vectorBits(), loads, rounds);
    return new Results(setting, figures, forks.json());
  }

  private int rounds() throws RunnerException {
    int rounds = 0;
    Duration longest = Duration.ZERO;
    while (rounds < plan.rounds() && elapsed().plus(longest).compareTo(plan.limit()) < 0) {
      Duration before = elapsed();
      round(rounds == 0);
      longest = elapsed().minus(before);
      loads.add(Setting.load());
      rounds++;
    }
    return rounds;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Naive loops are there for scale: they run in the first round only. */
  private void round(boolean naive) throws RunnerException {
    for (int threads = 1; threads <= 2; threads++) {
      for (Case measured : Case.all(threads)) {
        for (Engine engine : measured.engines()) {
          if (naive || !engine.isNaive()) {
            time(measured, engine);
          }
        }
      }
    }
  }

  private void time(Case measured, Engine engine) throws RunnerException {
    Figures.Timing timing = forks.time(measured, engine);
    figures.add(measured, engine, timing);
    System.out.printf(
        Locale.ROOT,
        "%4d s  %s, threads %d, %s: %.2f us, %.1f B%n",
        elapsed().toSeconds(),
        measured.label(),
        measured.threads(),
        engine.label(),
        timing.least(),
        timing.bytesPerCall());
  }

  private void firstCalls() throws IOException, InterruptedException {
    for (Topology topology : Topology.values()) {
      for (Variant variant : Variant.values()) {
        double[] loads = new double[plan.firstCalls()];
        double[] calls = new double[plan.firstCalls()];
        for (int i = 0; i < plan.firstCalls(); i++) {
          Figures.First first = forks.firstCall(topology, variant);
          loads[i] = first.load();
          calls[i] = first.call();
        }
        Figures.First median = new Figures.First(Figures.median(loads), Figures.median(calls));
        figures.addFirst(topology, variant, median);
      }
    }
  }
}
