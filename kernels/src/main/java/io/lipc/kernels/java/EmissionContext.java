package io.lipc.kernels.java;

import io.lipc.kernels.graph.Lookup;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts that generated code needs beside the network itself.
 *
 * @param certificateResource the name of the certificate from the root of the class path: {@code
 *     META-INF/lipc/demo.control.Policy.json}
 * @param certificateDigest the SHA-256 digest of its text, in lower-case hexadecimal digits
 * @param certifiedBound the proved bound, exactly this double; empty where none is claimed
 * @param further the certificates of what is claimed beside the bound
 * @param weightsResource the name of the weights from the root of the class path, where they ship
 *     with the class
 * @param callees the networks that this one calls, by qualified name; of the same precision
 */
public record EmissionContext(
    String certificateResource,
    String certificateDigest,
    Optional<Double> certifiedBound,
    List<FurtherClaim> further,
    Optional<String> weightsResource,
    Map<String, Callee> callees) {

  public EmissionContext {
    further = List.copyOf(further);
    callees = Map.copyOf(callees);
  }

  /**
   * Whether the generated class of {@code network} has a {@code load()} without parameters: its
   * weights ship with it, or it has none, and the same holds of all that it calls.
   */
  public boolean loadsItself(Network network) {
    boolean hasNumbers =
        weightsResource.isPresent()
            || (network.weightsFile().isEmpty() && !network.hasFreeWeights());
    return hasNumbers
        && network.layers().stream()
            .filter(Layer.Call.class::isInstance)
            .allMatch(layer -> callee(((Layer.Call) layer).network()).loadsItself());
  }

  Callee callee(String network) {
    return Lookup.in(callees, network);
  }

  /** The origin of the certificate of a claim beside the bound. */
  public sealed interface FurtherClaim {

    /**
     * A certificate that is compiled with the class.
     *
     * @param resource its name from the root of the class path
     * @param digest the SHA-256 digest of its text, in lower-case hexadecimal digits
     */
    record Shipped(String resource, String digest) implements FurtherClaim {}

    /**
     * The weights bring it.
     *
     * @param word the word of its kind
     */
    record OfWeights(String word) implements FurtherClaim {}
  }

  /**
   * A network that is called.
   *
   * @param className the qualified name of its generated class
   * @param loadsItself whether that class has a {@code load()} without parameters
   */
  public record Callee(String className, boolean loadsItself) {}
}
