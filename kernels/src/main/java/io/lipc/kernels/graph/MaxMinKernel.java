package io.lipc.kernels.graph;

import java.util.List;

/**
 * The maximum and the minimum of each pair: {@code y[2i] = max(x[2i], x[2i+1])} and {@code y[2i+1]}
 * the minimum; of an image, pairs are neighbouring channels at one pixel.
 *
 * @param pixels how far apart the two are, 1 for neighbours
 */
public record MaxMinKernel(Buffer source, Buffer target, int pixels) implements UnaryKernel {

  /** One of neighbouring elements. */
  public MaxMinKernel(Buffer source, Buffer target) {
    this(source, target, 1);
  }

  @Override
  public boolean fits() {
    return UnaryKernel.super.fits() && target.size() % (2 * pixels) == 0;
  }

  @Override
  public boolean runsInPlace() {
    return true;
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new MaxMinKernel(sources.getFirst(), other, pixels);
  }

  /** Each element of a pair receives what its place in the target has. */
  @Override
  public String adjoint() {
    return "d(" + source + ") += maxmin'(" + source + ") * d(" + target + ")";
  }

  @Override
  public String toString() {
    return target + " = maxmin(" + source + ")" + (pixels == 1 ? "" : " by channels");
  }
}
