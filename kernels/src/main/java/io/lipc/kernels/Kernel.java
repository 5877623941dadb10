package io.lipc.kernels;

import io.lipc.model.Activation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One operation over buffers. Its arithmetic is that of the graph's precision, each operation
 * rounded once, in the order that its description gives; so every emitter that keeps the order
 * gives the same bits.
 */
public sealed interface Kernel {

  /** The buffers that it reads, in order. */
  List<Buffer> sources();

  /** The buffer that it writes, the whole of it except where a kernel says otherwise. */
  Buffer target();

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
   * @param activation phi, elementwise; absent for the identity
   */
  record Gemm(
      Buffer source,
      Buffer target,
      String weight,
      Optional<String> bias,
      Optional<Activation> activation)
      implements Unary {
    @Override
    public String toString() {
      String product = weight + " * " + source + bias.map(b -> " + " + b).orElse("");
      return target + " = " + activation.map(a -> call(a, product)).orElse(product);
    }
  }

  /** {@code y_i = phi(x_i)}. */
  record Elementwise(Buffer source, Buffer target, Activation activation) implements Unary {
    @Override
    public String toString() {
      return target + " = " + call(activation, source.toString());
    }
  }

  /** {@code y[2i] = max(x[2i], x[2i+1])} and {@code y[2i+1]} the minimum. */
  record MaxMin(Buffer source, Buffer target) implements Unary {
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
   *       (e_0 + e_1 + ...)}, rounded once at the end;
   *   <li>{@code center}: in doubles, {@code m = c z_0 + c z_1 + ...} from left to right with c of
   *       {@link io.lipc.certificate.linear.Centering#share}, {@code y_i = z_i - m}, rounded once
   *       at the end.
   * </ul>
   *
   * @param activation not elementwise
   */
  record Grouped(Buffer source, Buffer target, Activation activation) implements Unary {
    @Override
    public String toString() {
      return target + " = " + call(activation, source.toString());
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

    @Override
    public String toString() {
      return target
          + " = "
          + sources.stream().map(Buffer::toString).collect(Collectors.joining(" + "));
    }
  }

  /**
   * {@code y_i = factor x_i}.
   *
   * @param factor a number of the graph's precision
   */
  record Scale(Buffer source, Buffer target, double factor) implements Unary {
    @Override
    public String toString() {
      return target + " = " + factor + " * " + source;
    }
  }

  /**
   * {@code y_i = scale_i x_i + shift_i}, rounded twice.
   *
   * @param index its number among the network's affine layers, counted from 0
   * @param scale numbers of the graph's precision, one per element
   * @param shift numbers of the graph's precision, one per element
   */
  record Affine(Buffer source, Buffer target, int index, List<Double> scale, List<Double> shift)
      implements Unary {
    public Affine {
      scale = List.copyOf(scale);
      shift = List.copyOf(shift);
    }

    @Override
    public String toString() {
      return target + " = scale#" + index + " * " + source + " + shift#" + index;
    }
  }

  /**
   * Another network, applied to the source.
   *
   * @param network its qualified name
   */
  record CallNetwork(Buffer source, Buffer target, String network) implements Unary {
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
    public String toString() {
      int end = offset + source.size();
      return target.name() + "[" + offset + ".." + end + ") = " + source;
    }
  }

  /**
   * Copies neighbouring elements of the source, as many as the target has.
   *
   * @param from the first of them, from 0
   */
  record Slice(Buffer source, Buffer target, int from) implements Unary {
    @Override
    public String toString() {
      int end = from + target.size();
      return target + " = " + source.name() + "[" + from + ".." + end + ")";
    }
  }

  private static String call(Activation activation, String argument) {
    String parameters =
        activation.parameters().stream().map(p -> ", " + p).collect(Collectors.joining());
    return activation.kind().word() + "(" + argument + parameters + ")";
  }
}
