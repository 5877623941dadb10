package io.lipc.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The machine and the time of a measurement.
 *
 * @param processor its name, and how many of them
 * @param vectorBits the width of a vector that the Vector API prefers
 * @param java the version and the name of the JVM
 * @param date in UTC
 * @param loads the load average before, after each round, and at the end; on an idle machine the
 *     benchmark itself makes it 1 to 2
 * @param rounds how often each engine ran on each case; part of a round is one that time cut short
 * @param duration of it all
 */
record Setting(
    String processor,
    int vectorBits,
    String java,
    LocalDate date,
    List<Double> loads,
    double rounds,
    Duration duration) {

  static Setting of(int vectorBits, List<Double> loads, double rounds, Duration duration)
      throws IOException {
    String count = ", " + Runtime.getRuntime().availableProcessors() + " processors";
    String java = Runtime.version() + ", " + System.getProperty("java.vm.name");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return new Setting(processorName() + count, vectorBits, java, today, loads, rounds, duration);
  }

  /** Linux has a name; elsewhere it is but the kind of processor. */
  private static String processorName() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "%s, vectors of %d bits; Java %s; %s; load average %s; %s rounds in %d s.",
        processor,
        vectorBits,
        java,
        date,
        loads.stream()
            .map(load -> String.format(Locale.ROOT, "%.1f", load))
            .collect(Collectors.joining(", ")),
        Numbers.short3(rounds),
        duration.toSeconds());
  }
}
