package io.lipc.kernels.tornado;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.Kernel;
import java.util.List;

/** One task of a device: it writes every element of its target, and no other task does. */
sealed interface DeviceTask {

  /** The buffers that it reads, in order. */
  List<Buffer> sources();

  /** The buffer that it writes. */
  Buffer target();

  default Buffer source() {
    return sources().getFirst();
  }

  /**
   * A kernel as a task of its own.
   *
   * @param kernel what is computed; its own buffers count for nothing here
   * @param sources the buffers that it reads; those of a {@link io.lipc.kernels.graph.CopyKernel}
   *     are what is copied, or two parts to be put one after the other; that of a {@link
   *     io.lipc.kernels.graph.ConvolutionKernel} has the zeros of its window around the image
   */
  record Compute(Kernel kernel, List<Buffer> sources, Buffer target) implements DeviceTask {

    public Compute {
      sources = List.copyOf(sources);
    }
  }

  /**
   * An image with as many zeros around it as a window reads.
   *
   * @param image the extents without zeros
   * @param window what will read it
   */
  record Pad(Grid image, Window window, Buffer source, Buffer target) implements DeviceTask {

    @Override
    public List<Buffer> sources() {
      return List.of(source);
    }

    /** The extents of an image with the zeros that a window reads; perhaps too many to count. */
    static Grid padded(Grid image, Window window) {
      List<Integer> zeros = window.padding();
      return new Grid(
          image.channels(),
          zeros.get(0) + image.height() + zeros.get(2),
          zeros.get(1) + image.width() + zeros.get(3));
    }
  }
}
