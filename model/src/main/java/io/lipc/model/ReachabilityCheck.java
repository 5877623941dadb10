package io.lipc.model;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Every layer reaches the output. Only the last layer of an unused branch is reported: those before
 * it are used by it.
 */
final class ReachabilityCheck {

  private ReachabilityCheck() {}

  static void check(Declaration declaration, StepGraph graph, List<Finding> findings) {
    if (!graph.fullyResolved()) {
      return;
    }
    BitSet reached = reach(graph);
    BitSet read = new BitSet(graph.size());
    graph.operands().forEach(list -> list.forEach(read::set));
    for (int i = 0; i < graph.size(); i++) {
      if (!reached.get(i) && !read.get(i)) {
        Step step = declaration.steps().get(i);
        String kind = step.operation() instanceof Operation.Input ? "input" : "layer";
        findings.add(
            new Finding(new Place.OfName(i), Diagnostics.unusedLayer(kind, step.displayName())));
      }
    }
    checkInputs(declaration, reached, findings);
  }

  private static BitSet reach(StepGraph graph) {
    BitSet reached = new BitSet(graph.size());
    Deque<Integer> open = new ArrayDeque<>(List.of(graph.output()));
    while (!open.isEmpty()) {
      int step = open.pop();
      if (!reached.get(step)) {
        reached.set(step);
        open.addAll(graph.operands().get(step));
      }
    }
    return reached;
  }

  /** One input, for now: several inputs are a later part of the language. */
  private static void checkInputs(Declaration declaration, BitSet reached, List<Finding> findings) {
    List<Step> steps = declaration.steps();
    int inputs = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (!(steps.get(i).operation() instanceof Operation.Input) || !reached.get(i)) {
        continue;
      }
      inputs++;
      if (inputs == 2) {
        findings.add(
            new Finding(
                new Place.OfName(i),
                Diagnostics.declarationInvalid(
                    "network " + declaration.name() + " has more than one input",
                    "one input",
                    "a second one, `" + steps.get(i).displayName() + "`",
                    "declare one input that holds both, one after the other")));
      }
    }
    if (inputs == 0) {
      findings.add(
          new Finding(
              new Place.OfNetwork(),
              Diagnostics.declarationInvalid(
                  "network " + declaration.name() + " reads no input",
                  "a path from an input to the output",
                  "none",
                  "declare an input and read it")));
    }
  }
}
