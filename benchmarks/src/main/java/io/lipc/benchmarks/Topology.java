package io.lipc.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The networks of the benchmark: dense layers with relu between them, weights from a seed. */
public enum Topology {
  /** The shape of ACAS Xu: nothing but overhead in most frameworks. */
  NARROW("5-50x6-5", 2026),
  /** The digits example. */
  SMALL("64-32-32-10", 2027),
  /** 670,000 weights: more than a second-level cache holds. */
  WIDE("784-512-512-10", 2028);

  private final String label;
  private final long seed;

  Topology(String label, long seed) {
    this.label = label;
    this.seed = seed;
  }

  /** One dense layer: {@code weight[i * inputs + k]} is what input k counts in output i. */
  record Dense(int inputs, int outputs, float[] weight, float[] bias) {}

  String label() {
    return label;
  }

  /** The sizes of its input and of each layer's output. */
  private List<Integer> sizes() {
    return switch (this) {
      case NARROW -> List.of(5, 50, 50, 50, 50, 50, 50, 5);
      case SMALL -> List.of(64, 32, 32, 10);
      case WIDE -> List.of(784, 512, 512, 10);
    };
  }

  List<Integer> batches() {
    return this == WIDE ? List.of(1, 32, 256) : List.of(1, 32, 256, 4096);
  }

  int inputs() {
    return sizes().getFirst();
  }

  int outputs() {
    return sizes().getLast();
  }

  /** The simple name of its interface. */
  String className() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /** The operations of one row: a multiplication and an addition for each weight. */
  double flops() {
    List<Integer> sizes = sizes();
    return IntStream.range(1, sizes.size())
        .mapToDouble(i -> 2.0 * sizes.get(i - 1) * sizes.get(i))
        .sum();
  }

  /** The layers, the same in every JVM: uniform, with the variance that relu asks for. */
  List<Dense> layers() {
    List<Integer> sizes = sizes();
    SplittableRandom random = new SplittableRandom(seed);
    List<Dense> layers = new ArrayList<>();
    for (int i = 1; i < sizes.size(); i++) {
      int inputs = sizes.get(i - 1);
      int outputs = sizes.get(i);
      float[] weight = uniform(random, inputs * outputs, Math.sqrt(6.0 / inputs));
      layers.add(new Dense(inputs, outputs, weight, uniform(random, outputs, 0.1)));
    }
    return layers;
  }

  /** Rows of inputs in [-1, 1]; the first rows are the same for every number of rows. */
  float[][] rows(int count) {
    SplittableRandom random = new SplittableRandom(-seed);
    float[][] rows = new float[count][];
    for (int r = 0; r < count; r++) {
      rows[r] = uniform(random, inputs(), 1);
    }
    return rows;
  }

  private static float[] uniform(SplittableRandom random, int count, double limit) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
    return values;
  }
}
