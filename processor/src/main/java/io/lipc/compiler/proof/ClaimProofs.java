package io.lipc.compiler.proof;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.FurtherSearch;
import io.lipc.certifier.LocalSearch;
import io.lipc.certifier.MonotoneSearch;
import io.lipc.certifier.QuerySearch;
import io.lipc.certifier.RangeSearch;
import io.lipc.certifier.ScaledSearch;
import io.lipc.certifier.SearchListener;
import io.lipc.certifier.SlopesSearch;
import io.lipc.certifier.falsify.Falls;
import io.lipc.certifier.falsify.Heights;
import io.lipc.certifier.falsify.LowerBounds;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.compiler.reading.WeightsPhase;
import io.lipc.compiler.report.WitnessWords;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.linalg.Deadline;
import io.lipc.model.LowerBound;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.UpperBound;
import io.lipc.model.diagnostic.ClaimDiagnostics;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.LocalDiagnostics;
import io.lipc.model.diagnostic.MonotoneDiagnostics;
import io.lipc.model.diagnostic.PairDiagnostics;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.QueryDiagnostics;
import io.lipc.model.diagnostic.RangeDiagnostics;
import io.lipc.model.diagnostic.ScaledDiagnostics;
import io.lipc.model.diagnostic.SlopeDiagnostics;
import io.lipc.queries.Query;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Proofs of what networks claim beside their bounds: carried by their weights, known from an
 * earlier build, or searched for. Whatever is shipped has been read again and accepted.
 */
record ClaimProofs(Search search, CertificateCache cache) {

  /** Time budget for the figures in the message of a bound that is not proved. */
  private static final Duration FOR_MESSAGE = Duration.ofSeconds(5);

  /** The network with all its claims proved, or refused for the lack of one. */
  Examination added(Examination.Proved proved, WeightsPhase.Weighted weighted) {
    Network network = proved.checked().network();
    // The weights of free parameters bring their own, and a part of the outputs has other claims.
    if (network.hasFreeWeights() || !search.outputs(network).isEmpty()) {
      return proved;
    }
    Examination.Proved all = proved;
    // Units of inputs may stand among the weights.
    Subject subject = proved.callee().subject().beside(weighted.weights());
    for (Property.Further property : network.further()) {
      Optional<ProvedClaim> claim = claim(property, subject, weighted);
      if (claim.isEmpty()) {
        return refused(proved, subject, property);
      }
      all = all.with(claim.get());
    }
    return all;
  }

  private Optional<ProvedClaim> claim(
      Property.Further property, Subject network, WeightsPhase.Weighted weighted) {
    Digest question = CertificateCache.further(property, network.digest(), search.settings());
    return Optional.ofNullable(weighted.further().get(FurtherSearch.kindOf(property)))
        .flatMap(carried -> accepted(property, network, carried))
        .map(known -> new ProvedClaim(known, 0, Optional.empty()))
        .or(() -> cached(property, network, question))
        .or(() -> searched(property, network, question));
  }

  private Optional<ProvedClaim> cached(
      Property.Further property, Subject network, Digest question) {
    return cache
        .find(question)
        .flatMap(
            kept ->
                accepted(property, network, kept.certificate())
                    .map(known -> new ProvedClaim(known, 0, Optional.of(kept.written()))));
  }

  private Optional<ProvedClaim> searched(
      Property.Further property, Subject network, Digest question) {
    long started = System.nanoTime();
    Optional<ProvedClaim> found =
        search
            .further(property, network)
            .flatMap(claimed -> again(property, network, claimed.certificate()))
            .map(
                known ->
                    new ProvedClaim(known, (System.nanoTime() - started) / 1e9, Optional.empty()));
    found.ifPresent(claim -> cache.keep(question, claim.certificate()));
    return found;
  }

