package io.lipc.kernels.graph;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A window that moves over each channel of an image, row by row: the mean of its elements, {@code y
 * = fma(factor, x, y)} from +0 on (on devices each product is rounded), or their maximum, so that
 * NaN spreads.
 *
 * @param input the image that it reads
 * @param window how it moves within the image
 * @param factor what each element of a mean is multiplied by; absent for a maximum
 */
public record PoolKernel(
    Buffer source, Buffer target, Grid input, Window window, OptionalDouble factor)
    implements UnaryKernel {

  @Override
  public boolean fits() {
    return input.elements() == source.size() && output().elements() == target.size();
  }

  /** The image that it gives. */
  public Grid output() {
    return input.pooled(window);
  }

  @Override
  public List<Double> constants() {
    return factor.stream().boxed().toList();
  }

  @Override
  public boolean movesWindow() {
    return true;
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new PoolKernel(sources.getFirst(), other, input, window, factor);
  }

  /**
   * The adjoint of a mean gives each element its share, that of a maximum gives all to the largest
   * element.
   */
  @Override
  public String adjoint() {
    return "d(" + source + ") += " + word() + "'(" + source + ")' * d(" + target + ")";
  }

  /** The pool's word in the language. */
  public String word() {
    return factor.isPresent() ? "avg_pool" : "max_pool";
  }

  @Override
  public String toString() {
    return target + " = " + word() + "(" + source + ", " + window.kernel() + ")";
  }
}
