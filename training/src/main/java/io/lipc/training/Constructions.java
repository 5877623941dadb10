package io.lipc.training;

import io.lipc.certificate.linear.Convolution;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.construction.DenseBlock;
import io.lipc.model.construction.OrthogonalForm;
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
import io.lipc.training.parameterization.SandwichChain;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The map that makes the weights of a network, by the construction that it declares.
 *
 * @param margin how much less than the declared bound weights are made for, relative to it: room
 *     for the rounding of what is stored
 * @param weights the map for a bound, l2 to l2
 */
record Constructions(double margin, DoubleFunction<Construction> weights) {

  /** Room for the rounding of a whole network to F32. */
  static final double MARGIN = 1e-6;

  /** The same for each of its layers, activations of rounded parameters among them. */
  private static final double MARGIN_OF_LAYER = 0x1p-21;

  /**
   * The construction that a network declares. The margin of a product of norms grows with the
   * number of factors.
   *
   * @throws IllegalArgumentException if the network declares none
   */
  static Constructions of(Network network) {
    return switch (declared(network)) {
      case LDLT -> new Constructions(MARGIN, bound -> ldlt(network, bound));
      case SANDWICH -> new Constructions(MARGIN, bound -> sandwich(network, bound));
      case ORTHOGONAL, SLL ->
          chain(
              network,
              new NormOneStages(
                  network, OrthogonalMatrix::new, map -> orthogonal(map, network.name())));
      case AOL ->
          chain(
              network,
              new NormOneStages(network, AlmostOrthogonalKernel::of, Constructions::scaled));
    };
  }

  private static Constructions chain(Network network, NormOneStages stages) {
    return new Constructions(
        MARGIN_OF_LAYER * network.layers().size(),
        bound -> new OrthogonalChain(bound, stages.all()));
  }

  private static io.lipc.model.Construction declared(Network network) {
    if (network.weights() instanceof WeightsSource.Parameterized parameterized) {
      return parameterized.construction().in(network);
    }
    throw new IllegalArgumentException(network.name() + " declares no construction");
  }

  private static NonexpansiveLayer orthogonal(Convolution map, String network) {
    OrthogonalForm form =
        OrthogonalForm.of(map)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        map.weight() + " of " + network + " is not made orthogonal"));
    return switch (form) {
      case MATRIX -> new OrthogonalMatrix(LinearLayers.of(map));
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

  /** The layer is a matrix where windows do not overlap: its sums are smaller. */
  private static NonexpansiveLayer scaled(Convolution map) {
    return OrthogonalForm.of(map).filter(form -> form == OrthogonalForm.MATRIX).isPresent()
        ? AlmostOrthogonalKernel.of(LinearLayers.of(map))
        : new AlmostOrthogonalKernel(
            map.weight(),
            map.bias(),
            map.channels(),
            map.read(),
            map.window().vertical().kernel(),
            map.window().horizontal().kernel());
  }

  private static Construction ldlt(Network network, double bound) {
    DenseBlock structure =
        DenseBlock.of(network)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        network.name() + " is neither an LDLT chain nor an LDLT residual block"));
    List<HiddenLayer> hidden =
        structure.hidden().stream().map(stage -> hidden(network, stage)).toList();
    LinearLayer last = LinearLayers.of(network, structure.last());
    return switch (structure) {
      case DenseBlock.Chain _ -> new LdltChain(bound, hidden, last);
      case DenseBlock.Residual residual ->
          new LdltResidual(bound, LinearLayers.of(network, residual.skip()), hidden, last);
    };
  }

  private static Construction sandwich(Network network, double bound) {
    if (DenseBlock.of(network).orElse(null)
        instanceof DenseBlock.Chain(List<DenseBlock.Stage> hidden, int last)) {
      return new SandwichChain(
          bound,
          hidden.stream().map(stage -> hidden(network, stage)).toList(),
          LinearLayers.of(network, last));
    }
    throw new IllegalArgumentException(network.name() + " is not a chain of dense layers");
  }

  private static HiddenLayer hidden(Network network, DenseBlock.Stage stage) {
    Layer.Activate activate = (Layer.Activate) network.layers().get(stage.activation());
    SlopeBounds slopes = ((Activation.Pointwise) activate.activation()).slopes();
    return new HiddenLayer(
        LinearLayers.of(network, stage.dense()), new Interval(slopes.alpha(), slopes.beta()));
  }
}
