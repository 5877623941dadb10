package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Signature;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.RangeDiagnostics;
import java.util.List;
import java.util.Optional;

/** Checks a property of ranges: its ends make a range, inputs have a box, and weights are known. */
final class RangeCheck {

  private RangeCheck() {}

  /**
   * The fault of the range that is asked for, if it has one.
   *
   * @param callees the networks that are called, as far as they have no faults
   */
  static Optional<Finding> check(
      Declaration declaration, Property.Range range, List<Signature> callees) {
    String network = declaration.name();
    return ofNumbers(network, range)
        .or(() -> ofInputs(declaration))
        .or(() -> ofWeights(declaration))
        .or(() -> ofCallees(network, callees))
        .map(diagnostic -> new Finding(new Place.OfClaim(range.word()), diagnostic));
  }

  private static Optional<Diagnostic> ofNumbers(String network, Property.Range range) {
    boolean valid =
        Double.isFinite(range.lower())
            && Double.isFinite(range.upper())
            && range.lower() <= range.upper();
    return valid ? Optional.empty() : Optional.of(RangeDiagnostics.noRange(network, range));
  }

  private static Optional<Diagnostic> ofInputs(Declaration declaration) {
    boolean bounded =
        declaration.steps().stream()
            .map(step -> step.operation())
            .filter(Operation.Input.class::isInstance)
            .allMatch(operation -> ((Operation.Input) operation).box().isPresent());
    return bounded
        ? Optional.empty()
        : Optional.of(RangeDiagnostics.withoutBox(declaration.name()));
  }

  /** A class would promise a range of weights that nobody knows, and only say that there is one. */
  private static Optional<Diagnostic> ofWeights(Declaration declaration) {
    boolean free =
        declaration.weights() instanceof WeightsSource.Parameterized made && made.file().isEmpty();
    return free ? Optional.of(RangeDiagnostics.freeWeights(declaration.name())) : Optional.empty();
  }

  private static Optional<Diagnostic> ofCallees(String network, List<Signature> callees) {
    return callees.stream()
        .flatMap(callee -> callee.freeWeights().stream())
        .findFirst()
        .map(free -> RangeDiagnostics.freeCallee(network, free));
  }
}
