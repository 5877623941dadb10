package io.lipc.kernels.graph;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.formats.Weights;
import io.lipc.model.Layer;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * A map without tensors, by its rows: {@code y_i = f_0 x_p0 + f_1 x_p1 + ...} from left to right,
 * each product and each sum rounded, and {@code + b_i} where it is a {@link Diagonal}. A map that
 * only copies, copies bits.
 *
 * @param map a {@link Scaling}, {@link Diagonal} or {@link Selection}; its constants are numbers of
 *     the graph's precision
 * @param unit the place of its unit in the certificate
 */
public record LinearKernel(Buffer source, Buffer target, LinearMap map, String unit)
    implements UnitKernel {

  /** Maps of kernels have no tensors. */
  private static final Weights NONE = Weights.of(List.of());

  /** A map of no tensors, so that no name changes. */
  @Override
  public LinearKernel ofCallee(String prefix) {
    return new LinearKernel(source, target, map, prefix + unit);
  }

  /** The rows of its matrix, by number. */
  public IntFunction<LinearMap.Row> rows() {
    return map.rows(List.of(source.size()), NONE);
  }

  /** The number that is added to each row, by the row's number. */
  public IntToDoubleFunction shift() {
    return map.shift(NONE);
  }

  /** Whether the selected elements are neighbours in their order. */
  public boolean isSlice() {
    return map instanceof Selection selection && Layer.isSlice(selection);
  }

  @Override
  public boolean fits() {
    return map.outputs(List.of(source.size())).equals(OptionalInt.of(target.size()));
  }

  @Override
  public List<Double> constants() {
    return map.constants();
  }

  @Override
  public boolean runsInPlace() {
    return !map.copies();
  }

  @Override
  public Kernel over(List<Buffer> sources, Buffer other) {
    return new LinearKernel(sources.getFirst(), other, map, unit);
  }

  /** {@code d(x_p) += f d(y_i)} for each factor f of row i, at place p. */
  @Override
  public String adjoint() {
    return map.copies()
        ? "d(" + source.name() + ")" + places() + " += d(" + target + ")"
        : "d(" + source + ") += " + factor() + " * d(" + target + ")";
  }

  @Override
  public String toString() {
    if (map.copies()) {
      return target + " = " + source.name() + places();
    }
    String product = target + " = " + factor() + " * " + source;
    return map instanceof Diagonal ? product + " + shift#" + unit : product;
  }

  private String factor() {
    return map instanceof Scaling(double factor) ? String.valueOf(factor) : "scale#" + unit;
  }

  private String places() {
    if (!(isSlice() && map instanceof Selection(List<Integer> indices))) {
      return "[" + map.word() + "#" + unit + "]";
    }
    int from = indices.getFirst();
    return "[" + from + ".." + (from + target.size()) + ")";
  }
}