  /**
   * Reads a found certificate again and checks it: the text counts, and no word of the search about
   * its own result.
   */
  private static Optional<Subject> again(
      Property.Further property, Subject network, Certificate found) {
    try {
      return accepted(property, network, CertificateText.read(CertificateText.write(found)));
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  /** Weights may have been trained under another name; one that fails is as good as none. */
  private static Optional<Subject> accepted(
      Property.Further property, Subject network, Certificate further) {
    Certificate named = further.named(network.certificate().network());
    try {
      return FurtherSearch.isProvedBy(property, named.claim())
          ? Optional.of(FurtherClaims.checked(network, named))
          : Optional.empty();
    } catch (IllegalArgumentException rejected) {
      return Optional.empty();
    }
  }

  private static Examination refused(
      Examination.Proved proved, Subject network, Property.Further property) {
    return new Examination.Refused(
        proved.network(),
        List.of(finding(property, notProved(property, network, proved.network()))),
        Optional.of(proved.certification()));
  }

  private static Finding finding(Property.Further property, Diagnostic diagnostic) {
    return new Finding(new Place.OfClaim(property.word()), diagnostic);
  }

  /** Why a network that claims no bound is refused. */
  static Finding notProved(
      String name, Property.Further first, Subject claimed, Verdict.Rejected rejected) {
    return finding(
        first,
        switch (first) {
          case Property.Scaled _,
              Property.Pairs _,
              Property.Local _,
              Property.Monotone _,
              Property.Slopes _,
              Property.Query _ ->
              ClaimDiagnostics.withoutBound(name, first);
          case Property.Range range -> notProved(range, claimed, name, rejected);
        });
  }

  private static Diagnostic notProved(Property.Further property, Subject network, String name) {
    return switch (property) {
      case Property.Pairs _ -> PairDiagnostics.notCertified(name);
      case Property.Scaled scaled -> notProved(scaled, network, name);
      case Property.Local local -> notProved(local, network);
      case Property.Monotone monotone -> notProved(monotone, network);
      case Property.Slopes slopes -> notProved(slopes, network);
      case Property.Range range -> notProved(range, network, name);
      case Property.Query query -> notProved(query, network);
    };
  }

  /** The search has ended without a proof of what is declared; what it proves at once is said. */
  private static Diagnostic notProved(Property.Scaled scaled, Subject network, String name) {
    Deadline soon = Deadline.in(FOR_MESSAGE);
    Optional<UpperBound> least =
        FurtherSearch.certify(
                scaled, network, Optional.of(Duration.ZERO), soon, SearchListener.NONE)
            .map(found -> new UpperBound(found.certificate().inequality().bound()));
    return ScaledDiagnostics.notProved(
        name, scaled, least, ScaledSearch.reached(scaled, network, soon));
  }

  private static Diagnostic notProved(Property.Local local, Subject network) {
    Deadline soon = Deadline.in(FOR_MESSAGE);
    Optional<UpperBound> least =
        FurtherSearch.certify(local, network, Optional.of(Duration.ZERO), soon, SearchListener.NONE)
            .map(found -> new UpperBound(found.certificate().inequality().bound()));
    Optional<LowerBounds.Found> reached = LocalSearch.reached(local, network, soon);
    return LocalDiagnostics.notCertified(
        local,
        least,
        reached.map(LowerBounds.Found::bound).orElse(new LowerBound(0)),
        reached.flatMap(LowerBounds.Found::pair).map(pair -> List.of(pair.first(), pair.second())));
  }

  private static Diagnostic notProved(Property.Monotone monotone, Subject network) {
    return switch (MonotoneSearch.reason(monotone, network, Deadline.in(FOR_MESSAGE))) {
      case MonotoneSearch.Reason.False(Property.Trend trend, Falls.Counterexample found) ->
          MonotoneDiagnostics.violated(
              new MonotoneDiagnostics.Counterexample(
                  trend,
                  found.where().output(),
                  found.where().element(),
                  found.pair().first(),
                  found.pair().second(),
                  found.from(),
                  found.to()));
      case MonotoneSearch.Reason.Open open ->
          MonotoneDiagnostics.notCertified(
              Optional.of(
                  new MonotoneDiagnostics.Open(
                      open.trend(),
                      open.output(),
                      open.element(),
                      open.trend().rising() ? -open.proved() : open.proved(),
                      open.sampled(),
                      open.where().lower(),
                      open.where().upper())));
      case MonotoneSearch.Reason.Unknown _ -> MonotoneDiagnostics.notCertified(Optional.empty());
    };
  }

  private static Diagnostic notProved(Property.Slopes slopes, Subject network) {
    return switch (SlopesSearch.reason(slopes, network, Deadline.in(FOR_MESSAGE))) {
      case SlopesSearch.Reason.False(Property.Slope slope, Falls.Counterexample found) ->
          SlopeDiagnostics.violated(
              new SlopeDiagnostics.Counterexample(
                  slope,
                  found.where().output(),
                  found.where().element(),
                  found.pair().first(),
                  found.pair().second(),
                  found.from(),
                  found.to()));
      case SlopesSearch.Reason.Open open ->
          SlopeDiagnostics.notCertified(
              Optional.of(
                  new SlopeDiagnostics.Open(
                      open.slope(),
                      open.element(),
                      open.proved(),
                      open.sampled(),
                      open.where().lower(),
                      open.where().upper())));
      case SlopesSearch.Reason.Unknown _ -> SlopeDiagnostics.notCertified(Optional.empty());
    };
  }

  private static Diagnostic notProved(Property.Query query, Subject network) {
    Query asked = query.asked().orElseThrow();
    return switch (FurtherSearch.answer(asked, network, Deadline.in(FOR_MESSAGE))) {
      case QuerySearch.Answer.Satisfiable(QuerySearch.Witness found) ->
          QueryDiagnostics.violated(
              query, WitnessWords.inputs(asked, found), WitnessWords.outputs(asked, found));
      case QuerySearch.Answer.Open open ->
          QueryDiagnostics.notProved(
              query,
              switch (open.reason()) {
                case TIME -> "no time was left";
                case PARTS -> "no more parts are allowed";
                case CUTS -> "the worst part cannot be cut further";
                case CHECK -> "the checker did not accept the certificate";
              },
              open.parts(),
              open.open(),
              open.where().map(box -> List.of(box.lower(), box.upper())));
      // With more time than the search was given.
      case QuerySearch.Answer.Unsatisfiable(_, int parts) ->
          QueryDiagnostics.notProved(
              query, "the budget ended, and a little more suffices", parts, 0, Optional.empty());
    };
  }

  /**
   * The error for a range that is not proved. The checker has counted the work; work that it found
   * too much is not done here either.
   */
  private static Diagnostic notProved(Property.Range range, Subject network, String name) {
    return FurtherSearch.rejection(range, network)
        .map(rejected -> notProved(range, network, name, rejected))
        .orElseGet(() -> RangeDiagnostics.late(name, 1));
  }

  private static Diagnostic notProved(
      Property.Range range, Subject network, String name, Verdict.Rejected rejected) {
    return rejected.reason() == Verdict.Reason.RANGE_NOT_PROVED
        ? farthest(range, network, name)
        : RangeDiagnostics.notDecided(name, rejected.reason().words() + ": " + rejected.detail());
  }

  private static Diagnostic farthest(Property.Range range, Subject network, String name) {
    return switch (FurtherSearch.reason(range, network, Deadline.in(FOR_MESSAGE))) {
      case RangeSearch.Reason.Violated(Heights.Left left) ->
          RangeDiagnostics.violated(
              name,
              range,
              new RangeDiagnostics.Violation(
                  left.output(), left.value().lower(), left.value().upper(), left.input()));
      case RangeSearch.Reason.Open(List<Range> outputs, int parts, Unit.Box where) ->
          RangeDiagnostics.notProved(
              name,
              range,
              farthestFirst(range, outputs),
              Optional.of(new RangeDiagnostics.Parts(parts, where.lower(), where.upper())));
      case RangeSearch.Reason.Late(int parts) -> RangeDiagnostics.late(name, parts);
      case RangeSearch.Reason.Unknown _ ->
          RangeDiagnostics.notProved(
              name,
              range,
              farthestFirst(range, OutputRanges.of(network, _ -> {})),
              Optional.empty());
    };
  }

  /** Those that may leave the range. */
  private static List<RangeDiagnostics.KnownOutput> farthestFirst(
      Property.Range range, List<Range> known) {
    return IntStream.range(0, known.size())
        .mapToObj(
            i -> new RangeDiagnostics.KnownOutput(i, known.get(i).lower(), known.get(i).upper()))
        .filter(output -> !(output.beyond(range) <= 0))
        .sorted(
            Comparator.comparingDouble(
                (RangeDiagnostics.KnownOutput output) -> -output.beyond(range)))
        .toList();
  }
}
