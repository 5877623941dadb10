package io.lipc.kernels;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.formats.Weights;
import io.lipc.model.Activation;
import io.lipc.model.Layer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One operation over buffers. Its arithmetic is that of the graph's precision, each operation
 * rounded once, in the order that its description gives; so every emitter that keeps the order
 * gives the same bits.
 *
 * <p>In reverse mode it has an adjoint, from the gradient with respect to what it wrote to the
 * gradients with respect to what it read. {@code d(b)} is the gradient of a scalar with respect to
 * b; every gradient starts at zero and every adjoint adds to it, so a buffer or tensor that is read
 * several times collects all its terms. At a kink of an activation, or between equal elements of a
 * group, the derivative is that of one of the neighbouring pieces.
 */
public sealed interface Kernel {

  /** The buffers that it reads, in order. */
  List<Buffer> sources();

  /** The buffer that it writes, the whole of it except where a kernel says otherwise. */
  Buffer target();

  /** Its adjoint as a line of text. */
  String adjoint();

  /** Whether the sizes of its buffers go together; those of tensors and callees are not known. */
  default boolean fits() {
    return sources().stream().allMatch(source -> source.size() == target().size());
  }

  /** The real numbers that it is made of, besides tensors. */
  default List<Double> constants() {
    return List.of();
  }

  /**
   * Whether it reads an element of a source for the last time before it writes that of the target.
   */
  default boolean runsInPlace() {
    return false;
  }

  /**
   * The same kernel over other buffers.
   *
   * @param sources as many as it reads now
   */
  Kernel over(List<Buffer> sources, Buffer target);

  /** A kernel that reads one buffer. */
  sealed interface Unary extends Kernel {
    /** The buffer that it reads. */
    Buffer source();

    @Override
    default List<Buffer> sources() {
      return List.of(source());
    }
  }

  /**
   * {@code y = phi(W x + b)}, each sum from left to right: {@code ((b + w_0 x_0) + w_1 x_1) + ...}.
   * On the JVM a product is not rounded before it is added (fused multiply-add); on devices it is.
   *
   * @param weight the name of the tensor W, {@code [target, source]}
   * @param bias the name of the tensor b, {@code [target]}; without it sums start at 0
   * @param activation phi; absent for the identity
   */
  record Gemm(
      Buffer source,
      Buffer target,
      String weight,
      Optional<String> bias,
      Optional<Activation.Pointwise> activation)
      implements Unary {
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
      return new Gemm(sources.getFirst(), other, weight, bias, activation);
    }

