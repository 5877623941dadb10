package io.lipc.kernels.graph;

import io.lipc.certificate.linear.BatchNorm;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code y = s_c x + t_c} for each channel c, product and sum each rounded; s and t are made of the
 * tensors once, as {@link BatchNorm} says.
 *
 * @param map which normalisation, with the names of its tensors
 * @param unit the place of its unit in the certificate
 */
public record BatchNormKernel(Buffer source, Buffer target, BatchNorm map, String unit)
    implements UnitKernel {

  @Override
  public boolean fits() {
    return map.outputs(List.of(source.size())).equals(OptionalInt.of(target.size()));
  }

  @Override
  public boolean runsInPlace() {
    return true;
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new BatchNormKernel(sources.getFirst(), other, map, unit);
  }

  @Override
  public BatchNormKernel ofCallee(String prefix) {
    BatchNorm renamed = map.renamed(prefix::concat);
    return new BatchNormKernel(source, target, renamed, prefix + unit);
  }

  /** With respect to the input alone: the statistics are given. */
  @Override
  public String adjoint() {
    return "d(" + source + ") += scale#" + unit + " * d(" + target + ")";
  }

  @Override
  public String toString() {
    return "%s = scale#%s * %s + shift#%s".formatted(target, unit, source, unit);
  }
}
