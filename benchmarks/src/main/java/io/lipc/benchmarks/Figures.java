package io.lipc.benchmarks;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * All that was measured.
 *
 * <p>The figure of an engine on a case is the least of its iterations, over all forks: other work
 * on the machine only ever adds time, and it does so to whichever engine happens to run. Medians
 * are kept beside, to show where the two would say different things.
 */
final class Figures {

  /** Microseconds per call of one engine on one case, of each iteration. */
  record Timing(double[] micros) {

    double least() {
      return Arrays.stream(micros).min().orElseThrow();
    }

    double median() {
      return Figures.median(micros);
    }

    private Timing and(Timing other) {
      double[] all =
          DoubleStream.concat(Arrays.stream(micros), Arrays.stream(other.micros)).toArray();
      return new Timing(all);
    }
  }

  /** Milliseconds of one run: to load a network, and to call it for the first time. */
  record First(double load, double call) {}

  private record Start(Topology topology, Variant variant) {}

  private final Map<Case, Map<Engine, Timing>> timings = new LinkedHashMap<>();
  private final Map<Start, First> firsts = new HashMap<>();
  private double peakGigaflops;
  private double mostBytes;

  void add(Case measured, Engine engine, Timing timing) {
    timings
        .computeIfAbsent(measured, key -> new EnumMap<>(Engine.class))
        .merge(engine, timing, Timing::and);
  }

  void addPeak(double gigaflops) {
    peakGigaflops = Math.max(peakGigaflops, gigaflops);
  }

  /** Adds the bytes that one call with a workspace allocates, by JMH's profiler. */
  void addBytes(double bytesPerCall) {
    mostBytes = Math.max(mostBytes, bytesPerCall);
  }

  void addFirst(Topology topology, Variant variant, First first) {
    firsts.put(new Start(topology, variant), first);
  }

  Optional<Timing> timing(Case measured, Engine engine) {
    return Optional.ofNullable(timings.getOrDefault(measured, Map.of()).get(engine));
  }

  First first(Topology topology, Variant variant) {
    return Objects.requireNonNull(firsts.get(new Start(topology, variant)));
  }

  double mostBytes() {
    return mostBytes;
  }

  double peakGigaflops() {
    return peakGigaflops;
  }

  /** How many times as long one engine takes as another. */
  Optional<Double> ratio(Case measured, Engine slow, Engine fast) {
    return timing(measured, slow)
        .flatMap(a -> timing(measured, fast).map(b -> a.least() / b.least()));
  }

  /** The same, of medians. */
  Optional<Double> ratioOfMedians(Case measured, Engine slow, Engine fast) {
    return timing(measured, slow)
        .flatMap(a -> timing(measured, fast).map(b -> a.median() / b.median()));
  }

  /** The share of the peak of all cores in use, from 0 to 1. */
  Optional<Double> shareOfPeak(Case measured, Engine engine) {
    double peak = peakGigaflops * 1e3 * measured.threads();
    return timing(measured, engine).map(timing -> measured.flops() / timing.least() / peak);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
