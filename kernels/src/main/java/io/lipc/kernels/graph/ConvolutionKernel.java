package io.lipc.kernels.graph;

import io.lipc.certificate.linear.Convolution;
import io.lipc.model.activation.Activation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code y = phi(K * x + b)} of an image. Each sum starts as the bias of its channel, or 0, and
 * takes the products over rows of the window, its columns, and the channels that it reads, these
 * fastest; what lies outside the image is +0 and is added too. On the JVM a product is not rounded
 * before it is added (fused multiply-add); on devices it is.
 *
 * @param map which convolution, with the names of its tensors
 * @param unit the place of its unit in the certificate
 * @param activation phi; absent for the identity
 */
public record ConvolutionKernel(
    Buffer source,
    Buffer target,
    Convolution map,
    String unit,
    Optional<Activation.Pointwise> activation)
    implements UnitKernel {

  @Override
  public boolean fits() {
    return map.outputs(List.of(source.size())).equals(OptionalInt.of(target.size()));
  }

  @Override
  public List<Double> constants() {
    return activation.map(Activation.Pointwise::parameters).orElse(List.of());
  }

  @Override
  public boolean movesWindow() {
    return true;
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new ConvolutionKernel(sources.getFirst(), other, map, unit, activation);
  }

  @Override
  public ConvolutionKernel ofCallee(String prefix) {
    Convolution renamed = map.renamed(prefix::concat);
    return new ConvolutionKernel(source, target, renamed, prefix + unit, activation);
  }

  /** The same convolution, before its activation or with another one. */
  public ConvolutionKernel with(Buffer other, Optional<Activation.Pointwise> phi) {
    return new ConvolutionKernel(source, other, map, unit, phi);
  }

  /**
   * {@code d(x) += K' d(y)}, {@code d(K)} and {@code d(b)} the sums of its products over pixels.
   */
  @Override
  public String adjoint() {
    return "d(%s) += %s' * d(%s); d(%s) += d(%s) * %s'"
            .formatted(source, map.weight(), target, map.weight(), target, source)
        + map.bias().map(b -> "; d(" + b + ") += d(" + target + ")").orElse("");
  }

  @Override
  public String toString() {
    String product = map.weight() + " * " + source + map.bias().map(b -> " + " + b).orElse("");
    String sum = "conv2d(" + product + ")";
    return target + " = " + activation.map(phi -> phi.applied(sum)).orElse(sum);
  }
}
