package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Signature;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.LengthDiagnostics;
import io.lipc.model.diagnostic.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Checks layers that divide by lengths: inputs have a box, and weights are known. */
final class LengthCheck {

  private LengthCheck() {}

  /**
   * The fault of each such layer, if it has one.
   *
   * @param callees the networks that are called, as far as they have no faults
   */
  static List<Finding> check(Declaration declaration, List<Signature> callees) {
    List<Step> steps = declaration.steps();
    return IntStream.range(0, steps.size())
        .filter(i -> dividesByLength(steps.get(i).operation()))
        .mapToObj(
            i ->
                fault(declaration, steps.get(i).displayName(), callees)
                    .map(diagnostic -> new Finding(new Place.OfStep(i), diagnostic)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean dividesByLength(Operation operation) {
    return operation instanceof Operation.Activate activate
        && activate.activation().kind() == GroupedKind.L2_NORMALIZE;
  }

  private static Optional<Diagnostic> fault(
      Declaration declaration, String layer, List<Signature> callees) {
    boolean bounded =
        declaration.steps().stream()
            .map(Step::operation)
            .filter(Operation.Input.class::isInstance)
            .allMatch(operation -> ((Operation.Input) operation).box().isPresent());
    if (!bounded) {
      return Optional.of(LengthDiagnostics.withoutBox(layer));
    }
    boolean free =
        declaration.weights() instanceof WeightsSource.Parameterized made && made.file().isEmpty();
    return free
        ? Optional.of(LengthDiagnostics.freeWeights(layer, declaration.name()))
        : callees.stream()
            .flatMap(callee -> callee.freeWeights().stream())
            .findFirst()
            .map(callee -> LengthDiagnostics.freeWeights(layer, callee));
  }
}
