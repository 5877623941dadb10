package io.lipc.compiler;

import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.formats.Weights;
import io.lipc.model.Network;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The untrusted search for a proof. What it finds counts only once the checker has accepted it. */
public interface Search {

  /** Looks for a proof of the bound that {@code network} declares. */
  Certification certify(Network network, Weights weights, Map<String, Subject> callees);

  /** The outputs that the proof about {@code network} is for; empty for all. */
  default List<Integer> outputs(Network network) {
    return List.of();
  }

  /** The search that the compiler uses: every method until one proves the bound; a fixed seed. */
  static Search all() {
    return with(Method.AUTO, _ -> List.of(), Options.Effort.PROOF);
  }

  /**
   * A search by one method, or for some outputs only, or with more to report.
   *
   * @param outputs the numbers of the outputs of a network; empty for all
   */
  static Search with(
      Method method, Function<Network, List<Integer>> outputs, Options.Effort effort) {
    return new Search() {
      @Override
      public Certification certify(Network network, Weights weights, Map<String, Subject> callees) {
        OptionalDouble bound = OptionalDouble.of(network.spec().bound());
        return Certifier.certify(
            network,
            weights,
            callees,
            new Options(method, bound, outputs.apply(network), 1, effort));
      }

      @Override
      public List<Integer> outputs(Network network) {
        return outputs.apply(network);
      }
    };
  }
}
