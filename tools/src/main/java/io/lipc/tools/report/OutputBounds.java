package io.lipc.tools.report;

import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.SearchListener;
import io.lipc.model.Network;
import io.lipc.model.UpperBound;
import io.lipc.tools.page.OutputBound;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bounds of single outputs, each by a search of its own. */
final class OutputBounds {

  /** The most outputs of a table: more would not be read, and take long. */
  private static final int MOST = 32;

  private OutputBounds() {}

  /**
   * The bounds in the order of the outputs; empty for a network of one output, or of very many.
   *
   * @param subject the certificate of all outputs, which the checker has accepted
   * @param names of all outputs, in order
   */
  static List<OutputBound> of(
      Network network, Subject subject, List<String> names, SearchListener listener) {
    int outputs = subject.certificate().outputSize();
    if (outputs < 2 || outputs > MOST) {
      return List.of();
    }
    QuickSearch search = new QuickSearch(subject.weights(), subject.callees(), listener);
    return IntStream.range(0, outputs)
        .mapToObj(
            output -> {
              double whole = subject.certificate().lipschitz().bound();
              return bound(search, network, output, names.get(output), whole);
            })
        .toList();
  }

  /** One output moves at most as far as all of them, in either norm. */
  private static OutputBound bound(
      QuickSearch search, Network network, int output, String name, double whole) {
    Evidence product = search.product(network, List.of(output));
    UpperBound least =
        Stream.of(
                QuickSearch.best(product).stream(),
                search.eliminated(network, List.of(output)).stream(),
                Stream.of(new UpperBound(whole)))
            .flatMap(bounds -> bounds)
            .min(Comparator.comparingDouble(UpperBound::value))
            .orElseThrow();
    return new OutputBound(name, least, product.lower());
  }
}
