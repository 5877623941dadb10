package io.lipc.training.parameterization;

import io.lipc.model.Interval;
import java.util.List;

/** What has to hold of the layers of every construction. */
final class Widths {

  private Widths() {}

  static void requireBound(double bound) {
    if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("not a Lipschitz bound: " + bound);
    }
  }

  /** Each layer reads what the one before gives. */
  static void requireChain(List<LinearLayer> layers) {
    for (int i = 1; i < layers.size(); i++) {
      LinearLayer before = layers.get(i - 1);
      LinearLayer layer = layers.get(i);
      if (layer.inputs() != before.outputs()) {
        throw new IllegalArgumentException(
            String.format(
                "layer `%s` reads %d elements, but `%s` gives %d",
                layer.weight(), layer.inputs(), before.weight(), before.outputs()));
      }
    }
  }

  static void requireMonotone(HiddenLayer layer) {
    Interval slopes = layer.slopes();
    if (slopes.lower() < 0 || slopes.upper() > 1) {
      throw new IllegalArgumentException(
          "layer `" + layer.linear().weight() + "`: slopes outside [0, 1]: " + slopes);
    }
  }
}