    /** The same product of tensors whose names have a prefix. */
    Gemm ofTensors(String prefix) {
      return new Gemm(source, target, prefix + weight, bias.map(prefix::concat), activation);
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

  /** {@code y_i = phi(x_i)}. */
  record Elementwise(Buffer source, Buffer target, Activation.Pointwise activation)
      implements Unary {
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
      return new Elementwise(sources.getFirst(), other, activation);
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

  /** {@code y[2i] = max(x[2i], x[2i+1])} and {@code y[2i+1]} the minimum. */
  record MaxMin(Buffer source, Buffer target) implements Unary {
    @Override
    public boolean fits() {
      return Unary.super.fits() && target.size() % 2 == 0;
    }

    @Override
    public boolean runsInPlace() {
      return true;
    }

    @Override
    public Kernel over(List<Buffer> sources, Buffer other) {
      return new MaxMin(sources.getFirst(), other);
    }

    /** Each element of a pair receives what its place in the target has. */
    @Override
    public String adjoint() {
      return "d(" + source + ") += maxmin'(" + source + ") * d(" + target + ")";
    }

    @Override
    public String toString() {
      return target + " = maxmin(" + source + ")";
    }
  }

  /**
   * An activation of groups of neighbouring elements, besides the sorting of pairs. For a group z
   * of the source:
   *
   * <ul>
   *   <li>{@code group_sort}: y is a copy of z; then for i from 0 on, for each later k in turn, y_i
   *       and y_k become their maximum and their minimum, so that NaN spreads over the group;
   *   <li>{@code householder}: {@code r = 2 max(-(v_0 z_0 + v_1 z_1), 0)}, {@code y_i = z_i + v_i
   *       r};
   *   <li>{@code softmax}: in doubles, {@code e_i = exp((z_i - max z) / T)}, {@code y_i = e_i /
   *       (e_0 + e_1 + ...)}, rounded once at the end.
   * </ul>
   */
  record Grouped(Buffer source, Buffer target, Activation.Grouped activation) implements Unary {
    @Override
    public boolean fits() {
      return Unary.super.fits() && target.size() % activation.group(target.size()) == 0;
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
      return new Grouped(sources.getFirst(), other, activation);
    }

    /** {@code d(z) += J' d(y)}, J the derivative at the group z. */
    @Override
    public String adjoint() {
      return "d(%s) += %s'(%s)' * d(%s)"
          .formatted(source, activation.kind().word(), source, target);
    }

    @Override
    public String toString() {
      return target + " = " + activation.applied(source.toString());
    }
  }

  /**
   * The mean is subtracted: in doubles, {@code m = c x_0 + c x_1 + ...} from left to right with c
   * of {@link io.lipc.certificate.linear.Centering#share}, {@code y_i = x_i - m}, rounded once at
   * the end.
   */
  record Center(Buffer source, Buffer target) implements Unary {
    @Override
    public boolean runsInPlace() {
      return true;
    }

    @Override
    public Kernel over(List<Buffer> sources, Buffer other) {
      return new Center(sources.getFirst(), other);
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

  /**
   * The sum of its sources, from left to right.
   *
   * @param sources two to {@link #MAX_TERMS}; the first may be the target, which is then added to
   */
  record Add(List<Buffer> sources, Buffer target) implements Kernel {
    /** Longer sums are several kernels, so that each stays a short piece of code. */
    static final int MAX_TERMS = 8;

    public Add {
      sources = List.copyOf(sources);
    }

    /** The sources without the target itself: what is added to keeps its gradient. */
    public List<Buffer> terms() {
      return sources.stream().filter(source -> !source.equals(target)).toList();
    }

    @Override
    public boolean fits() {
      return Kernel.super.fits()
          && sources.size() >= 2
          && sources.size() <= MAX_TERMS
          && sources.lastIndexOf(target) <= 0;
    }

    @Override
    public boolean runsInPlace() {
      return true;
    }

    @Override
    public Kernel over(List<Buffer> others, Buffer other) {
      return new Add(others, other);
    }

    /** {@code d(s) += d(y)} for each of its {@link #terms}. */
    @Override
    public String adjoint() {
      return terms().stream()
          .map(source -> "d(" + source + ") += d(" + target + ")")
          .collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
      return target
          + " = "
          + sources.stream().map(Buffer::toString).collect(Collectors.joining(" + "));
    }
  }

  /**
   * A map without tensors, by its rows: {@code y_i = f_0 x_p0 + f_1 x_p1 + ...} from left to right,
   * each product and each sum rounded, and {@code + b_i} where it is a {@link Diagonal}. What only
   * copies, copies bits.
   *
   * @param map a {@link Scaling}, {@link Diagonal} or {@link Selection}; its constants are numbers
   *     of the graph's precision
   * @param index its number among the network's maps of constants by element, counted from 0; 0 for
   *     others
   */
  record Linear(Buffer source, Buffer target, LinearMap map, int index) implements Unary {

    /** Whether it has constants by element, which are read from the certificate. */
    boolean isNumbered() {
      return map instanceof Diagonal || map instanceof Selection;
    }

    /** The same map with another number. */
    Linear numbered(int other) {
      return new Linear(source, target, map, other);
    }

    /** The rows of its matrix, by number. */
    public IntFunction<LinearMap.Row> rows() {
      return map.rows(List.of(source.size()), NO_WEIGHTS);
    }

    /** What is added to each row, by number. */
    public IntToDoubleFunction shift() {
      return map.shift(NO_WEIGHTS);
    }

    /** Whether the selected elements are neighbours in their order. */
    boolean isSlice() {
      return map instanceof Selection selection && Layer.isPart(selection);
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
      return new Linear(sources.getFirst(), other, map, index);
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
      return map instanceof Diagonal ? product + " + shift#" + index : product;
    }

    private String factor() {
      return map instanceof Scaling(double factor) ? String.valueOf(factor) : "scale#" + index;
    }

    private String places() {
      if (!(isSlice() && map instanceof Selection(List<Integer> indices))) {
        return "[" + map.word() + "#" + index + "]";
      }
      int from = indices.getFirst();
      return "[" + from + ".." + (from + target.size()) + ")";
    }
  }

  /**
   * Another network, applied to the source.
   *
   * @param network its qualified name
   */
  record CallNetwork(Buffer source, Buffer target, String network) implements Unary {
    @Override
    public boolean fits() {
      return true;
    }

    @Override
    public Kernel over(List<Buffer> sources, Buffer other) {
      return new CallNetwork(sources.getFirst(), other, network);
    }

    /** That of the kernels of the network that is called. */
    @Override
    public String adjoint() {
      return "d(" + source + ") += " + network + "'(" + source + ")' * d(" + target + ")";
    }

    @Override
    public String toString() {
      return target + " = " + network + "(" + source + ")";
    }
  }

  /**
   * Copies the source to a part of the target: a concatenation is one of these per operand.
   *
   * @param offset where in the target the copy begins
   */
  record Copy(Buffer source, Buffer target, int offset) implements Unary {
    @Override
    public boolean fits() {
      return offset + source.size() <= target.size();
    }

    @Override
    public Kernel over(List<Buffer> sources, Buffer other) {
      return new Copy(sources.getFirst(), other, offset);
    }

    /** {@code d(x) += } the part of {@code d(y)} that is a copy of x. */
    @Override
    public String adjoint() {
      int end = offset + source.size();
      return "d(" + source + ") += d(" + target.name() + ")[" + offset + ".." + end + ")";
    }

    @Override
    public String toString() {
      int end = offset + source.size();
      return target.name() + "[" + offset + ".." + end + ") = " + source;
    }
  }

  /** Maps of kernels have no tensors. */
  Weights NO_WEIGHTS = Weights.of(List.of());
}
