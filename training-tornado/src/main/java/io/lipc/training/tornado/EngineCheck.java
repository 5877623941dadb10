package io.lipc.training.tornado;

import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDevice;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Whether a device gives the outputs and gradients that the JVM gives in double. Drivers and
 * TornadoVM's compiler have errors that nothing else reports, and training would go on with wrong
 * gradients without a word.
 *
 * <p>Numbers may differ by a thousandth of the largest one of their vector or tensor: rounding to
 * float makes some 1e-6 of that, a wrong kernel about all. Where an argument of relu or of a
 * maximum is so near to its kink that rounding moves it across, gradients differ by more, rightly:
 * so a device is believed that agrees on one of three random draws of weights, samples and
 * gradients.
 */
final class EngineCheck {

  private static final double TOLERANCE = 1e-3;
  private static final int DRAWS = 3;
  private static final int SAMPLES = 16;
  private static final double BIASES = 0.5;

  private final AdjointGraph graph;
  private final BatchEngine engine;
  private final BatchEngine jvm;
  private final int count;

  private EngineCheck(AdjointGraph graph, BatchEngine engine, BatchEngine jvm, int count) {
    this.graph = graph;
    this.engine = engine;
    this.jvm = jvm;
    this.count = count;
  }

  /** The fault of {@code engine}, as the end of a sentence; empty if it has none. */
  static Optional<String> objection(AdjointGraph graph, BatchEngine engine) {
    int count = Math.min(SAMPLES, engine.capacity());
    try (BatchEngine jvm = TrainingDevice.JVM.engine(graph, count)) {
      EngineCheck check = new EngineCheck(graph, engine, jvm, count);
      Optional<String> objection = Optional.empty();
      for (int draw = 1; draw <= DRAWS; draw++) {
        objection = check.objection(draw);
        if (objection.isEmpty()) {
          return objection;
        }
      }
      return objection;
    }
  }

  private Optional<String> objection(long seed) {
    run(jvm, new SplittableRandom(seed));
    run(engine, new SplittableRandom(seed));
    if (differs(flat(engine.output()), flat(jvm.output()))) {
      return Optional.of("gives other outputs than the JVM");
    }
    Map<String, double[]> found = engine.tensorGradients();
    boolean isTold = false;
    for (Map.Entry<String, double[]> wanted : jvm.tensorGradients().entrySet()) {
      double[] gradient = found.getOrDefault(wanted.getKey(), new double[0]);
      if (differs(gradient, wanted.getValue())) {
        return Optional.of("gives another gradient of `" + wanted.getKey() + "` than the JVM");
      }
      isTold |= largest(wanted.getValue()) > 0;
    }
    return isTold
        ? Optional.empty()
        : Optional.of("cannot be compared with the JVM: no gradient was found that is not 0");
  }

  /** The same numbers for the same random ones. */
  private void run(BatchEngine one, SplittableRandom random) {
    Map<String, double[]> tensors = new TreeMap<>();
    Map<String, Double> scales = scales();
    one.tensorSizes()
        .forEach(
            (name, size) -> {
              double scale = scales.getOrDefault(name, BIASES);
              tensors.put(name, random.doubles(size, -scale, scale).toArray());
            });
    one.load(tensors);
    fill(one.input(), random);
    one.forward(count);
    fill(one.outputGradient(), random);
    one.reverse(count);
  }

  private void fill(double[][] rows, RandomGenerator random) {
    for (double[] row : rows) {
      for (int j = 0; j < count; j++) {
        row[j] = random.nextDouble(-1, 1);
      }
    }
  }

  /** Weights of variance one over the number of inputs keep the size of what passes through. */
  private Map<String, Double> scales() {
    Map<String, Double> scales = new TreeMap<>();
    for (Kernel kernel : graph.forward().kernels()) {
      switch (kernel) {
        case GemmKernel gemm -> scales.put(gemm.weight(), Math.sqrt(3.0 / gemm.source().size()));
        case ConvolutionKernel c -> scales.put(c.map().weight(), Math.sqrt(3.0 / c.map().taps()));
        default -> {}
      }
    }
    return scales;
  }

  private double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(row -> Arrays.stream(row, 0, count)).toArray();
  }

  /** NaN differs from everything. */
  private static boolean differs(double[] found, double[] wanted) {
    if (found.length != wanted.length) {
      return true;
    }
    double allowed = TOLERANCE * largest(wanted);
    for (int i = 0; i < wanted.length; i++) {
      if (!(Math.abs(found[i] - wanted[i]) <= allowed)) {
        return true;
      }
    }
    return false;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).reduce(0, Math::max);
  }
}
