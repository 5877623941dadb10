package io.lipc.benchmarks;

import java.util.List;

/**
 * A figure to reach: how many times as fast lipc's vector kernels are as another engine, at least.
 */
record Asked(Topology topology, int batch, Engine against, double atLeast) {

  static final List<Asked> ALL =
      List.of(
          new Asked(Topology.NARROW, 1, Engine.ORT_PINNED, 5),
          new Asked(Topology.NARROW, 1, Engine.ORT_USUAL, 9),
          new Asked(Topology.NARROW, 4096, Engine.ORT_PINNED, 1.5),
          new Asked(Topology.SMALL, 1, Engine.ORT_PINNED, 8),
          new Asked(Topology.WIDE, 1, Engine.ORT_PINNED, 1),
          new Asked(Topology.WIDE, 32, Engine.ORT_PINNED, 0.9),
          new Asked(Topology.WIDE, 256, Engine.ORT_PINNED, 0.9));

  /** The largest ratio of scalar to vector kernels. */
  static final double SCALAR_TO_VECTOR = 2.5;

  /** The least share of the peak for scalar kernels on batches of the wide network. */
  static final double SHARE_OF_PEAK = 0.2;

  /** The most milliseconds of a first call. */
  static final int FIRST_CALL_MILLIS = 60;

  /**
   * The limit of bytes that a call allocates. Fewer mean none at all, as the least object has 8
   * bytes; the rest is JMH's own, some kilobytes for all calls of an iteration.
   */
  static final int BYTES = 8;

  Case on(int threads) {
    return new Case(topology, batch, threads);
  }

  String label() {
    return on(1).label() + ", against " + against.label();
  }
}
