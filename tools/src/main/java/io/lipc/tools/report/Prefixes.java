package io.lipc.tools.report;

import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.SearchListener;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.UpperBound;
import io.lipc.tools.page.LayerGroups;
import io.lipc.tools.page.PrefixBound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Bounds of the networks that end at the layers on the way to the output. */
final class Prefixes {

  /** No more prefixes are certified; of deeper networks, some layers are passed over. */
  private static final int MOST = 16;

  private Prefixes() {}

  /**
   * The bounds in order; the last one is of the whole network.
   *
   * @param subject the certificate of the whole network, which the checker has accepted
   */
  static List<PrefixBound> of(Network network, Subject subject, SearchListener listener) {
    QuickSearch search = new QuickSearch(subject.weights(), subject.callees(), listener);
    UpperBound certified = new UpperBound(subject.certificate().lipschitz().bound());
    int output = network.layers().size() - 1;
    return ends(network.layers()).stream()
        .map(end -> bound(search, network.upTo(end), end))
        .map(bound -> bound.layer() == output ? bound.certifiedBy(certified) : bound)
        .toList();
  }

  /** The last layer of each group but the input, or evenly chosen ones of many. */
  private static List<Integer> ends(List<Layer> layers) {
    List<Integer> all =
        LayerGroups.of(layers).stream()
            .map(group -> group.getLast())
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

  private static PrefixBound bound(QuickSearch search, Network prefix, int end) {
    Evidence product = search.product(prefix, List.of());
    Optional<UpperBound> multiplied = QuickSearch.best(product);
    Optional<UpperBound> least =
        Stream.of(multiplied, search.eliminated(prefix, List.of()))
            .flatMap(Optional::stream)
            .min(Comparator.comparingDouble(UpperBound::value));
    return new PrefixBound(end, multiplied, least, product.lower());
  }
}
