package io.lipc.kernels.graph;

import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.model.activation.Activation;
import java.util.List;

/**
 * An activation of groups of neighbouring elements, besides the sorting of pairs. For a group z of
 * the source:
 *
 * <ul>
 *   <li>{@code group_sort}: y is a copy of z; then for i from 0 on, for each later k in turn, y_i
 *       and y_k become their maximum and their minimum, so that NaN spreads over the group;
 *   <li>{@code householder}: {@code r = 2 max(-(v_0 z_0 + v_1 z_1), 0)}, {@code y_i = z_i + v_i r};
 *   <li>{@code softmax}: in doubles, {@code e_i = exp((z_i - max z) / T)}, {@code y_i = e_i / (e_0
 *       + e_1 + ...)}, rounded once at the end;
 *   <li>{@code layer_norm}: in doubles, {@code m = (z_0 + z_1 + ...) / n}, {@code d_i = z_i - m},
 *       {@code y_i = d_i / sqrt((d_0 d_0 + d_1 d_1 + ...) / n + epsilon)}, rounded once at the end;
 *   <li>{@code l2_normalize}: in doubles, {@code y_i = z_i / max(sqrt(z_0 z_0 + z_1 z_1 + ...),
 *       at_least)}, rounded once at the end.
 * </ul>
 *
 * <p>In an image, groups are neighbouring channels at one pixel.
 *
 * @param pixels how far apart the elements of a group are, 1 for neighbours
 */
public record GroupedKernel(Buffer source, Buffer target, Activation.Grouped activation, int pixels)
    implements UnaryKernel {

  /** One of neighbouring elements. */
  public GroupedKernel(Buffer source, Buffer target, Activation.Grouped activation) {
    this(source, target, activation, 1);
  }

  /** The places of its groups. */
  public ChannelGroups groups() {
    return new ChannelGroups(activation.group(target.size()), pixels);
  }

  @Override
  public boolean fits() {
    return UnaryKernel.super.fits()
        && target.size() % (pixels * activation.group(target.size())) == 0;
  }

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
    return new GroupedKernel(sources.getFirst(), other, activation, pixels);
  }

  /** {@code d(z) += J' d(y)}, J the derivative at the group z. */
  @Override
  public String adjoint() {
    return "d(%s) += %s'(%s)' * d(%s)".formatted(source, activation.kind().word(), source, target);
  }

  @Override
  public String toString() {
    String channels = pixels == 1 ? "" : " by channels";
    return target + " = " + activation.applied(source.toString()) + channels;
  }
}
