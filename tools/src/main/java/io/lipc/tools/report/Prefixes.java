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
import io.lipc.tools.page.LayerGroups;
import io.lipc.tools.page.PrefixBound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Bounds of the networks that end at the layers on the way to the output. What is left out depends
 * on sizes and never on time, so that the same network gives the same numbers.
 */
final class Prefixes {

  /** No more prefixes are certified; of deeper networks, some layers are passed over. */
  private static final int MOST = 16;

  /** Block elimination of more coordinates takes seconds. */
  private static final int MAX_COORDINATES = 1200;

  private final Network network;
  private final Weights weights;
  private final Map<String, Subject> callees;

  private final SearchListener listener;

  private Prefixes(
      Network network, Weights weights, Map<String, Subject> callees, SearchListener listener) {
    this.listener = listener;
    this.network = network;
    this.weights = weights;
    this.callees = callees;
  }

  /**
   * The bounds in order; the last one is of the whole network.
   *
   * @param weights all that the network names
   * @param callees the certified networks that it calls
   */
  static List<PrefixBound> of(
      Network network, Weights weights, Map<String, Subject> callees, SearchListener listener) {
    Prefixes prefixes = new Prefixes(network, weights, callees, listener);
    return ends(network.layers()).stream().map(prefixes::bound).toList();
  }

  /** The last layer of each group but the input, or evenly chosen ones of many. */
  private static List<Integer> ends(List<Layer> layers) {
    List<Integer> all =
        LayerGroups.of(layers).stream()
            .map(List::getLast)
            .filter(layer -> !(layers.get(layer) instanceof Layer.Input))
            .toList();
    if (all.size() <= MOST) {
      return all;
    }
    List<Integer> some = new ArrayList<>();
    for (int k = 1; k <= MOST; k++) {
      some.add(all.get(k * all.size() / MOST - 1));
    }
    return some;
  }

  private PrefixBound bound(int end) {
    Network prefix = network.upTo(end);
    Claim claim = UnitLists.claimOf(network.spec());
    Evidence product =
        certify(prefix, claim.fromLargest() ? Method.ELEMENTWISE_PRODUCT : Method.NORM_PRODUCT);
    Optional<UpperBound> multiplied = best(product);
    boolean eliminates =
        claim.norms().equals(Norms.EUCLIDEAN) && coordinates(prefix) <= MAX_COORDINATES;
    Optional<UpperBound> eliminated =
        eliminates ? best(certify(prefix, Method.LAYERWISE_LMI)) : Optional.empty();
    Optional<UpperBound> least =
        Stream.of(multiplied, eliminated)
            .flatMap(Optional::stream)
            .min(Comparator.comparingDouble(UpperBound::value));
    return new PrefixBound(end, multiplied, least, product.lower());
  }

  private Evidence certify(Network prefix, Method method) {
    // The search for a lower bound does not depend on the method; once is enough.
    Options.Effort effort =
        method == Method.LAYERWISE_LMI ? Options.Effort.PROOF : Options.Effort.REPORT;
    Options options = new Options(method, OptionalDouble.empty(), List.of(), 1, effort);
    return Certifier.certify(prefix, weights, callees, options, listener).evidence();
  }

  private static Optional<UpperBound> best(Evidence evidence) {
    return evidence.methods().stream()
        .map(MethodReport::upper)
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(UpperBound::value));
  }

  private static int coordinates(Network prefix) {
    return prefix.layers().stream()
        .filter(layer -> layer instanceof Layer.Activate || layer instanceof Layer.Call)
        .mapToInt(layer -> layer.shape().size())
        .sum();
  }
}
