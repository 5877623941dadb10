package io.lipc.kernels.graph;

import java.util.List;

/**
 * The mean is subtracted: in doubles, {@code m = c x_0 + c x_1 + ...} from left to right with c of
 * {@link io.lipc.certificate.linear.Centering#share}, {@code y_i = x_i - m}, rounded once at the
 * end.
 */
public record CenterKernel(Buffer source, Buffer target) implements UnaryKernel {
  @Override
  public boolean runsInPlace() {
    return true;
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new CenterKernel(sources.getFirst(), other);
  }

  /** {@code d(x) += J d(y)}, J the matrix of the map, which is symmetric. */
  @Override
  public String adjoint() {
    return "d(" + source + ") += center'(" + source + ")' * d(" + target + ")";
  }

  @Override
  public String toString() {
    return target + " = center(" + source + ")";
  }
}
