package io.lipc.kernels.graph;

import java.util.List;

/**
 * One operation over buffers. Its arithmetic is that of the graph's precision, each operation
 * rounded once, in the order that its description gives; so every emitter that keeps the order
 * gives the same bits.
 *
 * <p>In reverse mode it has an adjoint, from the gradient with respect to what it wrote to the
 * gradients with respect to what it read. {@code d(b)} is the gradient of a scalar with respect to
 * b; every gradient starts at zero and every adjoint adds to it, so a buffer or tensor that is read
 * several times collects all its terms. At a kink of an activation, or between equal elements of a
 * group, the derivative is that of one of the neighbouring pieces.
 */
public sealed interface Kernel permits UnaryKernel, AddKernel {

  /** The buffers that it reads, in order. */
  List<Buffer> sources();

  /** The buffer that it writes, the whole of it except where a kernel says otherwise. */
  Buffer target();

  /** The kernel's adjoint as a line of text. */
  String adjoint();

  /** Whether the sizes of its buffers go together; those of tensors and callees are not known. */
  default boolean fits() {
    return sources().stream().allMatch(source -> source.size() == target().size());
  }

  /** The real numbers that it is made of, besides tensors. */
  default List<Double> constants() {
    return List.of();
  }

  /**
   * Whether it reads an element of a source for the last time before it writes that of the target.
   */
  default boolean runsInPlace() {
    return false;
  }

  /** Whether a window moves over an image in it. */
  default boolean movesWindow() {
    return false;
  }

  /**
   * The same kernel over other buffers.
   *
   * @param sources as many as it reads now
   */
  Kernel over(List<Buffer> sources, Buffer target);
}
