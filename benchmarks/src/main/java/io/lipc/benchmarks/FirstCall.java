package io.lipc.benchmarks;

import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.Workspace;

/**
 * Times the first call of a network in a JVM that has run nothing else, and prints nanoseconds:
 * those of loading, and those from the loaded network to the end of the call.
 */
final class FirstCall {

  private FirstCall() {}

  /**
   * Runs in a JVM of its own.
   *
   * @param arguments the name of the topology
   */
  public static void main(String[] arguments) throws Exception {
    Topology topology = Topology.valueOf(arguments[0]);
    Networks networks = Networks.ofProperty();
    float[] input = topology.rows(1)[0];
    float[] output = new float[topology.outputs()];
    long start = System.nanoTime();
    FloatNetwork network = networks.load(topology);
    long loaded = System.nanoTime();
    Workspace workspace = network.newWorkspace();
    network.apply(workspace, input, output);
    long called = System.nanoTime();
    System.out.println((loaded - start) + " " + (called - loaded));
  }
}
