package io.lipc.training;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.construction.LdltStructure;
import io.lipc.model.construction.OrthogonalForm;
import io.lipc.model.construction.ResidualBlock;
import io.lipc.training.parameterization.AlmostOrthogonalKernel;
import io.lipc.training.parameterization.Construction;
import io.lipc.training.parameterization.HiddenLayer;
import io.lipc.training.parameterization.LdltChain;
import io.lipc.training.parameterization.LdltResidual;
import io.lipc.training.parameterization.LinearLayer;
import io.lipc.training.parameterization.NonexpansiveLayer;
import io.lipc.training.parameterization.OrthogonalChain;
import io.lipc.training.parameterization.OrthogonalKernel;
import io.lipc.training.parameterization.OrthogonalMatrix;
import io.lipc.training.parameterization.PassingActivation;
import io.lipc.training.parameterization.ResidualLayer;
import io.lipc.training.parameterization.SandwichChain;
import io.lipc.training.parameterization.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the map from free parameters to weights, by the structure that a network declares. */
final class Constructions {

  /** Room for the rounding of a whole network to F32. */
  static final double MARGIN = 1e-6;

  /** The same for each of its layers, activations of rounded parameters among them. */
  private static final double MARGIN_OF_LAYER = 0x1p-21;

  private final Network network;

  private Constructions(Network network) {
    this.network = network;
  }

  /**
   * The construction that a network declares.
   *
   * @param bound the bound that its weights are made for, l2 to l2
   * @throws IllegalArgumentException if the network declares none, or a hypothesis fails
   */
  static Construction of(Network network, double bound) {
    return switch (declared(network)) {
      case LDLT -> ldlt(network, bound);
      case SANDWICH -> sandwich(network, bound);
      case ORTHOGONAL, SLL, AOL -> new OrthogonalChain(bound, new Constructions(network).stages());
    };
  }

  /**
   * The relative amount by which weights are made for less than the declared bound: room for the
   * rounding of what is stored. That of a product of norms grows with the number of factors.
   */
  static double margin(Network network) {
    return switch (declared(network)) {
      case LDLT, SANDWICH -> MARGIN;
      case ORTHOGONAL, SLL, AOL -> MARGIN_OF_LAYER * network.layers().size();
    };
  }

  private static io.lipc.model.Construction declared(Network network) {
    if (network.weights() instanceof WeightsSource.Parameterized parameterized) {
      return parameterized.construction().in(network);
    }
    throw new IllegalArgumentException(network.name() + " declares no construction");
  }

