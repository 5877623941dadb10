package io.lipc.benchmarks.uci;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.WeightsSource;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.parameterization.Materialized;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The bound of weights that nothing bounds. */
final class PlainProof {

  private PlainProof() {}

  /**
   * The weights, which are in F64, with the least bound that {@code lipsdp-neuron} proves.
   *
   * @throws ProofException if a weight overflows, or nothing was proved
   */
  static FrozenNetwork prove(Network declared, Materialized weights) throws ProofException {
    List<Tensor> tensors = new ArrayList<>();
    try {
      for (Layer layer : declared.layers()) {
        for (LinearMap.TensorShape tensor : layer.tensors()) {
          tensors.add(stored(weights, tensor));
        }
      }
    } catch (FormatException e) {
      throw new ProofException(e.getMessage());
    }
    Network given =
        new Network(
            declared.name(),
            declared.lipschitz(),
            new WeightsSource.None(),
            declared.precision(),
            declared.layers());
    Options options =
        new Options(
            Method.LIPSDP_NEURON, OptionalDouble.empty(), List.of(), 1, Options.Effort.PROOF);
    Optional<FrozenNetwork> proved =
        switch (Certifier.certify(given, Weights.of(tensors), Map.of(), options)) {
          case Certification.Certified certified ->
              Optional.of(new FrozenNetwork(certified.subject()));
          case Certification.Inconclusive open -> open.best().map(FrozenNetwork::new);
          case Certification.Violated violated -> violated.best().map(FrozenNetwork::new);
        };
    return proved.orElseThrow(() -> new ProofException("no bound was proved"));
  }

  private static Tensor stored(Materialized weights, LinearMap.TensorShape tensor)
      throws FormatException {
    double[] values = weights.tensors().get(tensor.name());
    if (values == null) {
      throw new IllegalStateException("no tensor " + tensor.name());
    }
    return Tensor.of(tensor.name(), ElementType.F64, tensor.shape(), values);
  }
}
