package io.lipc.tools.report;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.MethodReport;
import io.lipc.certifier.Options;
import io.lipc.certifier.SearchListener;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Weights;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.UpperBound;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Bounds of parts of a network, of which a page has many. Sizes decide which bounds are left out,
 * and time never does, so that the same network gives the same numbers.
 *
 * @param weights all that the networks name
 * @param callees the certified networks that they call
 */
record QuickSearch(Weights weights, Map<String, Subject> callees, SearchListener listener) {

  /** Block elimination of more coordinates takes seconds. */
  private static final int MAX_COORDINATES = 1200;

  /** The product of norms, or of magnitudes, with a lower bound; no outputs are all of them. */
  Evidence product(Network network, List<Integer> outputs) {
    Claim.Lipschitz claim = UnitLists.claimOf(network.lipschitz());
    Method method = claim.fromLargest() ? Method.ELEMENTWISE_PRODUCT : Method.NORM_PRODUCT;
    return certify(network, outputs, method, Options.Effort.REPORT);
  }

  /** The bound of block elimination; empty where it is about other norms, or too large. */
  Optional<UpperBound> eliminated(Network network, List<Integer> outputs) {
    boolean eliminates =
        UnitLists.claimOf(network.lipschitz()).norms().equals(Norms.EUCLIDEAN)
            && coordinates(network) <= MAX_COORDINATES;
    // The search for a lower bound does not depend on the method; once is enough.
    return eliminates
        ? best(certify(network, outputs, Method.LAYERWISE_LMI, Options.Effort.PROOF))
        : Optional.empty();
  }

  private Evidence certify(
      Network network, List<Integer> outputs, Method method, Options.Effort effort) {
    Options options = new Options(method, OptionalDouble.empty(), outputs, 1, effort);
    return Certifier.certify(network, weights, callees, options, listener).evidence();
  }

  static Optional<UpperBound> best(Evidence evidence) {
    return evidence.methods().stream()
        .map(MethodReport::upper)
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(UpperBound::value));
  }

  private static int coordinates(Network network) {
    return network.layers().stream()
        .filter(layer -> layer instanceof Layer.Activate || layer instanceof Layer.Call)
        .mapToInt(layer -> layer.shape().size())
        .sum();
  }
}