  /** The stages of a chain; a network without residual blocks has none of these. */
  private List<Stage> stages() {
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

  private Optional<Stage> stage(int layer) {
    return switch (network.layers().get(layer)) {
      case Layer.Linear(_, Matrix _, _) ->
          Optional.of(
              isScaled()
                  ? AlmostOrthogonalKernel.of(linear(layer))
                  : new OrthogonalMatrix(linear(layer)));
      case Layer.Linear(_, Convolution map, _) ->
          Optional.of(isScaled() ? scaled(map) : convolution(network, map));
      case Layer.Activate(_, Activation.Nonlinear activation, Shape shape) ->
          isLinear(activation)
              ? Optional.empty()
              : Optional.of(PassingActivation.of(activation, shape.size()));
      case Layer.Linear _, Layer.Input _, Layer.Activate _, Layer.MaxPool _, Layer.Call _ ->
          Optional.empty();
    };
  }

  private static boolean isLinear(Activation.Nonlinear activation) {
    return activation instanceof Activation.Pointwise pointwise
        && pointwise.slopes().alpha() == pointwise.slopes().beta();
  }

  private ResidualLayer residual(ResidualBlock block) {
    SlopeBounds slopes = block.slopes(network).orElseThrow();
    LinearMap second = network.layers().get(block.second()).linear().orElseThrow();
    return switch (network.layers().get(block.first()).linear().orElseThrow()) {
      case Convolution first when second instanceof Convolution back ->
          new ResidualLayer(
              first.weight(),
              first.bias(),
              back.weight(),
              back.bias(),
              first.channels(),
              back.channels(),
              first.window().vertical().kernel(),
              first.window().horizontal().kernel(),
              first.output().pixels(),
              block.factor(),
              new Interval(slopes.alpha(), slopes.beta()));
      case Matrix first when second instanceof Matrix back ->
          new ResidualLayer(
              first.weight(),
              first.bias(),
              back.weight(),
              back.bias(),
              first.outputs(),
              back.outputs(),
              1,
              1,
              1,
              block.factor(),
              new Interval(slopes.alpha(), slopes.beta()));
      default -> throw new IllegalArgumentException("no residual block has " + second);
    };
  }

  /** Whether layers with weights are almost orthogonal, by the scaling of their channels. */
  private boolean isScaled() {
    return declared(network) == io.lipc.model.Construction.AOL;
  }

  /**
   * The scaled form of a convolution. Where windows are apart, it is that of a matrix: the kernel
   * has the same norm, and the matrix has smaller sums.
   */
  private static NonexpansiveLayer scaled(Convolution map) {
    return OrthogonalForm.of(map).filter(form -> form == OrthogonalForm.MATRIX).isPresent()
        ? AlmostOrthogonalKernel.of(matrix(map))
        : new AlmostOrthogonalKernel(
            map.weight(),
            map.bias(),
            map.channels(),
            map.read(),
            map.window().vertical().kernel(),
            map.window().horizontal().kernel());
  }

  private static LinearLayer matrix(Convolution map) {
    return new LinearLayer(map.weight(), map.bias(), map.channels(), map.taps());
  }

  private static NonexpansiveLayer convolution(Network network, Convolution map) {
    OrthogonalForm form =
        OrthogonalForm.of(map)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        map.weight() + " of " + network.name() + " is not made orthogonal"));
    return switch (form) {
      case MATRIX -> new OrthogonalMatrix(matrix(map));
      case PRODUCT ->
          new OrthogonalKernel(
              map.weight(),
              map.bias(),
              map.channels(),
              map.read(),
              map.window().vertical().kernel(),
              map.window().horizontal().kernel());
    };
  }

  private static Construction ldlt(Network network, double bound) {
    LdltStructure structure =
        LdltStructure.of(network)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        network.name() + " is neither an LDLT chain nor an LDLT residual block"));
    Constructions constructions = new Constructions(network);
    List<HiddenLayer> hidden = structure.hidden().stream().map(constructions::hidden).toList();
    LinearLayer last = constructions.linear(structure.last());
    return switch (structure) {
      case LdltStructure.Chain _ -> new LdltChain(bound, hidden, last);
      case LdltStructure.Residual residual ->
          new LdltResidual(bound, constructions.linear(residual.skip()), hidden, last);
    };
  }

  private static Construction sandwich(Network network, double bound) {
    if (LdltStructure.of(network).orElse(null)
        instanceof LdltStructure.Chain(List<LdltStructure.Stage> hidden, int last)) {
      Constructions constructions = new Constructions(network);
      return new SandwichChain(
          bound, hidden.stream().map(constructions::hidden).toList(), constructions.linear(last));
    }
    throw new IllegalArgumentException(network.name() + " is not a chain of dense layers");
  }

  private HiddenLayer hidden(LdltStructure.Stage stage) {
    Layer.Activate activate = (Layer.Activate) network.layers().get(stage.activation());
    SlopeBounds slopes = ((Activation.Pointwise) activate.activation()).slopes();
    return new HiddenLayer(linear(stage.dense()), new Interval(slopes.alpha(), slopes.beta()));
  }

  private LinearLayer linear(int layer) {
    Matrix dense = network.layers().get(layer).dense().orElseThrow();
    return new LinearLayer(dense.weight(), dense.bias(), dense.outputs(), dense.inputs());
  }
}
