package io.lipc.certifier;

import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.linalg.Deadline;
import io.lipc.model.Property;
import java.time.Duration;
import java.util.Optional;

/** Searches for proofs of what a network claims beside its bound. */
public final class FurtherSearch {

  private FurtherSearch() {}

  /**
   * For how long is searched where a network has so much time for its bound. There may be many
   * proofs in one claim, and what is proved should not depend on what else a machine does.
   */
  public static Duration budget(Duration ofNetwork) {
    return ofNetwork.multipliedBy(6);
  }

  /**
   * A certificate of a claim.
   *
   * @param network accepted, with all weights, its own and those of what it calls; it fulfils what
   *     the property asks of networks
   * @param budget how long may be searched; empty for no limit
   * @param deadline when there has to be an answer, with a proof or without
   * @param listener called in this thread
   * @return a certificate that the checker has accepted; empty if none was found
   */
  public static Optional<Subject> certify(
      Property.Further property,
      Subject network,
      Optional<Duration> budget,
      Deadline deadline,
      SearchListener listener) {
    return switch (property) {
      case Property.Pairs _ ->
          PairSearch.certify(network, budget, deadline, listener).map(PairBounds::subject);
    };
  }
}
