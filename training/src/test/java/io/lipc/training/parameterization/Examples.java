package io.lipc.training.parameterization;

import io.lipc.training.parameterization.Nets.Slope;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Networks of all kinds: narrow and wide, of one element, without and with several hidden layers.
 */
final class Examples {

  private static final int[][] WIDTHS = {
    {1, 1}, {5, 3}, {3, 5}, {1, 1, 1}, {6, 3, 2}, {2, 5, 7}, {4, 8, 8, 3}, {3, 4, 6, 5, 8}
  };

  private Examples() {}

  /** Of every construction of the language. */
  static Stream<Nets> all() {
    return Arrays.stream(io.lipc.model.Construction.values()).flatMap(Examples::of);
  }

  /** Those of one construction; layers of norm 1 are examples by themselves, {@link Kernels}. */
  static Stream<Nets> of(io.lipc.model.Construction construction) {
    return switch (construction) {
      case LDLT -> Stream.concat(chains(), residuals());
      case SANDWICH -> sandwiches();
      case SLL -> blocks();
      case ORTHOGONAL, AOL -> Stream.empty();
    };
  }

  private static Stream<Nets> chains() {
    return Arrays.stream(WIDTHS)
        .flatMap(
            widths -> Arrays.stream(Slope.values()).map(slope -> Nets.chain(1.5, slope, widths)));
  }

  private static Stream<Nets> residuals() {
    return Stream.concat(
        Arrays.stream(WIDTHS)
            .filter(widths -> widths.length > 2)
            .flatMap(
                widths ->
                    Stream.of(
                        Nets.residual(1.5, Slope.RELU, widths),
                        Nets.residual(0.5, Slope.LEAKY, widths))),
        Stream.of(
            Nets.residuals(1.5, Slope.RELU, 2, 3, 5, 3),
            Nets.residuals(0.5, Slope.LEAKY, 3, 4, 2, 3, 4)));
  }

  private static Stream<Nets> sandwiches() {
    return Arrays.stream(WIDTHS)
        .flatMap(
            widths ->
                Stream.of(
                    Nets.sandwich(1.5, Slope.RELU, widths),
                    Nets.sandwich(0.5, Slope.LEAKY, widths),
                    Nets.sandwich(3, Slope.SIGMOID, widths)));
  }

  private static Stream<Nets> blocks() {
    return Stream.of(
        Nets.sll(1.5, Slope.RELU, 4, 3),
        Nets.sll(1.5, Slope.RELU, 1, 1, 1),
        Nets.sll(1.5, Slope.RELU, 5, 3, 7),
        Nets.sll(0.5, Slope.LEAKY, 5, 7, 3, 6, 2));
  }
}
