package io.lipc.certifier;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.local.Rows;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certifier.falsify.LowerBounds;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.linalg.Deadline;
import io.lipc.model.Property;
import io.lipc.model.Region;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Searches for bounds on boxes: a bound of the function whose activations have the slopes that the
 * checker finds for inputs of the box ({@link io.lipc.certificate.local.LocalBounds}).
 */
public final class LocalSearch {

  /** The most parts of a box. */
  private static final int MOST_PARTS = 1024;

  /** Another arithmetic than the checker's may find a little more. */
  private static final double SLACK = 1 + 0x1p-40;

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
    double declared = property.bound().bound();
    OptionalDouble goal = budget.isPresent() ? OptionalDouble.empty() : OptionalDouble.of(declared);
    Optional<Subject> whole =
        rows(property, network, BoxCuts.Work.upTo(1, declared, RowSearch.until(deadline)));
    if (goal.isPresent() && isWithin(whole, declared)) {
      return whole;
    }
    Optional<Subject> best =
        least(whole, matrix(property, network, options(goal, budget, deadline), listener));
    return isWithin(best, declared)
        ? best
        : least(
            best,
            rows(
                property,
                network,
                BoxCuts.Work.upTo(MOST_PARTS, declared, RowSearch.until(deadline))));
  }

  /** The bound that a matrix inequality on the whole box shows. */
  static Optional<Subject> matrix(
      Property.Local property, Subject network, Options options, SearchListener listener) {
    return on(property, network, options.deadline())
        .flatMap(problem -> Certifier.least(problem, options, listener))
        .map(found -> FurtherClaims.about(network, found.certificate()));
  }

  private static boolean isWithin(Optional<Subject> found, double declared) {
    return found.filter(f -> f.certificate().inequality().bound() <= declared).isPresent();
  }

  static Optional<Subject> least(Optional<Subject> first, Optional<Subject> second) {
    return Stream.of(first, second)
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(found -> found.certificate().inequality().bound()));
  }

  /** The bound that the derivatives on the box show, or on parts of it. */
  static Optional<Subject> rows(Property.Local property, Subject network, BoxCuts.Work work) {
    Claim.Local wanted = new Claim.Local(UnitLists.claimOf(property.bound()), boxOf(property));
    return RowSearch.onBox(network, wanted)
        .flatMap(
            onBox ->
                RowSearch.parts(
                    onBox, (part, leaf, spend) -> Rows.bound(part, leaf, spend) * SLACK, work))
        .filter(parts -> Double.isFinite(parts.worst()))
        .map(parts -> RowSearch.claimed(network, claimed(property, parts.worst()), parts.tree()))
        .flatMap(RowSearch::accepted);
  }

  /**
   * How far each output moves with each input ({@link Rows.Reach}), on these parts of the box;
   * empty where derivatives are not known, or there is no time.
   */
  static Optional<List<List<Double>>> slopes(
      Property.Local property, Subject network, BoxTree parts, Deadline deadline) {
    Claim.Local wanted = new Claim.Local(UnitLists.claimOf(property.bound()), boxOf(property));
    BoxCuts.Limit limit = RowSearch.until(deadline);
    LongConsumer spend = RowSearch.spender(limit, parts.leaves());
    try {
      return RowSearch.onBox(network, wanted)
          .flatMap(onBox -> limit.inTime(() -> Rows.reach(onBox, parts, spend).slopes()))
          .filter(rows -> rows.stream().flatMap(List::stream).allMatch(Double::isFinite));
    } catch (Rejection unknown) {
      return Optional.empty();
    }
  }

  private static Claim.Local claimed(Property.Local property, double bound) {
    double declared = Math.max(property.bound().bound(), bound);
    Norms norms = UnitLists.claimOf(property.bound()).norms();
    return new Claim.Local(new Claim.Lipschitz(norms, bound, declared), boxOf(property));
  }

  /** Two inputs of the box, with the ratio that they reach; none where none are found. */
  public static Optional<LowerBounds.Found> reached(
      Property.Local property, Subject network, Deadline deadline) {
    Options options = options(OptionalDouble.empty(), Optional.of(Duration.ZERO), deadline);
    Optional<Problem> problem = on(property, network, deadline);
    if (problem.isEmpty()) {
      return Optional.empty();
    }
    // The long search says nothing where it has to end early.
    LowerBounds.Found quick = Certifier.pair(problem.get(), options, LowerBounds.QUICK / 10);
    LowerBounds.Found found = Certifier.pair(problem.get(), options);
    return Optional.of(found.pair().isPresent() ? found : quick);
  }

  static Options options(OptionalDouble goal, Optional<Duration> budget, Deadline deadline) {
    return new Options(Method.AUTO, goal, List.of(), 1, Options.Effort.PROOF, budget, deadline);
  }

  /** The function on the box; its calls are inlined, where their units can be read. */
  private static Optional<Problem> on(Property.Local property, Subject network, Deadline deadline) {
    Claim.Local wanted = new Claim.Local(UnitLists.claimOf(property.bound()), boxOf(property));
    Problem whole = Problem.about(network, wanted, network.certificate().units(), deadline);
    return Attempts.orElse(
        () -> Optional.of(Problem.onBox(whole.inlined().orElse(whole), wanted)), Optional.empty());
  }
}
