package io.lipc.training.parameterization;

import io.lipc.formats.Quoted;
import io.lipc.model.Interval;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Conditions on the layers of every construction. */
final class Widths {

  private Widths() {}

  static void requireBound(double bound) {
    if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("not a Lipschitz bound: " + bound);
    }
  }

  /** Each layer reads what the one before gives. */
  static void requireChain(List<LinearLayer> layers) {
    requireDistinct(layers.stream());
    for (int i = 1; i < layers.size(); i++) {
      LinearLayer before = layers.get(i - 1);
      LinearLayer layer = layers.get(i);
      if (layer.inputs() != before.outputs()) {
        throw new IllegalArgumentException(
            String.format(
                "layer %s reads %d elements, but %s gives %d",
                Quoted.code(layer.weight()),
                layer.inputs(),
                Quoted.code(before.weight()),
                before.outputs()));
      }
    }
  }

  /** The same of hidden layers and the one behind them. */
  static void requireHidden(List<HiddenLayer> hidden, LinearLayer last) {
    requireChain(Stream.concat(hidden.stream().map(HiddenLayer::linear), Stream.of(last)).toList());
  }

  /** No two tensors have one name: a construction gives each its own value. */
  static void requireDistinct(Stream<LinearLayer> layers) {
    Set<String> seen = new HashSet<>();
    layers
        .flatMap(layer -> Stream.concat(Stream.of(layer.weight()), layer.bias().stream()))
        .filter(name -> !seen.add(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("two tensors are called " + Quoted.code(name));
            });
  }

  static void requireKernel(String weight, int outputs, int inputs, int height, int width) {
    List<Integer> shape = List.of(outputs, inputs, height, width);
    if (shape.stream().anyMatch(extent -> extent < 1)) {
      throw new IllegalArgumentException(
          "layer %s of shape %s".formatted(Quoted.code(weight), shape));
    }
  }

  static void requireMonotone(HiddenLayer layer) {
    Interval slopes = layer.slopes();
    if (slopes.lower() < 0 || slopes.upper() > 1) {
      throw new IllegalArgumentException(
          "layer " + Quoted.code(layer.linear().weight()) + ": slopes outside [0, 1]: " + slopes);
    }
  }
}
