package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Step;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Clauses that could be left out, from which their author expects an effect. */
final class UnusedClauses {

  private UnusedClauses() {}

  /** The warnings about a declaration without faults. */
  static List<Finding> of(Declaration declaration) {
    List<Finding> warnings = new ArrayList<>();
    List<Step> steps = declaration.steps();
    Optional<String> file = declaration.weights().fileName();
    boolean hasWeights = steps.stream().anyMatch(UnusedClauses::hasWeights);
    if (file.isPresent() && !hasWeights) {
      warnings.add(
          new Finding(
              new Place.OfWeights(), Warnings.weightsWithoutLayer(declaration.name(), file.get())));
    }
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).operation() instanceof Operation.Weighted weighted
          && weighted.tensor().equals(Optional.of(steps.get(i).displayName()))) {
        warnings.add(
            new Finding(
                new Place.OfArgument(i), Warnings.tensorRepeats(steps.get(i).displayName())));
      }
    }
    return warnings;
  }

  private static boolean hasWeights(Step step) {
    return step.operation() instanceof Operation.Weighted;
  }
}
