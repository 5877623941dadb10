package io.lipc.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A case on which engines are compared: a network, a number of rows, and the number of threads that
 * may be used.
 */
record Case(Topology topology, int batch, int threads) {

  /** The engines that are compared; naive loops are there for scale. */
  static final List<Engine> LIBRARIES =
      List.of(Engine.LIPC_SCALAR, Engine.LIPC_VECTOR, Engine.ORT_PINNED, Engine.ORT_USUAL);

  /** All cases of a number of threads. */
  static List<Case> all(int threads) {
    List<Case> cases = new ArrayList<>();
    for (Topology topology : Topology.values()) {
      for (int batch : topology.batches()) {
        cases.add(new Case(topology, batch, threads));
      }
    }
    return cases;
  }

  /** The engines that run on it: naive loops know nothing of threads. */
  List<Engine> engines() {
    return threads == 1 ? List.of(Engine.values()) : LIBRARIES;
  }

  String label() {
    return topology.label() + ", batch " + batch;
  }

  double flops() {
    return topology.flops() * batch;
  }
}
