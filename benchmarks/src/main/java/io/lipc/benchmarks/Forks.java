package io.lipc.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Starts the JVMs that measure, each for one engine on one case, and keeps what JMH says. */
final class Forks {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** The number of warm-ups of JMH's own loop: {@link WarmUp} has done the rest. */
  private static final int WARM_UPS = 3;

  private static final int WARM_UP_MILLIS = 80;
  private static final String PARALLELISM =
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=";

  private final Plan plan;

  /** The forks of one benchmark with the same parameters are one result of several forks. */
  private final Map<String, BenchmarkParams> parameters = new LinkedHashMap<>();

  private final Map<String, List<BenchmarkResult>> results = new LinkedHashMap<>();

  Forks(Plan plan) {
    this.plan = plan;
  }

  /** One fork of an engine on a case. */
  Figures.Timing time(Case measured, Engine engine) throws RunnerException {
    return new Figures.Timing(micros(run(inference(measured, engine))));
  }

  /**
   * The bytes that a call allocates, by JMH's profiler, in the last of a few iterations: what is
   * not compiled yet allocates. It counts some kilobytes of JMH's own for each iteration, so
   * iterations are long.
   */
  double bytesPerCall(Case measured, Engine engine) throws RunnerException {
    ChainedOptionsBuilder options =
        inference(measured, engine)
            .measurementIterations(3)
            .measurementTime(TimeValue.milliseconds(500))
            .addProfiler(GCProfiler.class);
    BenchmarkResult fork = List.copyOf(run(options).getBenchmarkResults()).getFirst();
    IterationResult last = List.copyOf(fork.getIterationResults()).getLast();
    return Objects.requireNonNull(last.getSecondaryResults().get(ALLOCATED)).getScore();
  }

  /** The peak of one core, in billions of operations per second. */
  double peakGigaflops() throws RunnerException {
    RunResult result = run(options(FmaPeak.class, List.of("--add-modules=jdk.incubator.vector")));
    double micros = new Figures.Timing(micros(result)).least();
    return FmaPeak.FLOPS_PER_LANE * FmaPeak.lanes() / micros * 1e-3;
  }

  int vectorBits() {
    return FmaPeak.lanes() * Float.SIZE;
  }

  private ChainedOptionsBuilder inference(Case measured, Engine engine) {
    List<String> arguments = new ArrayList<>(engine.jvmArguments());
    // The calling thread works as well.
    arguments.add(PARALLELISM + (measured.threads() - 1));
    return options(Inference.class, arguments)
        .param("topology", measured.topology().name())
        .param("batch", Integer.toString(measured.batch()))
        .param("engine", engine.name())
        .param("threads", Integer.toString(measured.threads()));
  }

  private ChainedOptionsBuilder options(Class<?> benchmark, List<String> arguments) {
    return new OptionsBuilder()
        .include("^" + benchmark.getName() + "\\.")
        .forks(1)
        .jvmArgs(common(arguments).toArray(String[]::new))
        .warmupIterations(WARM_UPS)
        .warmupTime(TimeValue.milliseconds(WARM_UP_MILLIS))
        .measurementIterations(plan.iterations())
        .measurementTime(TimeValue.milliseconds(plan.iterationMillis()))
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
  }

  private static List<String> common(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add("-Xmx1g");
    all.add("-D" + Networks.FOLDER + "=" + System.getProperty(Networks.FOLDER));
    // JMH uses it.
    all.add("--sun-misc-unsafe-memory-access=allow");
    return all;
  }

  private RunResult run(ChainedOptionsBuilder options) throws RunnerException {
    RunResult result = new Runner(options.build()).runSingle();
    BenchmarkParams given = result.getParams();
    parameters.putIfAbsent(given.id(), given);
    results
        .computeIfAbsent(given.id(), key -> new ArrayList<>())
        .addAll(result.getBenchmarkResults());
    return result;
  }

  private static double[] micros(RunResult result) {
    return result.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .toArray();
  }

  /**
   * Everything in JMH's own format, but the numbers of a fork on one line; where this machine keeps
   * its Java is nobody's business.
   */
  String json() {
    Collection<RunResult> all = new ArrayList<>();
    parameters.forEach((id, given) -> all.add(new RunResult(given, results.get(id))));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(all);
    }
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replace(System.getProperty("java.home"), "JAVA_HOME")
        .replaceAll("(?<=[0-9]),\\n +(?=[0-9])", ", ");
  }

  /** A JVM that loads a network and calls it once. */
  Figures.First firstCall(Topology topology, Variant variant)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(common(variant.jvmArguments()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FirstCall.class.getName(), topology.name()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream stream = process.getInputStream()) {
      String printed = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IOException("the first call failed: " + command + "\n" + printed);
      }
      String[] nanos = printed.split(" ", -1);
      return new Figures.First(
          Double.parseDouble(nanos[0]) * 1e-6, Double.parseDouble(nanos[1]) * 1e-6);
    }
  }
}
