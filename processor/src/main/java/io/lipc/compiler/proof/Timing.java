package io.lipc.compiler.proof;

import io.lipc.certifier.FurtherSearch;
import io.lipc.certifier.Options;
import io.lipc.linalg.Deadline;
import io.lipc.model.Network;
import io.lipc.model.Property;
import java.time.Duration;
import java.util.Optional;

/**
 * The time budgets of the searches of a run.
 *
 * <p>A search ends by itself when its budget is spent, with its best result. Work that is not done
 * at the deadline is cancelled. A budget that a user asks for is both: the certificate is checked
 * once more after it has been found, so the budget is the deadline of search and check.
 */
public sealed interface Timing {

  /** The budget of the search for one network, in messages too; empty for no limit. */
  Optional<Duration> budget();

  /** The budget of the search for the claims beside the bound; empty for no limit. */
  default Optional<Duration> ofFurther() {
    return budget();
  }

  /** The deadline of the search for a bound of {@code network}, which begins now. */
  Deadline search(Network network);

  /** The deadline of the search for the claims beside the bound, which begins now. */
  Deadline further();

  /** The deadline of something small, which begins now: of a budget it takes a fifth. */
  default Deadline little() {
    return budget().map(whole -> Deadline.in(whole.dividedBy(5))).orElse(Deadline.NONE);
  }

  /** The share of a network's time that is left to what it asks for beside its bound. */
  double FOR_FURTHER = 0.6;

  /** Builds without a budget: no network holds one up for longer. */
  Duration PATIENCE = Duration.ofMinutes(5);

  /** A search without a limit. */
  record Unlimited() implements Timing {
    @Override
    public Optional<Duration> budget() {
      return Optional.empty();
    }

    @Override
    public Deadline search(Network network) {
      return Deadline.NONE;
    }

    @Override
    public Deadline further() {
      return Deadline.NONE;
    }
  }

  /**
   * A build without a budget of its own: searches end soon, but a proof that has begun goes on, so
   * that what is proved does not depend on what else the machine does.
   *
   * @param searches how long those take at most
   */
  record Usual(Duration searches) implements Timing {

    /** The budget of builds that name none. */
    public Usual() {
      this(Options.BUDGET);
    }

    @Override
    public Optional<Duration> budget() {
      return Optional.of(searches);
    }

    @Override
    public Optional<Duration> ofFurther() {
      return Optional.of(FurtherSearch.budget(searches));
    }

    @Override
    public Deadline little() {
      return Deadline.in(PATIENCE);
    }

    @Override
    public Deadline search(Network network) {
      return Deadline.in(PATIENCE);
    }

    @Override
    public Deadline further() {
      return Deadline.in(PATIENCE);
    }
  }

  /** A budget for each network, all that it asks for included. */
  record Each(Duration of) implements Timing {
    @Override
    public Optional<Duration> budget() {
      return Optional.of(of);
    }

    @Override
    public Deadline search(Network network) {
      Deadline whole = Deadline.in(of);
      return network.further().stream().anyMatch(Property.Further::takesSearch)
          ? whole.part(1 - FOR_FURTHER)
          : whole;
    }

    @Override
    public Deadline further() {
      return Deadline.in(of).part(FOR_FURTHER);
    }
  }

  /**
   * A budget for all networks of a run together: each search has its share of what is left. Most
   * end sooner, and what they leave is for the others; so none has less than a quarter.
   */
  final class Whole implements Timing {

    private static final double LEAST_SHARE = 0.25;

    private final Duration of;
    private final Deadline end;
    private int searches;

    /**
     * A budget that has begun.
     *
     * @param end when it is spent
     * @param searches how many there will be at most, those beside bounds included
     */
    public Whole(Duration of, Deadline end, int searches) {
      this.of = of;
      this.end = end;
      this.searches = searches;
    }

    @Override
    public Optional<Duration> budget() {
      return Optional.of(of);
    }

    @Override
    public Deadline search(Network network) {
      return share();
    }

    @Override
    public Deadline further() {
      return share();
    }

    private Deadline share() {
      return end.part(Math.max(LEAST_SHARE, 1.0 / Math.max(1, searches--)));
    }
  }
}
