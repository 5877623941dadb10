package io.lipc.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/** One run of the command. Engines take turns on each case, so that they meet the same machine. */
final class Session {

  /** The results of a session. */
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
    garbage();
    naive();
    int cases = rounds();
    figures.addPeak(forks.peakGigaflops());
    loads.add(Setting.load());
    double rounds = (double) cases / (Case.all(1).size() + Case.all(2).size());
    return new Results(
        Setting.of(forks.vectorBits(), loads, rounds, elapsed()), figures, forks.json());
  }

  /** Gives how many cases were run: the last round ends early where time is up. */
  private int rounds() throws RunnerException {
    int cases = 0;
    for (int round = 0; round < plan.rounds(); round++) {
      for (int threads = 1; threads <= 2; threads++) {
        for (Case measured : Case.all(threads)) {
          if (round > 0 && elapsed().compareTo(plan.limit()) > 0) {
            return cases;
          }
          for (Engine engine : Case.LIBRARIES) {
            time(measured, engine);
          }
          cases++;
        }
      }
      loads.add(Setting.load());
    }
    return cases;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Naive loops are there for scale, and run once. */
  private void naive() throws RunnerException {
    for (Case measured : Case.all(1)) {
      time(measured, Engine.NAIVE_OFFSETS);
      time(measured, Engine.NAIVE_DOTS);
    }
  }

  private void time(Case measured, Engine engine) throws RunnerException {
    Figures.Timing timing = forks.time(measured, engine);
    figures.add(measured, engine, timing);
    System.out.printf(
        Locale.ROOT,
        "%4d s  %s, threads %d, %s: %.2f us, median %.2f us%n",
        elapsed().toSeconds(),
        measured.label(),
        measured.threads(),
        engine.label(),
        timing.least(),
        timing.median());
  }

  private void garbage() throws RunnerException {
    for (Topology topology : Topology.values()) {
      for (Engine engine : List.of(Engine.LIPC_SCALAR, Engine.LIPC_VECTOR)) {
        double bytes = forks.bytesPerCall(new Case(topology, 1, 1), engine);
        figures.addBytes(bytes);
        System.out.printf(
            Locale.ROOT, "%s, %s: %.2f bytes per call%n", topology.label(), engine.label(), bytes);
      }
    }
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
