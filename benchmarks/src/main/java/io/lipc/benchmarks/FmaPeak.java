package io.lipc.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The most that one core can do: fused multiply-adds in registers, in twelve chains that do not
 * wait for each other. Two units with a latency of four or five cycles need eight to ten.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FmaPeak {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int STEPS = 10_000;

  /** The operations of a call: a multiplication and an addition per lane, chain and step. */
  static final double FLOPS_PER_LANE = 2.0 * CHAINS * STEPS;

  /** Unknown to the compiler, and small enough that nothing overflows. */
  private float factor = 0.5f;

  /** How many floats a vector has; the module of the Vector API has to be there. */
  static int lanes() {
    return SPECIES.length();
  }

  /** Has everything compiled. */
  @Setup
  public void warmUp() throws Exception {
    new WarmUp(this::chains).run();
  }

  /** The timed code. */
  @Benchmark
  public float chains() {
    FloatVector m = FloatVector.broadcast(SPECIES, factor);
    FloatVector c0 = FloatVector.broadcast(SPECIES, 0);
    FloatVector c1 = FloatVector.broadcast(SPECIES, 1);
    FloatVector c2 = FloatVector.broadcast(SPECIES, 2);
    FloatVector c3 = FloatVector.broadcast(SPECIES, 3);
    FloatVector c4 = FloatVector.broadcast(SPECIES, 4);
    FloatVector c5 = FloatVector.broadcast(SPECIES, 5);
    FloatVector c6 = FloatVector.broadcast(SPECIES, 6);
    FloatVector c7 = FloatVector.broadcast(SPECIES, 7);
    FloatVector c8 = FloatVector.broadcast(SPECIES, 8);
    FloatVector c9 = FloatVector.broadcast(SPECIES, 9);
    FloatVector c10 = FloatVector.broadcast(SPECIES, 10);
    FloatVector c11 = FloatVector.broadcast(SPECIES, 11);
    for (int i = 0; i < STEPS; i++) {
      c0 = c0.fma(m, m);
      c1 = c1.fma(m, m);
      c2 = c2.fma(m, m);
      c3 = c3.fma(m, m);
      c4 = c4.fma(m, m);
      c5 = c5.fma(m, m);
      c6 = c6.fma(m, m);
      c7 = c7.fma(m, m);
      c8 = c8.fma(m, m);
      c9 = c9.fma(m, m);
      c10 = c10.fma(m, m);
      c11 = c11.fma(m, m);
    }
    FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    FloatVector high = c6.add(c7).add(c8).add(c9).add(c10).add(c11);
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }
}
