package io.lipc.certifier;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.queries.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which claims prove what declarations ask for, and the search for those beside bounds. */
public final class FurtherSearch {

  private static final String ENCLOSURE = "enclosure";

  /** The most parts of the box of a declared query: a tree of more takes the checker minutes. */
  private static final int QUERY_PARTS = 1 << 13;

  private FurtherSearch() {}

  /**
   * The budget of the search for further claims of a network that has {@code ofNetwork} for its
   * bound. There may be many proofs in one claim, and what is proved should not depend on what else
   * a machine does.
   */
  public static Duration budget(Duration ofNetwork) {
    return ofNetwork.multipliedBy(6);
  }

  /** The kind of the claims that prove a property. */
  public static ClaimKind kindOf(Property property) {
    return switch (property) {
      case Property.Lipschitz _ -> ClaimKind.LIPSCHITZ;
      case Property.Scaled _ -> ClaimKind.SCALED;
      case Property.Pairs _ -> ClaimKind.PAIRS;
      case Property.Range _ -> ClaimKind.RANGE;
      case Property.Local _ -> ClaimKind.LOCAL;
      case Property.Monotone _ -> ClaimKind.MONOTONE;
      case Property.Slopes _ -> ClaimKind.SLOPES;
      case Property.Query _ -> ClaimKind.QUERY;
    };
  }

  /** Whether a claim, once it is accepted, is enough for a property. */
  public static boolean isProvedBy(Property property, Claim claim) {
    return switch (property) {
      case Property.Lipschitz lipschitz -> isProvedBy(UnitLists.claimOf(lipschitz), claim);
      case Property.Scaled scaled ->
          claim instanceof Claim.Scaled(Claim.Lipschitz found, InputScale scale)
              && ScaledSearch.isOf(scaled.scale(), scale)
              && isWithin(UnitLists.claimOf(scaled.bound()), found);
      case Property.Local local ->
          claim instanceof Claim.Local(Claim.Lipschitz found, Unit.Box box)
              && box.equals(LocalSearch.boxOf(local))
              && isWithin(UnitLists.claimOf(local.bound()), found);
      case Property.Monotone monotone -> claim.equals(MonotoneSearch.claimOf(monotone));
      case Property.Slopes slopes ->
          claim instanceof Claim.Slopes found
              && SlopesSearch.isWithin(SlopesSearch.wanted(slopes), found);
      // Signs are no claim of their own: radii look at them where they can.
      case Property.Pairs(Optional<Property.Scaled> scaled, _) ->
          claim instanceof Claim.Pairs pairs && isIn(scaled, pairs);
      case Property.Range(double lower, double upper) ->
          claim instanceof Claim.Range range && lower <= range.lower() && range.upper() <= upper;
      case Property.Query(_, Optional<Query> asked) ->
          claim instanceof Claim.Unsatisfiable(Query query)
              && asked.filter(one -> one.text().equals(query.text())).isPresent();
    };
  }

  /** Whether pairs are in the scale that is declared, or in none where none is. */
  private static boolean isIn(Optional<Property.Scaled> scaled, Claim.Pairs pairs) {
    return scaled.isEmpty()
        ? pairs.measured().isEmpty()
        : pairs.input() == scaled.get().bound().inputNorm()
            && pairs.measured().filter(s -> ScaledSearch.isOf(scaled.get().scale(), s)).isPresent();
  }

  private static boolean isProvedBy(Claim.Lipschitz asked, Claim claim) {
    return claim.global().filter(found -> isWithin(asked, found)).isPresent();
  }

  private static boolean isWithin(Claim.Lipschitz asked, Claim.Lipschitz found) {
    return found.norms().equals(asked.norms()) && found.bound() <= asked.bound();
  }

  private static Optional<Subject> range(Property.Range range, Subject network, Deadline deadline) {
    try {
      return RangeSearch.certify(ofRange(range, network), deadline);
    } catch (Rejection rejected) {
      return Optional.empty();
    }
  }

  private static Certificate claimed(Property.Range range, Subject network) {
    Certificate about = network.certificate();
    return new Certificate(
        about.network(),
        about.type(),
        new Claim.Range(range.lower(), range.upper()),
        ENCLOSURE,
        about.units(),
        new Grounds.Enclosure(about.tensors()));
  }

  /**
   * The certificate of a network that claims no bound, with all that it is about; whether it is
   * true is for the checker to say.
   *
   * @param units of the network, which has weights, its own and those of what it calls
   */
  public static Subject alone(
      Property.Further first,
      Network network,
      List<Unit> units,
      Weights weights,
      Map<String, Subject> callees) {
    Certificate certificate =
        switch (first) {
          case Property.Range(double lower, double upper) ->
              new Certificate(
                  network.name(),
                  network.precision(),
                  new Claim.Range(lower, upper),
                  ENCLOSURE,
                  units,
                  new Grounds.Enclosure(
                      UnitLists.tensors(
                          units, UnitLists.weights(units, weights, network.precision()))));
          case Property.Scaled _,
              Property.Pairs _,
              Property.Local _,
              Property.Monotone _,
              Property.Slopes _,
              Property.Query _ ->
              throw new IllegalArgumentException(first.phrase() + ", and no bound of the network");
        };
    return new Subject(certificate, CertificateText.digest(certificate), weights, callees);
  }

  private static Optional<Subject> query(Query query, Subject network, Deadline deadline) {
    return answer(query, network, deadline)
            instanceof QuerySearch.Answer.Unsatisfiable(Subject proved, _)
        ? Optional.of(proved)
        : Optional.empty();
  }

  /**
   * The answer of a query that a network declares.
   *
   * @param network accepted, with all weights, its own and those of what it calls
   */
  public static QuerySearch.Answer answer(Query query, Subject network, Deadline deadline) {
    Subject claimed =
        FurtherClaims.about(network, QuerySearch.claimed(query, network.certificate()));
    return QuerySearch.answer(
        claimed, new QuerySearch.Work(QUERY_PARTS, new BoxTree.Leaf(), deadline, (_, _) -> {}));
  }

  /** Why the checker does not accept what is declared, where it does not. */
  public static Optional<Verdict.Rejected> rejection(Property.Range range, Subject network) {
    Subject claimed = FurtherClaims.about(network, claimed(range, network));
    return CertificateChecker.check(claimed) instanceof Verdict.Rejected rejected
        ? Optional.of(rejected)
        : Optional.empty();
  }

  /** The reason why no proof of a range is found. */
  public static RangeSearch.Reason reason(
      Property.Range range, Subject network, Deadline deadline) {
    return RangeSearch.reason(ofRange(range, network), deadline);
  }

  /** The claim by the whole box, which a network without a bound makes itself. */
  private static Subject ofRange(Property.Range range, Subject network) {
    return network.certificate().claim() instanceof Claim.Range
        ? network
        : FurtherClaims.about(network, claimed(range, network));
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
      case Property.Range range -> range(range, network, deadline);
      case Property.Query(_, Optional<Query> asked) ->
          asked.flatMap(
              query -> query(query, network, budget.map(deadline::within).orElse(deadline)));
      case Property.Scaled scaled ->
          ScaledSearch.certify(scaled, network, budget, deadline, listener);
      case Property.Local local -> LocalSearch.certify(local, network, budget, deadline, listener);
      case Property.Monotone monotone -> MonotoneSearch.certify(monotone, network, deadline);
      case Property.Slopes slopes -> SlopesSearch.certify(slopes, network, deadline);
      case Property.Pairs pairs ->
          PairSearch.certify(network, pairs, budget, deadline, listener).map(PairBounds::subject);
    };
  }
}
