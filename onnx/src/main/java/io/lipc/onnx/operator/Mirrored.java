package io.lipc.onnx.operator;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.model.Layer;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A sum {@code z + 2 v relu(-v'z)} for each pair of neighbours z: as {@code householder} it keeps
 * its bound, which a sum of layers has not.
 *
 * @param of the layer of the pairs
 * @param activation what is done to them
 * @param channels the number of elements, or of channels of an image, that are paired
 */
record Mirrored(int of, Activation.Grouped activation, int channels) {

  /** A layer whose elements are those of another one, times a factor each. */
  private record Scaled(int operand, double[] factors) {}

  /** The function of {@code z} that {@code layer} computes, if the sum of both has this form. */
  static Optional<Mirrored> of(Layers layers, int z, int layer) {
    Scaled back = scaled(layers, layer);
    if (layers.get(back.operand()) instanceof Layer.Linear(List<Integer> reads, Selection map, _)
        && layers.get(reads.getFirst()) instanceof Layer.Activate(int sums, Activation of, _)
        && of.kind() == PointwiseKind.RELU
        && layers.note(sums).orElse(null) instanceof Note.Sums(int products, int pair, int pixels)
        && pair == 2
        && map.indices().equals(spread(back.factors().length, pixels))) {
      return factors(layers, products, z)
          .flatMap(against -> mirrored(z, against, back.factors(), pixels));
    }
    return Optional.empty();
  }

  /** The layer itself, if it is no product. */
  private static Scaled scaled(Layers layers, int layer) {
    int size = layers.get(layer).shape().size();
    return switch (layers.get(layer)) {
      case Layer.Linear(List<Integer> reads, Scaling(double factor), _) -> {
        double[] factors = new double[size];
        Arrays.fill(factors, factor);
        yield new Scaled(reads.getFirst(), factors);
      }
      case Layer.Linear(List<Integer> reads, Diagonal map, _)
          when map.shift().stream().allMatch(shift -> shift == 0) ->
          new Scaled(reads.getFirst(), map.scale().stream().mapToDouble(s -> s).toArray());
      default -> scaledByOne(layers, layer);
    };
  }

  /**
   * The factors by which {@code layer} multiplies the elements of {@code z}, if it does, in the
   * same order.
   */
  private static Optional<double[]> factors(Layers layers, int layer, int z) {
    if (layers.get(layer) instanceof Layer.Linear(List<Integer> of, Selection left, _)
        && layers.get(z) instanceof Layer.Linear(List<Integer> from, Selection right, _)
        && left.equals(right)) {
      return factors(layers, of.getFirst(), from.getFirst())
          .map(all -> left.indices().stream().mapToDouble(i -> all[i]).toArray());
    }
    Scaled scaled = layer == z ? scaledByOne(layers, z) : scaled(layers, layer);
    return scaled.operand() == z ? Optional.of(scaled.factors()) : Optional.empty();
  }

  private static Scaled scaledByOne(Layers layers, int layer) {
    double[] ones = new double[layers.get(layer).shape().size()];
    Arrays.fill(ones, 1);
    return new Scaled(layer, ones);
  }

  private static Optional<Mirrored> mirrored(int z, double[] against, double[] back, int pixels) {
    if (against.length != back.length || back.length % (2 * pixels) != 0) {
      return Optional.empty();
    }
    double a = -against[0];
    double b = -against[pixels];
    for (int i = 0; i < back.length; i++) {
      double v = i / pixels % 2 == 0 ? a : b;
      if (against[i] != -v || back[i] != 2 * v) {
        return Optional.empty();
      }
    }
    Activation.Grouped activation = GroupedKind.HOUSEHOLDER.with(List.of(a, b));
    return Optional.of(new Mirrored(z, activation, back.length / pixels));
  }

  /** The number of the sum over its pair, for each element. */
  private static List<Integer> spread(int size, int pixels) {
    return IntStream.range(0, size).mapToObj(i -> i / (2 * pixels) * pixels + i % pixels).toList();
  }
}
