package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.Property;
import io.lipc.model.Signature;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.QueryDiagnostics;
import java.util.List;
import java.util.Optional;

/** Checks a query that is declared, before its file is read: all weights have to be known. */
final class QueryCheck {

  private QueryCheck() {}

  /**
   * The fault of the query, if it has one.
   *
   * @param callees the networks that are called, as far as they have no faults
   */
  static Optional<Finding> check(
      Declaration declaration, Property.Query query, List<Signature> callees) {
    return ofWeights(declaration)
        .or(() -> ofCallees(declaration.name(), callees))
        .map(diagnostic -> new Finding(new Place.OfClaim(query.word()), diagnostic));
  }

  private static Optional<Diagnostic> ofWeights(Declaration declaration) {
    boolean free =
        declaration.weights() instanceof WeightsSource.Parameterized made && made.file().isEmpty();
    return free ? Optional.of(QueryDiagnostics.freeWeights(declaration.name())) : Optional.empty();
  }

  private static Optional<Diagnostic> ofCallees(String network, List<Signature> callees) {
    return callees.stream()
        .flatMap(callee -> callee.freeWeights().stream())
        .findFirst()
        .map(free -> QueryDiagnostics.freeCallee(network, free));
  }
}
