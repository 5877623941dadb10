package io.lipc.training.parameterization;

import io.lipc.model.Interval;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Layers of norm 1 or less of all kinds: more outputs or fewer, one channel, kernels of all
 * extents.
 */
final class Kernels {

  private Kernels() {}

  static Stream<NonexpansiveLayer> all() {
    return Stream.of(matrices(), kernels(), almostOrthogonal()).flatMap(layers -> layers);
  }

  /** The same shapes, by the scaling of channels. */
  static Stream<AlmostOrthogonalKernel> almostOrthogonal() {
    Stream<AlmostOrthogonalKernel> dense =
        matrices()
            .map(
                layer ->
                    AlmostOrthogonalKernel.of(
                        new LinearLayer(
                            "a" + layer.weight(),
                            layer.bias().map(name -> "a" + name),
                            layer.outputs(),
                            layer.linear().inputs())));
    Stream<AlmostOrthogonalKernel> convolutions =
        kernels()
            .map(
                layer ->
                    new AlmostOrthogonalKernel(
                        "a" + layer.weight(),
                        layer.bias().map(name -> "a" + name),
                        layer.outputs(),
                        layer.inputs(),
                        layer.height(),
                        layer.width()));
    return Stream.concat(dense, convolutions);
  }

  static Stream<OrthogonalMatrix> matrices() {
    return Stream.of(List.of(1, 1), List.of(4, 4), List.of(3, 8), List.of(7, 2))
        .map(
            shape ->
                new OrthogonalMatrix(
                    new LinearLayer(
                        "m" + shape,
                        Optional.of("m.bias" + shape),
                        shape.getFirst(),
                        shape.getLast())));
  }

  static Stream<OrthogonalKernel> kernels() {
    return Stream.of(
            List.of(1, 1, 3, 3),
            List.of(1, 1, 2, 2),
            List.of(4, 4, 1, 1),
            List.of(4, 4, 3, 3),
            List.of(2, 5, 2, 3),
            List.of(5, 2, 3, 1),
            List.of(3, 1, 4, 5))
        .map(
            shape ->
                new OrthogonalKernel(
                    "k" + shape,
                    shape.getFirst() == 4 ? Optional.empty() : Optional.of("k.bias" + shape),
                    shape.get(0),
                    shape.get(1),
                    shape.get(2),
                    shape.get(3)));
  }

  /** Blocks of all kinds: with and without what a skip below 1 leaves, wide and narrow. */
  static Stream<ResidualLayer> blocks() {
    return Stream.of(
        block(1, 1, 1, 1, 1),
        block(3, 5, 1, 1, 0.5),
        block(4, 2, 3, 3, 1),
        block(4, 2, 3, 3, 0.25),
        block(2, 3, 2, 1, 0.875),
        block(1, 2, 1, 3, 1));
  }

  static ResidualLayer block(int width, int size, int height, int breadth, double skip) {
    return new ResidualLayer(
        "c",
        Optional.of("c.bias"),
        "b",
        height == 2 ? Optional.empty() : Optional.of("b.bias"),
        width,
        size,
        height,
        breadth,
        5,
        skip,
        new Interval(0, 1));
  }

  /** A block with a layer that carries the bound, and an activation. */
  static OrthogonalChain chain(ResidualLayer block) {
    return new OrthogonalChain(
        2, List.of(block, new PassingActivation(3, 0.25), matrices().toList().getLast()));
  }
}
