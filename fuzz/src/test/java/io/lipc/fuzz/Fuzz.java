package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads mutants of one format: {@code -Dlipc.fuzz=N} of all formats together in place of half of
 * {@value #SHARES}, or the one of {@code -Dlipc.fuzz.seed=S} alone.
 *
 * <p>A mutant may take two seconds, of the processor and not of the clock: how busy the machine is
 * says nothing about lipc. One that takes longer is read once more before it counts, because code
 * that is not compiled yet can make any mutant slow once, but hardly the same twice. One that has
 * not ended after a minute of the clock counts at once: then it may be waiting.
 */
final class Fuzz {

  /** The sum of the shares of all formats. */
  static final int SHARES = 64_000;

  private static final int TOTAL = Integer.getInteger("lipc.fuzz", SHARES / 2);
  private static final Long SEED = Long.getLong("lipc.fuzz.seed");
  private static final long SOON = TimeUnit.SECONDS.toNanos(2);
  private static final long AT_LAST = TimeUnit.MINUTES.toNanos(1);
  private static final int MAX_SHOWN = 12;
  private static final Path FOLDER = Path.of("target/fuzz");

  private final Format format;
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final Map<String, List<String>> faults = new LinkedHashMap<>();
  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
  private final SynchronousQueue<FutureTask<Timed>> work = new SynchronousQueue<>();

  /** The processor time of the slowest mutant, in nanoseconds. */
  private long slowest;

  private long slowestSeed;

  private record Timed(Outcome outcome, long nanos) {}

  private Fuzz(Format format) {
    this.format = format;
  }

  /** Fails if any mutant is a fault, or if hardly any is read, or refused. */
  static void run(Format format) throws IOException, InterruptedException {
    new Fuzz(format).run();
  }

  private void run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    int count = (int) ((long) format.share() * TOTAL / SHARES);
    newWorker();
    if (SEED != null) {
      read(SEED);
    } else {
      for (long seed = 0; seed < count && faults.size() < MAX_SHOWN; seed++) {
        read(seed);
      }
    }
    print(System.nanoTime() - start);
    assertThat(faults.values().stream().map(List::getFirst))
        .as("faults of %s", format.name())
        .isEmpty();
    if (SEED == null && count > 500) {
      assertThat(outcomes.keySet()).containsExactlyInAnyOrder(Outcome.values());
      assertThat(outcomes.values()).as("of each outcome").allMatch(some -> some > count / 100);
    }
  }

  private void print(long nanos) {
    System.out.printf(
        Locale.ROOT,
        "fuzz: %-12s %7d mutants, %7d refused, %7d accepted, %d faults, slowest %5.0f ms (seed %d),"
            + " all %.1f s%n",
        format.name(),
        outcomes.values().stream().mapToInt(Integer::intValue).sum(),
        outcomes.getOrDefault(Outcome.REFUSED, 0),
        outcomes.getOrDefault(Outcome.ACCEPTED, 0),
        faults.size(),
        slowest / 1e6,
        slowestSeed,
        nanos / 1e9);
  }

  /** Every mutant is read by a thread that can be left alone with one that does not end. */
  private void newWorker() {
    Thread.ofPlatform()
        .daemon()
        .name("fuzz " + format.name())
        .start(
            () -> {
              while (true) {
                try {
                  work.take().run();
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
  }

  private void read(long seed) throws IOException, InterruptedException {
    Mutant mutant = format.mutant(seed);
    try {
      long nanos = timed(mutant);
      if (nanos > SOON) {
        nanos = timed(mutant);
      }
      if (nanos > SOON) {
        throw new AssertionError(
            "twice more than 2 s of the processor, now " + nanos / 1_000_000 + " ms");
      }
      if (nanos > slowest) {
        slowest = nanos;
        slowestSeed = seed;
      }
    } catch (Throwable thrown) {
      keep(seed, mutant, thrown);
    }
  }

  private long timed(Mutant mutant) throws Throwable {
    Timed timed = read(mutant);
    if (timed.nanos() <= SOON) {
      outcomes.merge(timed.outcome(), 1, Integer::sum);
    }
    return timed.nanos();
  }

  private Timed read(Mutant mutant) throws Throwable {
    FutureTask<Timed> task =
        new FutureTask<>(
            () -> {
              long start = clock.getCurrentThreadCpuTime();
              Outcome outcome = format.reader().read(mutant);
              return new Timed(outcome, clock.getCurrentThreadCpuTime() - start);
            });
    work.put(task);
    try {
      return task.get(AT_LAST, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (TimeoutException e) {
      AssertionError hang = new AssertionError("no end after a minute");
      hang.setStackTrace(stackOfWorker());
      newWorker();
      throw hang;
    }
  }

  private StackTraceElement[] stackOfWorker() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals("fuzz " + format.name()))
        .map(Map.Entry::getValue)
        .filter(stack -> stack.length > 0)
        .max((a, b) -> Integer.compare(a.length, b.length))
        .orElse(new StackTraceElement[0]);
  }

  /** Mutants of one fault are many; the first of each is kept and shown. */
  private void keep(long seed, Mutant mutant, Throwable thrown) throws IOException {
    List<String> same = faults.computeIfAbsent(signature(thrown), _ -> new ArrayList<>());
    if (same.isEmpty()) {
      Files.createDirectories(FOLDER);
      Path file = FOLDER.resolve(format.name() + "-" + seed + "." + format.ending());
      Files.write(file, mutant.content());
      same.add(
          "%s: %s%nread it again with -Dlipc.fuzz.seed=%d%n%s"
              .formatted(file, thrown, seed, stack(thrown)));
    }
  }

  private static String signature(Throwable thrown) {
    return thrown.getClass().getName()
        + Arrays.stream(thrown.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("io.lipc"))
            .findFirst()
            .map(StackTraceElement::toString)
            .orElse("")
        + (thrown instanceof AssertionError
            ? String.valueOf(thrown.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("[0-9]+", "")
            : "");
  }

  private static String stack(Throwable thrown) {
    StringBuilder lines = new StringBuilder();
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      lines.append(one == thrown ? "" : "caused by " + one + "\n");
      Arrays.stream(one.getStackTrace())
          .limit(15)
          .forEach(frame -> lines.append("    at ").append(frame).append('\n'));
    }
    return lines.toString();
  }
}
