package io.lipc.kernels.tornado;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.graph.PoolKernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kernel graph as a device runs it: without calls, each buffer the result of one task, and what
 * convolutions read with its zeros. A device keeps what it is given by whole arrays, so a task that
 * writes part of an array, or adds to one, would depend on what another task left there.
 *
 * @param scalar the numbers of all arrays
 * @param input holds the input; no task writes it
 * @param output holds the output, and is not the input
 */
record DeviceGraph(DeviceScalar scalar, Buffer input, Buffer output, List<DeviceTask> tasks) {

  DeviceGraph {
    tasks = List.copyOf(tasks);
  }

  /**
   * The tasks of a graph without calls.
   *
   * @throws IllegalStateException if there is a call
   */
  static DeviceGraph of(KernelGraph graph) {
    return new Translation(graph).run();
  }

  /** The largest number of elements that one row has in any buffer. */
  int widest() {
    return tasks.stream().mapToInt(task -> task.target().size()).reduce(input.size(), Math::max);
  }

  /** Whether some task moves a window over images. */
  boolean hasImages() {
    return tasks.stream()
        .anyMatch(
            task ->
                switch (task) {
                  case DeviceTask.Pad _ -> true;
                  case DeviceTask.Compute(Kernel kernel, List<Buffer> _, Buffer _) ->
                      kernel instanceof ConvolutionKernel || kernel instanceof PoolKernel;
                });
  }

  private static final class Translation {

    private final KernelGraph graph;
    private final List<DeviceTask> tasks = new ArrayList<>();

    /**
     * The buffers that hold the values of others, once these have been written in whole or in part.
     */
    private final Map<Buffer, Buffer> values = new HashMap<>();

    private final Set<Buffer> written = new HashSet<>();

    private Translation(KernelGraph graph) {
      this.graph = graph;
      values.put(graph.input(), graph.input());
    }

    private DeviceGraph run() {
      graph.kernels().forEach(this::add);
      Buffer output = value(graph.output());
      if (output.equals(graph.input())) {
        // The caller's two arrays are two arrays, even if nothing happens between them.
        Buffer copy = new Buffer("return", output.size());
        tasks.add(new DeviceTask.Compute(new CopyKernel(output, copy, 0), List.of(output), copy));
        output = copy;
      }
      return new DeviceGraph(DeviceScalar.of(graph.precision()), graph.input(), output, tasks);
    }

    private void add(Kernel kernel) {
      switch (kernel) {
        case CopyKernel copy -> concatenate(copy);
        case CallKernel call -> throw new IllegalStateException("not inlined: " + call);
        case ConvolutionKernel convolution -> {
          Buffer image = padded(convolution.map(), value(convolution.source()));
          write(convolution, List.of(image), convolution.target().size());
        }
        default -> {
          List<Buffer> sources = kernel.sources().stream().map(this::value).toList();
          write(kernel, sources, kernel.target().size());
        }
      }
    }

    /** The first part stays where it is; each further one goes behind what there is so far. */
    private void concatenate(CopyKernel copy) {
      Buffer part = value(copy.source());
      if (copy.offset() == 0) {
        values.put(copy.target(), part);
      } else {
        write(copy, List.of(value(copy.target()), part), copy.offset() + part.size());
      }
    }

    /** The image among the zeros that the windows read; the image itself where there are none. */
    private Buffer padded(Convolution map, Buffer image) {
      Grid padded = DeviceTask.Pad.padded(map.input(), map.window());
      if (padded.equals(map.input())) {
        return image;
      }
      Buffer target = new Buffer(image.name() + " padded " + tasks.size(), padded.elements());
      tasks.add(new DeviceTask.Pad(map.input(), map.window(), image, target));
      return target;
    }

    private void write(Kernel kernel, List<Buffer> sources, int size) {
      Buffer whole = kernel.target();
      boolean isLast = size == whole.size() && written.add(whole);
      Buffer target = isLast ? whole : new Buffer(whole.name() + " part " + tasks.size(), size);
      tasks.add(new DeviceTask.Compute(kernel, sources, target));
      values.put(whole, target);
    }

    private Buffer value(Buffer buffer) {
      return Lookup.in(values, buffer);
    }
  }
}
