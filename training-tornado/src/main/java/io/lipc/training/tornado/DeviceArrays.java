package io.lipc.training.tornado;

import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.Lookup;
import io.lipc.training.batch.TrainingDeviceException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The arrays of a network and of its gradients. Element i of sample j of a buffer stands at {@code
 * i batch + j}; tensors are in row-major order.
 */
final class DeviceArrays {

  private final int batch;
  private final Map<Buffer, FloatArray> values = new HashMap<>();
  private final Map<Buffer, FloatArray> gradients = new HashMap<>();
  private final SortedMap<String, FloatArray> tensors = new TreeMap<>();
  private final SortedMap<String, FloatArray> tensorGradients = new TreeMap<>();

  /**
   * Those of {@code graph} for batches of so many samples.
   *
   * @throws TrainingDeviceException if a device cannot count the numbers of one of them
   */
  DeviceArrays(AdjointGraph graph, int batch) {
    this.batch = batch;
    Buffer input = graph.forward().input();
    values.put(input, new FloatArray(size(input)));
    for (Buffer buffer : graph.forward().intermediates()) {
      int size = size(buffer);
      values.put(buffer, new FloatArray(size));
      gradients.put(buffer, new FloatArray(size));
    }
    for (Kernel kernel : graph.forward().kernels()) {
      switch (kernel) {
        case GemmKernel gemm -> {
          int rows = gemm.target().size();
          declare(gemm.weight(), Math.multiplyExact(rows, gemm.source().size()));
          gemm.bias().ifPresent(bias -> declare(bias, rows));
        }
        case ConvolutionKernel c -> {
          declare(c.map().weight(), Math.multiplyExact(c.map().channels(), c.map().taps()));
          c.map().bias().ifPresent(bias -> declare(bias, c.map().channels()));
        }
        default -> {}
      }
    }
  }

  private int size(Buffer buffer) {
    long size = (long) buffer.size() * batch;
    if (size > Integer.MAX_VALUE / Float.BYTES) {
      throw new TrainingDeviceException(
          "a device cannot train %s with %d rows a step: that are %d numbers, and an array has at most 2^29; take a smaller batch (--batch), or train on jvm"
              .formatted(buffer, batch, size));
    }
    return (int) size;
  }

  private void declare(String name, int size) {
    FloatArray known = tensors.computeIfAbsent(name, _ -> new FloatArray(size));
    tensorGradients.computeIfAbsent(name, _ -> new FloatArray(size));
    if (known.getSize() != size) {
      throw new IllegalArgumentException("tensor " + name + " is read with two shapes");
    }
  }

  int batch() {
    return batch;
  }

  FloatArray value(Buffer buffer) {
    return Lookup.in(values, buffer);
  }

  FloatArray gradient(Buffer buffer) {
    return Lookup.in(gradients, buffer);
  }

  FloatArray tensor(String name) {
    return Lookup.in(tensors, name);
  }

  FloatArray tensorGradient(String name) {
    return Lookup.in(tensorGradients, name);
  }

  /** The values of the input and of all buffers that kernels write. */
  Collection<FloatArray> values() {
    return values.values();
  }

  /** The gradients of all buffers that kernels write; nobody asks for that of the input. */
  Collection<FloatArray> gradients() {
    return gradients.values();
  }

  /** By name. */
  SortedMap<String, FloatArray> tensors() {
    return tensors;
  }

  /** By name. */
  SortedMap<String, FloatArray> tensorGradients() {
    return tensorGradients;
  }
}
