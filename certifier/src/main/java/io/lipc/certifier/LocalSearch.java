package io.lipc.certifier;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certifier.falsify.LowerBounds;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.linalg.Deadline;
import io.lipc.model.Property;
import io.lipc.model.Property.Region;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Searches for bounds on boxes: a bound of the function whose activations have the slopes that the
 * checker finds for inputs of the box ({@link io.lipc.certificate.local.LocalBounds}).
 */
public final class LocalSearch {

  private LocalSearch() {}

  /**
   * The box of a declared local bound.
   *
   * @throws IllegalArgumentException if its network is not checked
   */
  static Unit.Box boxOf(Property.Local local) {
    if (local.region() instanceof Region.Sides(var sides)) {
      return UnitLists.box(sides);
    }
    throw new IllegalArgumentException("a region of inputs that are not known");
  }

  /**
   * The least bound on the box that is found; it may be above the declared one.
   *
   * @param network accepted, with all weights, its own and those of what it calls
   */
  static Optional<Subject> certify(
      Property.Local property,
      Subject network,
      Optional<Duration> budget,
      Deadline deadline,
      SearchListener listener) {
    // With time to search, a bound below the declared one says more.
    OptionalDouble goal =
        budget.isPresent() ? OptionalDouble.empty() : OptionalDouble.of(property.bound().bound());
    Options options = options(goal, budget, deadline);
    return on(property, network, deadline)
        .flatMap(problem -> Certifier.least(problem, options, listener))
        .map(found -> FurtherClaims.about(network, found.certificate()));
  }

  /** Two inputs of the box, with the ratio that they reach; none where none are found. */
  public static Optional<LowerBounds.Found> reached(
      Property.Local property, Subject network, Deadline deadline) {
    Options options = options(OptionalDouble.empty(), Optional.of(Duration.ZERO), deadline);
    return on(property, network, deadline).map(problem -> Certifier.pair(problem, options));
  }

  private static Options options(
      OptionalDouble goal, Optional<Duration> budget, Deadline deadline) {
    return new Options(Method.AUTO, goal, List.of(), 1, Options.Effort.PROOF, budget, deadline);
  }

  /** The function on the box; its calls are inlined, where their units can be read. */
  private static Optional<Problem> on(Property.Local property, Subject network, Deadline deadline) {
    Certificate certificate = network.certificate();
    Claim.Local wanted = new Claim.Local(UnitLists.claimOf(property.bound()), boxOf(property));
    Problem whole =
        new Problem(
            certificate.network(),
            certificate.type(),
            wanted,
            certificate.units(),
            certificate.tensors(),
            network.weights(),
            network.callees(),
            deadline);
    return Attempts.orElse(
        () -> Optional.of(Problem.onBox(whole.inlined().orElse(whole), wanted)), Optional.empty());
  }
}
