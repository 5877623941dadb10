package io.lipc.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every name is declared once, and every name that is read is declared. */
final class NameCheck {

  private NameCheck() {}

  static StepGraph resolve(Declaration declaration, List<Finding> findings) {
    Map<String, Integer> byName = declare(declaration, findings);
    Set<String> visible =
        byName.keySet().stream()
            .filter(name -> name.indexOf('#') < 0)
            .collect(Collectors.toCollection(TreeSet::new));
    List<List<Integer>> operands = new ArrayList<>();
    List<Step> steps = declaration.steps();
    for (int i = 0; i < steps.size(); i++) {
      operands.add(resolveOperands(steps.get(i), i, byName, visible, findings));
    }
    return new StepGraph(operands, resolveOutput(declaration, byName, visible, findings));
  }

  private static Map<String, Integer> declare(Declaration declaration, List<Finding> findings) {
    Map<String, Integer> byName = new HashMap<>();
    List<Step> steps = declaration.steps();
    for (int i = 0; i < steps.size(); i++) {
      String name = steps.get(i).name();
      if (byName.putIfAbsent(name, i) != null && name.indexOf('#') < 0) {
        findings.add(new Finding(new Place.OfName(i), Diagnostics.duplicateName("layer", name)));
      }
    }
    return byName;
  }

  private static List<Integer> resolveOperands(
      Step step,
      int index,
      Map<String, Integer> byName,
      Set<String> visible,
      List<Finding> findings) {
    List<Integer> resolved = new ArrayList<>(step.operands().size());
    for (int k = 0; k < step.operands().size(); k++) {
      String name = step.operands().get(k);
      int found = byName.getOrDefault(name, StepGraph.UNRESOLVED);
      if (found == StepGraph.UNRESOLVED) {
        findings.add(
            new Finding(
                new Place.OfOperand(index, k), Diagnostics.unknownName("layer", name, visible)));
      }
      resolved.add(found);
    }
    return resolved;
  }

  private static int resolveOutput(
      Declaration declaration,
      Map<String, Integer> byName,
      Set<String> visible,
      List<Finding> findings) {
    if (declaration.output().isEmpty()) {
      findings.add(
          new Finding(
              new Place.OfNetwork(),
              Diagnostics.declarationInvalid(
                  "network " + declaration.name() + " marks no layer as its output",
                  "one output",
                  "none",
                  "mark the last layer: @Output, or `return <layer>;`")));
      return StepGraph.UNRESOLVED;
    }
    String name = declaration.output().get();
    int found = byName.getOrDefault(name, StepGraph.UNRESOLVED);
    if (found == StepGraph.UNRESOLVED) {
      findings.add(
          new Finding(new Place.OfResult(), Diagnostics.unknownName("layer", name, visible)));
    }
    return found;
  }
}
