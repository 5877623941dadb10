package io.lipc.kernels.graph;

import java.util.List;

/**
 * Another network, applied to the source.
 *
 * @param network its qualified name
 */
public record CallKernel(Buffer source, Buffer target, String network) implements UnaryKernel {
  @Override
  public boolean fits() {
    return true;
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new CallKernel(sources.getFirst(), other, network);
  }

  /** The adjoint of the called network as one product, as a line of text. */
  @Override
  public String adjoint() {
    return "d(" + source + ") += " + network + "'(" + source + ")' * d(" + target + ")";
  }

  @Override
  public String toString() {
    return target + " = " + network + "(" + source + ")";
  }
}
