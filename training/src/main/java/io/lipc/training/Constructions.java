package io.lipc.training;

import io.lipc.certificate.linear.Matrix;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.construction.LdltStructure;
import io.lipc.training.parameterization.Construction;
import io.lipc.training.parameterization.HiddenLayer;
import io.lipc.training.parameterization.LdltChain;
import io.lipc.training.parameterization.LdltResidual;
import io.lipc.training.parameterization.LinearLayer;
import java.util.List;

/** From the structure that a network declares to the map that makes its weights. */
final class Constructions {

  private final Network network;

  private Constructions(Network network) {
    this.network = network;
  }

  /**
   * The LDL^T construction of a network.
   *
   * @param bound the bound that its weights are made for, l2 to l2
   * @throws IllegalArgumentException if the network is neither a chain nor a residual block
   */
  static Construction of(Network network, double bound) {
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
