package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Each weighted layer has weights to read, and a name that identifies its tensors. */
final class WeightsCheck {

  private final Declaration declaration;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Integer> weightedInBinding = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();
  private boolean reportedReturn;

  private WeightsCheck(Declaration declaration) {
    this.declaration = declaration;
  }

  static List<Finding> check(Declaration declaration) {
    WeightsCheck check = new WeightsCheck(declaration);
    check.checkSource();
    for (int i = 0; i < declaration.steps().size(); i++) {
      check.checkStep(i, declaration.steps().get(i));
    }
    return check.findings;
  }

  /** A missing source of weights is one fault, however many layers need one. */
  private void checkSource() {
    if (!(declaration.weights() instanceof WeightsSource.None)) {
      return;
    }
    List<Step> steps = declaration.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).operation() instanceof Operation.Weighted) {
        String layer = steps.get(i).displayName();
        report(
            new Place.OfStep(i),
            firstCall()
                .map(callee -> Diagnostics.denseBesideCall(layer, declaration.name(), callee))
                .orElseGet(() -> Diagnostics.unboundedLayer(layer, declaration.name())));
        return;
      }
    }
  }

  /** A network that calls others is one whose layers were meant to be bounded by those. */
  private Optional<String> firstCall() {
    return declaration.steps().stream()
        .map(Step::operation)
        .filter(Operation.Call.class::isInstance)
        .map(Operation.Call.class::cast)
        .map(Operation.Call::network)
        .findFirst();
  }

  private void checkStep(int index, Step step) {
    if (step.operation() instanceof Operation.Weighted weighted) {
      step.binding()
          .ifPresentOrElse(
              binding -> checkBound(index, weighted, binding), () -> reportReturn(index, weighted));
    }
    // The step that bears the name ends its binding; a second binding of that name is reported as
    // a duplicate, and counted anew.
    if (step.binding().filter(step.name()::equals).isPresent()) {
      weightedInBinding.remove(step.name());
      ended.add(step.name());
    }
  }

  private void checkBound(int index, Operation.Weighted weighted, String binding) {
    int count = weightedInBinding.merge(binding, 1, Integer::sum);
    if (count > 1) {
      if (count == 2) {
        report(new Place.OfStep(index), Diagnostics.unnamedInBinding(binding, weighted.word()));
      }
      return;
    }
    String prefix = weighted.tensor().orElse(binding);
    if (prefix.isEmpty()) {
      report(new Place.OfArgument(index), Diagnostics.tensorNameEmpty(binding));
    } else if (!prefixes.add(prefix) && !ended.contains(binding)) {
      report(new Place.OfArgument(index), Diagnostics.duplicateName("tensor", prefix));
    }
  }

  private void reportReturn(int index, Operation.Weighted weighted) {
    if (!reportedReturn) {
      report(new Place.OfStep(index), Diagnostics.unnamedInReturn(weighted.word()));
      reportedReturn = true;
    }
  }

  private void report(Place place, Diagnostic diagnostic) {
    findings.add(new Finding(place, diagnostic));
  }
}
