package io.lipc.kernels;

import io.lipc.model.Activation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The adjoint of one {@link Kernel}: from the gradient with respect to what the kernel wrote to the
 * gradients with respect to what it read. Below, {@code d(b)} is the gradient of a scalar with
 * respect to b; every gradient starts at zero and every adjoint adds to it, so a buffer or tensor
 * that is read several times collects all its terms.
 *
 * <p>At a kink of an activation, or between equal elements of a pair, the derivative is that of one
 * of the neighbouring pieces.
 */
public sealed interface AdjointKernel {

  /** The buffers whose gradients are added to, in order; one that was read twice stands twice. */
  List<Buffer> sources();

  /** The buffer whose gradient is read. */
  Buffer target();

  /** The adjoint of a kernel that reads one buffer. */
  sealed interface Unary extends AdjointKernel {
    /** The buffer whose gradient is added to. */
    Buffer source();

    @Override
    default List<Buffer> sources() {
      return List.of(source());
    }
  }

  /**
   * Of {@code y = W x + b}: {@code d(x) += W' d(y)}, {@code d(W) += d(y) x'}, {@code d(b) += d(y)}.
   *
   * @param weight the name of the tensor W, {@code [target, source]}
   * @param bias the name of the tensor b, {@code [target]}
   */
  record Gemm(Buffer source, Buffer target, String weight, Optional<String> bias) implements Unary {
    @Override
    public String toString() {
      return "d(%s) += %s' * d(%s); d(%s) += d(%s) * %s'"
              .formatted(source, weight, target, weight, target, source)
          + bias.map(b -> "; d(" + b + ") += d(" + target + ")").orElse("");
    }
  }

  /** Of {@code y_i = phi(x_i)}: {@code d(x_i) += phi'(x_i) d(y_i)}. */
  record Elementwise(Buffer source, Buffer target, Activation activation) implements Unary {
    @Override
    public String toString() {
      String parameters =
          activation.parameters().stream().map(p -> ", " + p).collect(Collectors.joining());
      return "d(%s) += %s'(%s%s) * d(%s)"
          .formatted(source, activation.kind().word(), source, parameters, target);
    }
  }

  /** Of the sorting of pairs: each element of a pair receives what its place in the target has. */
  record MaxMin(Buffer source, Buffer target) implements Unary {
    @Override
    public String toString() {
      return "d(" + source + ") += maxmin'(" + source + ") * d(" + target + ")";
    }
  }

  /** Of an activation of groups: {@code d(z) += J' d(y)}, J its derivative at the group z. */
  record Grouped(Buffer source, Buffer target, Activation activation) implements Unary {
    @Override
    public String toString() {
      return "d(%s) += %s'(%s)' * d(%s)"
          .formatted(source, activation.kind().word(), source, target);
    }
  }

  /**
   * Of a sum: {@code d(s) += d(y)} for each of its sources.
   *
   * @param sources without the target itself: what was added to keeps its gradient
   */
  record Add(List<Buffer> sources, Buffer target) implements AdjointKernel {
    public Add {
      sources = List.copyOf(sources);
    }

    @Override
    public String toString() {
      return sources.stream()
          .map(source -> "d(" + source + ") += d(" + target + ")")
          .collect(Collectors.joining("; "));
    }
  }

  /** Of {@code y = factor x}: {@code d(x) += factor d(y)}. */
  record Scale(Buffer source, Buffer target, double factor) implements Unary {
    @Override
    public String toString() {
      return "d(" + source + ") += " + factor + " * d(" + target + ")";
    }
  }

  /** Of {@code y_i = scale_i x_i + shift_i}: {@code d(x_i) += scale_i d(y_i)}. */
  record Affine(Buffer source, Buffer target, int index, List<Double> scale) implements Unary {
    public Affine {
      scale = List.copyOf(scale);
    }

    @Override
    public String toString() {
      return "d(" + source + ") += scale#" + index + " * d(" + target + ")";
    }
  }

  /** Of a copy of a part of the source: that part of {@code d(x) += d(y)}. */
  record Slice(Buffer source, Buffer target, int from) implements Unary {
    @Override
    public String toString() {
      int end = from + target.size();
      return "d(" + source.name() + ")[" + from + ".." + end + ") += d(" + target + ")";
    }
  }

  /** Of a copy to a part of the target: {@code d(x) += } that part of {@code d(y)}. */
  record Copy(Buffer source, Buffer target, int offset) implements Unary {
    @Override
    public String toString() {
      int end = offset + source.size();
      return "d(" + source + ") += d(" + target.name() + ")[" + offset + ".." + end + ")";
    }
  }
}
