package io.lipc.model.construction;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Window;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.activation.SlopeBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A block {@code a x + B phi(C x + b)}: B and C are dense layers, or convolutions. Numbers are
 * indices of {@link Network#layers()}.
 *
 * @param input x
 * @param skip the layers from x to {@code a x}, which have no weights; none where that is x itself
 * @param factor a
 * @param first C
 * @param activation phi
 * @param second B
 * @param sum what the block gives
 */
public record ResidualBlock(
    int input, List<Integer> skip, double factor, int first, int activation, int second, int sum) {

  public ResidualBlock {
    skip = List.copyOf(skip);
  }

  /** The layers that are part of it, its input not among them. */
  public List<Integer> layers() {
    return Stream.concat(skip.stream(), Stream.of(first, activation, second, sum)).toList();
  }

  /** All blocks of a network, in the order of their sums. */
  public static List<ResidualBlock> allOf(Network network) {
    List<Layer> layers = network.layers();
    return IntStream.range(0, layers.size())
        .boxed()
        .flatMap(i -> endingIn(layers, i).stream())
        .toList();
  }

  /** The block that ends in layer {@code sum}; empty where its layers are not those of a block. */
  static Optional<ResidualBlock> endingIn(List<Layer> layers, int sum) {
    List<Integer> terms = layers.get(sum).operands();
    if (layers.get(sum).isSum() && terms.size() == 2) {
      int left = terms.getFirst();
      int right = terms.getLast();
      return of(layers, left, right, sum).or(() -> of(layers, right, left, sum));
    }
    return Optional.empty();
  }

  private static Optional<ResidualBlock> of(List<Layer> layers, int skip, int second, int sum) {
    if (!(layers.get(second) instanceof Layer.Linear last)
        || !(layers.get(last.operands().getFirst()) instanceof Layer.Activate activate)
        || !(layers.get(activate.operand()) instanceof Layer.Linear first)
        || !haveWeights(first, last)) {
      return Optional.empty();
    }
    int input = first.operands().getFirst();
    List<Integer> path = new ArrayList<>();
    double factor = 1;
    int at = skip;
    while (at != input) {
      Layer layer = layers.get(at);
      OptionalDouble scale = layer.factor();
      if (scale.isEmpty()) {
        return Optional.empty();
      }
      factor *= scale.getAsDouble();
      path.addFirst(at);
      at = layer.operands().getFirst();
    }
    return Optional.of(
        new ResidualBlock(
            input, path, factor, activate.operand(), last.operands().getFirst(), second, sum));
  }

  private static boolean haveWeights(Layer first, Layer last) {
    return (first.dense().isPresent() && last.dense().isPresent())
        || (first.convolution().isPresent() && last.convolution().isPresent());
  }

  /** Whether B may be the adjoint of C: both keep the pixels where they are. */
  boolean fits(List<Layer> layers) {
    Optional<Convolution> there = layers.get(first).convolution();
    Optional<Convolution> back = layers.get(second).convolution();
    return there.isEmpty() || back.isEmpty() || fit(there.get(), back.get());
  }

  private static boolean fit(Convolution there, Convolution back) {
    return there.groups() == 1
        && back.groups() == 1
        && fit(there.window(), back.window())
        && there.output().pixels() == there.input().pixels();
  }

  private static boolean fit(Window there, Window back) {
    return fit(there.vertical(), back.vertical()) && fit(there.horizontal(), back.horizontal());
  }

  /** An adjoint has the zeros behind the pixels that the other has before them. */
  private static boolean fit(Axis there, Axis back) {
    boolean keeps = there.before() + there.after() == there.kernel() - 1;
    Axis adjoint = new Axis(there.kernel(), 1, there.after(), there.before(), 1);
    return keeps && there.stride() == 1 && there.dilation() == 1 && back.equals(adjoint);
  }

  /** The slopes of phi; empty where it is not elementwise. */
  public Optional<SlopeBounds> slopes(Network network) {
    return DenseShapes.slopes(network.layers(), new DenseBlock.Stage(first, activation));
  }
}
