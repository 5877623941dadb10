package io.lipc.kernels.graph;

import java.util.List;

/** {@code y[2i] = max(x[2i], x[2i+1])} and {@code y[2i+1]} the minimum. */
public record MaxMinKernel(Buffer source, Buffer target) implements UnaryKernel {
  @Override
  public boolean fits() {
    return UnaryKernel.super.fits() && target.size() % 2 == 0;
  }

  @Override
  public boolean runsInPlace() {
    return true;
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new MaxMinKernel(sources.getFirst(), other);
  }

  /** Each element of a pair receives what its place in the target has. */
  @Override
  public String adjoint() {
    return "d(" + source + ") += maxmin'(" + source + ") * d(" + target + ")";
  }

  @Override
  public String toString() {
    return target + " = maxmin(" + source + ")";
  }
}
