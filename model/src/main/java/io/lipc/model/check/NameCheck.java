package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.Step;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every name is declared once, and every name that is read is declared. */
final class NameCheck {

  /**
   * The most unknown names that are reported: as many as javac shows; also, each of them is
   * compared with every name.
   */
  private static final int MAX_REPORTED = 100;

  private final Declaration declaration;
  private final List<Finding> findings;
  private final SortedMap<String, Integer> visible = new TreeMap<>();
  private final Map<String, Integer> inner = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();

  private NameCheck(Declaration declaration, List<Finding> findings) {
    this.declaration = declaration;
    this.findings = findings;
  }

  static StepGraph resolve(Declaration declaration, List<Finding> findings) {
    NameCheck check = new NameCheck(declaration, findings);
    check.declare();
    List<List<Integer>> operands = new ArrayList<>();
    for (int i = 0; i < declaration.steps().size(); i++) {
      operands.add(check.resolveOperands(i));
    }
    return new StepGraph(operands, check.resolveOutput());
  }

  private void declare() {
    List<Step> steps = declaration.steps();
    for (int i = 0; i < steps.size(); i++) {
      String name = steps.get(i).name();
      if (!isInner(name) && visible.putIfAbsent(name, i) != null) {
        report(new Place.OfName(i), Diagnostics.duplicateName("layer", name));
      }
    }
  }

  /**
   * Inner names are read only after they are declared and within their binding; so the last one
   * declared is meant, also where two bindings have one name and hence the same inner names.
   */
  private List<Integer> resolveOperands(int index) {
    Step step = declaration.steps().get(index);
    List<Integer> resolved = new ArrayList<>(step.operands().size());
    for (int k = 0; k < step.operands().size(); k++) {
      resolved.add(resolve(step.operands().get(k), new Place.OfOperand(index, k)));
    }
    if (isInner(step.name())) {
      inner.put(step.name(), index);
    }
    return resolved;
  }

  private int resolveOutput() {
    if (declaration.output().isPresent()) {
      return resolve(declaration.output().get(), new Place.OfOutput());
    }
    report(
        new Place.OfNetwork(),
        Diagnostics.declarationInvalid(
            "network " + declaration.name() + " marks no layer as its output",
            "one output",
            "none",
            "mark the last layer: @Output, or `return <layer>;`"));
    return StepGraph.UNRESOLVED;
  }

  /** A name that is missing is one fault, however often it is read. */
  private int resolve(String name, Place place) {
    int found = (isInner(name) ? inner : visible).getOrDefault(name, StepGraph.UNRESOLVED);
    if (found == StepGraph.UNRESOLVED && unknown.add(name) && unknown.size() <= MAX_REPORTED) {
      report(place, Diagnostics.unknownName("layer", name, visible.keySet()));
    }
    return found;
  }

  private static boolean isInner(String name) {
    return name.indexOf('#') >= 0;
  }

  private void report(Place place, Diagnostic diagnostic) {
    findings.add(new Finding(place, diagnostic));
  }
}
