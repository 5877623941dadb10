package io.lipc.compiler.proof;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.LeastLengths;
import io.lipc.certifier.FurtherSearch;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.LengthDiagnostics;
import io.lipc.model.diagnostic.Place;
import java.util.List;
import java.util.Map;

/**
 * The lengths that a network divides by, as the checker will see them, before a bound is sought.
 */
final class LengthProofs {

  private LengthProofs() {}

  /**
   * The layers whose lengths are not shown to be as large as declared.
   *
   * @param units the network's, one for each layer and some behind them
   * @param weights its own, as they were read
   */
  static List<Finding> notProved(
      CheckedNetwork checked, List<Unit> units, Weights weights, Map<String, Subject> callees) {
    Network network = checked.network();
    if (network.layers().stream().noneMatch(LengthProofs::dividesByLength)) {
      return List.of();
    }
    // No claim matters here, but the units and their weights.
    Subject about = FurtherSearch.alone(new Property.Range(0, 0), network, units, weights, callees);
    return LeastLengths.of(about, _ -> {}).stream()
        .filter(known -> !known.holds())
        .map(
            known ->
                new Finding(
                    new Place.OfNetwork(),
                    LengthDiagnostics.notProved(
                        checked.nameOf(known.unit()), known.declared(), known.proved())))
        .toList();
  }

  private static boolean dividesByLength(Layer layer) {
    return layer instanceof Layer.Activate activate
        && activate.activation().kind() == GroupedKind.L2_NORMALIZE;
  }
}
