package io.lipc.training.parameterization;

import io.lipc.training.parameterization.Nets.Slope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Networks of all kinds: narrow and wide, of one element, without and with several hidden layers.
 */
final class Examples {

  private static final int[][] WIDTHS = {
    {1, 1}, {5, 3}, {3, 5}, {1, 1, 1}, {6, 3, 2}, {2, 5, 7}, {4, 8, 8, 3}, {3, 4, 6, 5, 8}
  };

  private Examples() {}

  static Stream<Nets> all() {
    List<Nets> nets = new ArrayList<>();
    for (int[] widths : WIDTHS) {
      for (Slope slope : Slope.values()) {
        nets.add(Nets.chain(1.5, slope, widths));
      }
      nets.add(Nets.sandwich(1.5, Slope.RELU, widths));
      nets.add(Nets.sandwich(0.5, Slope.LEAKY, widths));
      nets.add(Nets.sandwich(3, Slope.SIGMOID, widths));
      if (widths.length > 2) {
        nets.add(Nets.residual(1.5, Slope.RELU, widths));
        nets.add(Nets.residual(0.5, Slope.LEAKY, widths));
      }
    }
    nets.add(Nets.residuals(1.5, Slope.RELU, 2, 3, 5, 3));
    nets.add(Nets.residuals(0.5, Slope.LEAKY, 3, 4, 2, 3, 4));
    nets.add(Nets.sll(1.5, Slope.RELU, 4, 3));
    nets.add(Nets.sll(1.5, Slope.RELU, 1, 1, 1));
    nets.add(Nets.sll(1.5, Slope.RELU, 5, 3, 7));
    nets.add(Nets.sll(0.5, Slope.LEAKY, 5, 7, 3, 6, 2));
    return nets.stream();
  }
}
