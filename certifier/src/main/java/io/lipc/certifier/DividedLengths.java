package io.lipc.certifier;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.LeastLengths;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.formats.Weights;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.activation.GroupedKind;
import java.util.List;
import java.util.Map;

/**
 * The lengths that a network divides by, as the checker will see them. They are looked at before a
 * bound is sought: without them the checker accepts no certificate.
 */
public final class DividedLengths {

  private DividedLengths() {}

  /** Whether a network divides by a length. */
  public static boolean isIn(Network network) {
    return network.layers().stream()
        .anyMatch(
            layer ->
                layer instanceof Layer.Activate activate
                    && activate.activation().kind() == GroupedKind.L2_NORMALIZE);
  }

  /**
   * The lengths that are not shown to be as large as declared.
   *
   * @param units one for each layer, and perhaps some behind them
   * @param weights of the network, as they were read
   * @param callees with all weights, and with all that they call
   * @throws Rejection if it divides by a length, and has no box, or lacks weights
   */
  public static List<LeastLengths.Known> notProved(
      Network network, List<Unit> units, Weights weights, Map<String, Subject> callees) {
    if (!isIn(network)) {
      return List.of();
    }
    // No claim matters here, but the units and their weights.
    Subject about = FurtherSearch.alone(new Property.Range(0, 0), network, units, weights, callees);
    return LeastLengths.of(about, _ -> {}).stream().filter(known -> !known.holds()).toList();
  }
}
