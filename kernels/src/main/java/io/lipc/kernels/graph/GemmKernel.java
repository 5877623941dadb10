package io.lipc.kernels.graph;

import io.lipc.model.activation.Activation;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = phi(W x + b)}, each sum from left to right: {@code ((b + w_0 x_0) + w_1 x_1) + ...}.
 * On the JVM a product is not rounded before it is added (fused multiply-add); on devices it is.
 *
 * @param weight the name of the tensor W, {@code [target, source]}
 * @param bias the name of the tensor b, {@code [target]}; without it sums start at 0
 * @param activation phi; absent for the identity
 */
public record GemmKernel(
    Buffer source,
    Buffer target,
    String weight,
    Optional<String> bias,
    Optional<Activation.Pointwise> activation)
    implements UnaryKernel {
  @Override
  public boolean fits() {
    return true;
  }

  @Override
  public List<Double> constants() {
    return activation.map(Activation.Pointwise::parameters).orElse(List.of());
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new GemmKernel(sources.getFirst(), other, weight, bias, activation);
  }

  /** The same product of tensors whose names have a prefix. */
  public GemmKernel ofTensors(String prefix) {
    return new GemmKernel(source, target, prefix + weight, bias.map(prefix::concat), activation);
  }

  /** {@code d(x) += W' d(y)}, {@code d(W) += d(y) x'}, {@code d(b) += d(y)}. */
  @Override
  public String adjoint() {
    return "d(%s) += %s' * d(%s); d(%s) += d(%s) * %s'"
            .formatted(source, weight, target, weight, target, source)
        + bias.map(b -> "; d(" + b + ") += d(" + target + ")").orElse("");
  }

  @Override
  public String toString() {
    String product = weight + " * " + source + bias.map(b -> " + " + b).orElse("");
    return target + " = " + activation.map(phi -> phi.applied(product)).orElse(product);
  }
}
