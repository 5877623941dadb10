package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.Signature;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.PairDiagnostics;
import io.lipc.model.diagnostic.Place;
import java.util.List;
import java.util.Optional;

/**
 * Checks a request for bounds of pairs of outputs: there are pairs, not too many of them, and
 * weights to prove them for. As a radius does, pairs take every element of the output for a class,
 * whatever its shape is.
 */
final class PairsCheck {

  private PairsCheck() {}

  /**
   * The fault of a request for pairs, if it has one; outputs are checked first, because then no
   * callee has to change.
   *
   * @param output the shape of the output, where it is known
   * @param callees the networks that are called, as far as they have no faults
   */
  static Optional<Finding> check(
      Declaration declaration, Optional<Shape> output, List<Signature> callees) {
    String network = declaration.name();
    return output
        .flatMap(shape -> ofOutputs(network, shape))
        .or(() -> ofCallees(network, callees))
        .map(diagnostic -> new Finding(new Place.OfClaim(new Property.Pairs().word()), diagnostic));
  }

  private static Optional<Diagnostic> ofCallees(String network, List<Signature> callees) {
    return callees.stream()
        .flatMap(callee -> callee.freeWeights().stream())
        .findFirst()
        .map(free -> PairDiagnostics.freeCallee(network, free));
  }

  private static Optional<Diagnostic> ofOutputs(String network, Shape output) {
    if (output.size() == 1) {
      return Optional.of(PairDiagnostics.oneOutput(network));
    }
    return output.size() > Property.Pairs.MOST_OUTPUTS
        ? Optional.of(PairDiagnostics.tooManyOutputs(network, output))
        : Optional.empty();
  }
}
