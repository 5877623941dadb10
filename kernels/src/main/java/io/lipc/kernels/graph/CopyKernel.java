package io.lipc.kernels.graph;

import java.util.List;

/**
 * Copies the source to a part of the target: a concatenation is one of these per operand.
 *
 * @param offset where in the target the copy begins
 */
public record CopyKernel(Buffer source, Buffer target, int offset) implements UnaryKernel {
  @Override
  public boolean fits() {
    return offset + source.size() <= target.size();
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new CopyKernel(sources.getFirst(), other, offset);
  }

  /** {@code d(x) += } the part of {@code d(y)} that is a copy of x. */
  @Override
  public String adjoint() {
    int end = offset + source.size();
    return "d(" + source + ") += d(" + target.name() + ")[" + offset + ".." + end + ")";
  }

  @Override
  public String toString() {
    int end = offset + source.size();
    return target.name() + "[" + offset + ".." + end + ") = " + source;
  }
}
