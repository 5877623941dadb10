package io.lipc.training;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Weighted;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Shape;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.construction.ResidualBlock;
import io.lipc.training.parameterization.LinearLayer;
import io.lipc.training.parameterization.NonexpansiveLayer;
import io.lipc.training.parameterization.PassingActivation;
import io.lipc.training.parameterization.ResidualLayer;
import io.lipc.training.parameterization.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A network as a chain of layers of norm 1.
 *
 * @param dense what a construction makes of the weights of a dense layer
 * @param convolution the same for a convolution
 */
record NormOneStages(
    Network network,
    Function<LinearLayer, NonexpansiveLayer> dense,
    Function<Convolution, NonexpansiveLayer> convolution) {

  /** The stages of a chain; a network without residual blocks has none of these. */
  List<Stage> all() {
    List<ResidualBlock> blocks = ResidualBlock.allOf(network);
    Map<Integer, ResidualBlock> bySum = new HashMap<>();
    Set<Integer> inBlocks = new HashSet<>();
    blocks.forEach(block -> bySum.put(block.sum(), block));
    blocks.forEach(block -> inBlocks.addAll(block.layers()));
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      ResidualBlock block = bySum.get(i);
      if (block != null) {
        stages.add(residual(block));
      } else if (!inBlocks.contains(i)) {
        stage(i).ifPresent(stages::add);
      }
    }
    return stages;
  }

  private Optional<Stage> stage(int number) {
    return switch (network.layers().get(number)) {
      case Layer.Linear layer ->
          layer
              .dense()
              .<Stage>map(_ -> dense.apply(LinearLayers.of(network, number)))
              .or(() -> layer.convolution().map(convolution));
      case Layer.Activate(_, Activation.Nonlinear activation, Shape shape) ->
          isLinear(activation)
              ? Optional.empty()
              : Optional.of(PassingActivation.of(activation, shape.size()));
      case Layer.Input _, Layer.Activate _, Layer.MaxPool _, Layer.Call _ -> Optional.empty();
    };
  }

  private static boolean isLinear(Activation.Nonlinear activation) {
    return activation instanceof Activation.Pointwise pointwise
        && pointwise.slopes().alpha() == pointwise.slopes().beta();
  }

  private ResidualLayer residual(ResidualBlock block) {
    SlopeBounds slopes = block.slopes(network).orElseThrow();
    Weighted first = weighted(block.first());
    Weighted second = weighted(block.second());
    Optional<Convolution> kernel = network.layers().get(block.first()).convolution();
    return new ResidualLayer(
        first.weight(),
        first.bias(),
        second.weight(),
        second.bias(),
        rows(first),
        rows(second),
        kernel.map(map -> map.window().vertical().kernel()).orElse(1),
        kernel.map(map -> map.window().horizontal().kernel()).orElse(1),
        kernel.map(map -> map.output().pixels()).orElse(1),
        block.factor(),
        new Interval(slopes.alpha(), slopes.beta()));
  }

  private Weighted weighted(int layer) {
    if (network.layers().get(layer) instanceof Layer.Linear(_, Weighted map, _)) {
      return map;
    }
    throw new IllegalArgumentException("layer " + layer + " of a residual block has no weights");
  }

  /** The rows of the matrix, or the channels that the kernel gives. */
  private static int rows(Weighted map) {
    return map.tensors().getFirst().shape().getFirst();
  }
}
