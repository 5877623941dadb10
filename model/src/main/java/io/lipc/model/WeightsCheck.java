package io.lipc.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Each weighted layer has weights to read, and a name that identifies its tensors. */
final class WeightsCheck {

  private WeightsCheck() {}

  static List<Finding> check(Declaration declaration) {
    List<Finding> findings = new ArrayList<>();
    Set<String> bindings = new HashSet<>();
    Set<String> prefixes = new HashSet<>();
    List<Step> steps = declaration.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).operation() instanceof Operation.Dense dense) {
        check(declaration, i, dense, bindings, prefixes).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Optional<Finding> check(
      Declaration declaration,
      int index,
      Operation.Dense dense,
      Set<String> bindings,
      Set<String> prefixes) {
    Step step = declaration.steps().get(index);
    Place place = new Place.OfStep(index);
    if (declaration.weights() instanceof WeightsSource.None) {
      return Optional.of(
          new Finding(place, Diagnostics.unboundedLayer(step.displayName(), declaration.name())));
    }
    if (step.binding().isEmpty()) {
      return Optional.of(new Finding(place, Diagnostics.unnamedInReturn()));
    }
    String binding = step.binding().get();
    boolean sameBinding = !step.name().equals(binding) && bindings.contains(binding);
    boolean second = !bindings.add(binding);
    if (sameBinding || (second && isInner(declaration, binding))) {
      return Optional.of(new Finding(place, Diagnostics.unnamedInBinding(binding)));
    }
    String prefix = dense.tensor().orElse(binding);
    if (!prefixes.add(prefix) && !second) {
      return Optional.of(
          new Finding(new Place.OfArgument(index), Diagnostics.duplicateName("tensor", prefix)));
    }
    return Optional.empty();
  }

  private static boolean isInner(Declaration declaration, String binding) {
    return declaration.steps().stream()
        .anyMatch(
            step ->
                step.operation() instanceof Operation.Dense
                    && step.binding().equals(Optional.of(binding))
                    && !step.name().equals(binding));
  }
}
