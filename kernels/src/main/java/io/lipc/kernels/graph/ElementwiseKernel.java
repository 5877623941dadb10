package io.lipc.kernels.graph;

import io.lipc.model.activation.Activation;
import java.util.List;
import java.util.stream.Collectors;

/** {@code y_i = phi(x_i)}. */
public record ElementwiseKernel(Buffer source, Buffer target, Activation.Pointwise activation)
    implements UnaryKernel {
  @Override
  public List<Double> constants() {
    return activation.parameters();
  }

  @Override
  public boolean runsInPlace() {
    return true;
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new ElementwiseKernel(sources.getFirst(), other, activation);
  }

  /** {@code d(x_i) += phi'(x_i) d(y_i)}. */
  @Override
  public String adjoint() {
    String parameters =
        activation.parameters().stream().map(p -> ", " + p).collect(Collectors.joining());
    return "d(%s) += %s'(%s%s) * d(%s)"
        .formatted(source, activation.kind().word(), source, parameters, target);
  }

  @Override
  public String toString() {
    return target + " = " + activation.applied(source.toString());
  }
}
