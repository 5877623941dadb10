package io.lipc.kernels.graph;

import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Weighted;
import io.lipc.certificate.linear.Windowed;
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

  /** The way in which the map acts on the elements of the source. */
  public sealed interface Form {

    /** Multiplies each element by one number. */
    record Scale(double factor) implements Form {}

    /** Multiplies each element by its factor and adds its shift. */
    record Affine() implements Form {}

    /** Takes neighbouring elements, from number {@code from} on. */
    record Slice(int from) implements Form {}

    /** Takes elements that are not neighbours. */
    record Select() implements Form {}
  }

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

  /**
   * The form of the map.
   *
   * @throws IllegalStateException if it is none of those that this kernel is for
   */
  public Form form() {
    return switch (map) {
      case Scaling(double factor) -> new Form.Scale(factor);
      case Diagonal _ -> new Form.Affine();
      case Selection(List<Integer> indices) ->
          Layer.isSlice(map) ? new Form.Slice(indices.getFirst()) : new Form.Select();
      case Weighted _, Windowed _, BatchNorm _, Sum _, Concatenation _, Identity _, Centering _ ->
          throw new IllegalStateException("a kernel of its own, or none: " + map);
    };
  }

  /** The numbers of each element, which {@link #toString} leaves out; empty where it has them. */
  public String numbers() {
    return switch (map) {
      case Diagonal(List<Double> scale, List<Double> shift) -> "" + scale + shift;
      case Selection(List<Integer> indices) -> indices.toString();
      default -> "";
    };
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
    return form() instanceof Form.Affine ? product + " + shift#" + unit : product;
  }

  private String factor() {
    return form() instanceof Form.Scale(double factor) ? String.valueOf(factor) : "scale#" + unit;
  }

  private String places() {
    return form() instanceof Form.Slice(int from)
        ? "[" + from + ".." + (from + target.size()) + ")"
        : "[" + map.word() + "#" + unit + "]";
  }
}
