package io.lipc.kernels.tornado;

import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.Kernel;
import java.util.List;

/**
 * A kernel as a task of its own: it writes every element of its target, and no other task does.
 *
 * @param kernel what is computed; its own buffers count for nothing here
 * @param sources the buffers that it reads; those of a {@link io.lipc.kernels.graph.CopyKernel} are
 *     what is copied, or two parts to be put one after the other
 * @param target the buffer that it writes
 */
record DeviceTask(Kernel kernel, List<Buffer> sources, Buffer target) {

  DeviceTask {
    sources = List.copyOf(sources);
  }

  Buffer source() {
    return sources.getFirst();
  }
}
