package io.lipc.benchmarks;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One call: a network on a batch, by an engine with one or two threads. {@link Main} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Inference {

  /** How far outputs may be from those in double, in units of the largest output, at least 1. */
  static final double TOLERANCE = 1e-4;

  /** The network. */
  @Param public Topology topology = Topology.NARROW;

  /** How many rows. */
  @Param("1")
  public int batch;

  /** What evaluates. */
  @Param public Engine engine = Engine.LIPC_SCALAR;

  /** How many threads the engine may use. */
  @Param("1")
  public int threads;

  private @Nullable Evaluator evaluator;

  /** Prepares the engine, refuses to time one whose outputs are wrong, and warms it up. */
  @Setup
  public void prepare() throws Exception {
    Networks networks = Networks.ofProperty();
    Evaluator prepared = engine.evaluator(networks, topology, batch, threads);
    prepared.run();
    compare(networks.expected(topology, batch), prepared.outputs());
    new WarmUp(prepared).run();
    evaluator = prepared;
  }

  private void compare(double[][] expected, float[][] found) {
    double largest = 1;
    for (double[] row : expected) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    for (int r = 0; r < batch; r++) {
      for (int i = 0; i < topology.outputs(); i++) {
        // Not true for NaN.
        if (!(Math.abs(found[r][i] - expected[r][i]) <= TOLERANCE * largest)) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "%s is wrong on %s: output %d of row %d is %s, expected %s",
                  engine.label(),
                  topology.label(),
                  i,
                  r,
                  found[r][i],
                  expected[r][i]));
        }
      }
    }
  }

  /** What is timed. */
  @Benchmark
  public Object call() throws Exception {
    return Objects.requireNonNull(evaluator).run();
  }
}
