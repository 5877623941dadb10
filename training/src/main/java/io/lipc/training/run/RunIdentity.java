package io.lipc.training.run;

import io.lipc.formats.Digest;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.training.parameterization.Materialized;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The identity of a run, by which a checkpoint knows its run: a run that differs in one of these is
 * another one.
 *
 * @param network the kernels with their constants, and the bound
 * @param parameterization known by the weights that it gives to its initial parameters
 * @param data both parts
 * @param options those that decide the result
 */
record RunIdentity(Digest network, Digest parameterization, Digest data, Digest options) {

  /** The identity of {@code setup}, whose initial parameters give the weights {@code initial}. */
  static RunIdentity of(Setup<?, ?> setup, Materialized initial) {
    return new RunIdentity(
        Digest.of(utf8(describe(setup.graph()) + setup.loss().essence())),
        digest(initial.tensors()),
        setup.split().digest(),
        Digest.of(utf8(setup.options().essence())));
  }

  /** All of it. */
  Digest digest() {
    return Digest.of(utf8(toString()));
  }

  /** The components that differ from {@code other}, in their order. */
  List<String> differences(RunIdentity other) {
    List<String> names = new ArrayList<>();
    addIf(!network.equals(other.network), "network", names);
    addIf(!parameterization.equals(other.parameterization), "parameterisation", names);
    addIf(!data.equals(other.data), "data", names);
    addIf(!options.equals(other.options), "options", names);
    return names;
  }

  private static void addIf(boolean condition, String name, List<String> names) {
    if (condition) {
      names.add(name);
    }
  }

  /** Maps with constants by element print the number of these, not the constants. */
  private static String describe(KernelGraph graph) {
    StringBuilder text = new StringBuilder(graph.toString());
    for (Kernel kernel : graph.kernels()) {
      if (kernel instanceof LinearKernel linear) {
        text.append(linear.numbers());
      }
    }
    return text.toString();
  }

  private static Digest digest(Map<String, double[]> tensors) {
    List<byte[]> parts = new ArrayList<>();
    tensors.forEach(
        (name, values) -> {
          ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
          bytes.asDoubleBuffer().put(values);
          parts.add(utf8(name + " " + values.length + "\n"));
          parts.add(bytes.array());
        });
    return Digest.of(parts.toArray(byte[][]::new));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
