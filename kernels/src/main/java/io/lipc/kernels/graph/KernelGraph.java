package io.lipc.kernels.graph;

import io.lipc.formats.ElementType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network as a straight list of kernels over buffers: what every emitter reads.
 *
 * @param network the qualified name of the network
 * @param precision the format of all arithmetic
 * @param input holds the input when the list starts; no kernel writes it
 * @param output holds the output when the list ends; the input itself if the network is the
 *     identity
 * @param kernels in the order in which they run
 */
public record KernelGraph(
    String network, ElementType precision, Buffer input, Buffer output, List<Kernel> kernels) {

  public KernelGraph {
    kernels = List.copyOf(kernels);
  }

  /** The buffers that kernels write, each once, in the order in which they are first written. */
  public List<Buffer> intermediates() {
    return kernels.stream().map(Kernel::target).distinct().toList();
  }

  /** Whether windows move over images in it. */
  public boolean hasImages() {
    return kernels.stream().anyMatch(Kernel::movesWindow);
  }

  /** The size of the largest buffer. */
  public int widest() {
    return intermediates().stream().mapToInt(Buffer::size).reduce(input.size(), Math::max);
  }

  /** One kernel a line. */
  @Override
  public String toString() {
    return "%s (%s): %s -> %s".formatted(network, precision, input, output)
        + "\n"
        + kernels.stream().map(kernel -> "  " + kernel + "\n").collect(Collectors.joining());
  }
}
