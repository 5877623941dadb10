package io.lipc.model;

import io.lipc.formats.ElementType;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about a network that a caller needs.
 *
 * @param network its qualified name
 * @param input the shape that it reads
 * @param output the shape that it gives
 * @param bound what callers may use of it; empty where it claims something else alone, and then it
 *     cannot be called
 * @param precision the numbers that it computes with
 * @param freeWeights the network whose weights are known only when it is loaded: this one or one
 *     that it calls, however far away; empty where all weights are known
 */
public record Signature(
    String network,
    Shape input,
    Shape output,
    Optional<Property.Lipschitz> bound,
    ElementType precision,
    Optional<String> freeWeights) {

  /**
   * The signature that a checked network offers to its callers.
   *
   * @param callees the signatures of the networks that it calls, by their qualified names
   * @throws IllegalArgumentException if one of them is missing
   */
  public static Signature of(Network network, Map<String, Signature> callees) {
    return new Signature(
        network.name(),
        network.input().shape(),
        network.outputShape(),
        network.global(),
        network.precision(),
        network.hasFreeWeights() ? Optional.of(network.name()) : freeCallee(network, callees));
  }

  private static Optional<String> freeCallee(Network network, Map<String, Signature> callees) {
    return network.layers().stream()
        .filter(Layer.Call.class::isInstance)
        .map(Layer.Call.class::cast)
        .flatMap(call -> of(call, callees).freeWeights().stream())
        .findFirst();
  }

  private static Signature of(Layer.Call call, Map<String, Signature> callees) {
    Signature callee = callees.get(call.network());
    if (callee == null) {
      throw new IllegalArgumentException("no signature of `" + call.network() + "`");
    }
    return callee;
  }
}
