package io.lipc.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What engines are compared on: a network, a number of rows, and how many threads may be used. */
record Case(Topology topology, int batch, int threads) {

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
    return Arrays.stream(Engine.values())
        .filter(engine -> threads == 1 || !engine.isNaive())
        .toList();
  }

  String label() {
    return topology.label() + ", batch " + batch;
  }

  double flops() {
    return topology.flops() * batch;
  }
}
