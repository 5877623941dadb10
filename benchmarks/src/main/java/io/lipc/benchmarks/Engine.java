package io.lipc.benchmarks;

import java.util.List;

/** An engine that evaluates the networks. */
public enum Engine {
  /** lipc's generated class with scalar kernels. */
  LIPC_SCALAR("lipc scalar"),
  /** lipc's generated class with kernels of the Vector API. */
  LIPC_VECTOR("lipc vector"),
  /** ONNX Runtime on buffers that stay: as fast as it goes. */
  ORT_PINNED("ONNX Runtime, pinned"),
  /** ONNX Runtime as its documentation shows: arrays in, arrays out. */
  ORT_USUAL("ONNX Runtime, as usual"),
  /** {@code y[o + j] += a * w[p + j]}: one array for all rows, one for all weights. */
  NAIVE_OFFSETS("naive, offsets"),
  /** Row times row, summed into a scalar. */
  NAIVE_DOTS("naive, dot products");

  private final String label;

  Engine(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The arguments of its JVM. */
  List<String> jvmArguments() {
    return switch (this) {
      case LIPC_SCALAR -> Variant.SCALAR.jvmArguments();
      case LIPC_VECTOR -> Variant.VECTOR.jvmArguments();
      case ORT_PINNED, ORT_USUAL -> List.of("--enable-native-access=ALL-UNNAMED");
      case NAIVE_OFFSETS, NAIVE_DOTS -> List.of();
    };
  }

  /**
   * An evaluator of the first rows of a network.
   *
   * @param threads how many threads it may use, 1 or 2; lipc's are set by the JVM's arguments
   */
  Evaluator evaluator(Networks networks, Topology topology, int batch, int threads)
      throws Exception {
    float[][] rows = topology.rows(batch);
    return switch (this) {
      case LIPC_SCALAR, LIPC_VECTOR ->
          batch == 1
              ? new LipcEvaluator.Single(networks.load(topology), rows[0])
              : new LipcEvaluator.Batch(networks.load(topology), rows);
      case ORT_PINNED ->
          new OrtPinned(networks.onnxFile(topology), topology.outputs(), rows, threads);
      case ORT_USUAL -> new OrtUsual(networks.onnxFile(topology), rows, threads);
      case NAIVE_OFFSETS -> new NaiveOffsets(topology.layers(), rows);
      case NAIVE_DOTS -> new NaiveDots(topology.layers(), rows);
    };
  }
}
