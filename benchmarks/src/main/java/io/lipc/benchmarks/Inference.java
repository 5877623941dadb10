package io.lipc.benchmarks;

import java.util.Arrays;
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

  /** The engine. */
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
    new WarmUp(prepared::run).run();
    evaluator = prepared;
  }

  /**
   * Compares the outputs of an engine with those in double.
   *
   * @throws IllegalStateException if one is off by more than the tolerance
   */
  static void compare(double[][] expected, float[][] found) {
    double largest =
        Arrays.stream(expected).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
    double allowed = TOLERANCE * Math.max(largest, 1);
    for (int r = 0; r < expected.length; r++) {
      for (int i = 0; i < expected[r].length; i++) {
        // Not true for NaN.
        if (!(Math.abs(found[r][i] - expected[r][i]) <= allowed)) {
          throw new IllegalStateException(
              "wrong: output %d of row %d is %s, expected %s"
                  .formatted(i, r, found[r][i], expected[r][i]));
        }
      }
    }
  }

  /** The timed code. */
  @Benchmark
  public Object call() throws Exception {
    return Objects.requireNonNull(evaluator).run();
  }
}
