package io.lipc.certifier;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.margin.Lead;
import io.lipc.certifier.problem.Problem;
import io.lipc.linalg.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Networks of the differences by which an output leads: a local bound of them says how far. */
public final class LeadSearch {

  private LeadSearch() {}

  /**
   * The differences as a network, with the first bound for all inputs that is proved, between the
   * norms of the network's own.
   *
   * @param network accepted, with all weights, its own and those of what it calls
   * @return accepted by the checker; empty where no bound is proved in time
   */
  public static Optional<Subject> differences(Subject network, Lead lead, Deadline deadline) {
    List<Unit> units = lead.differences(network.certificate().units()).units();
    Claim.Lipschitz any =
        new Claim.Lipschitz(network.certificate().lipschitz().norms(), Double.MAX_VALUE);
    Options options =
        new Options(
            Method.AUTO,
            OptionalDouble.of(Double.MAX_VALUE),
            List.of(),
            1,
            Options.Effort.PROOF,
            deadline.left(),
            deadline);
    return Attempts.orElse(
        () ->
            Certifier.least(
                Problem.about(network, any, units, deadline), options, SearchListener.NONE),
        Optional.empty());
  }
}
