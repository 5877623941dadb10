package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Step;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every layer reaches the output, from an input. Only the last layer of an unused branch is
 * reported: those before it are used by it. There is no report if names are unresolved or layers
 * form a cycle, because then it is not known which layers reach the output.
 */
final class ReachabilityCheck {

  private ReachabilityCheck() {}

  static void check(Declaration declaration, StepGraph graph, List<Finding> findings) {
    BitSet reached = reach(graph);
    BitSet read = new BitSet(graph.size());
    graph.operands().forEach(list -> list.forEach(read::set));
    Set<String> names = new HashSet<>();
    for (int i = 0; i < graph.size(); i++) {
      Step step = declaration.steps().get(i);
      boolean first = names.add(step.name());
      // The second layer of one name cannot be read, and that is reported already.
      if (first && !reached.get(i) && !read.get(i)) {
        String kind = step.operation() instanceof Operation.Input ? "input" : "layer";
        findings.add(
            new Finding(new Place.OfName(i), Diagnostics.unusedLayer(kind, step.displayName())));
      }
    }
    checkInputs(declaration, findings);
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

  /** An input that is declared and does not reach the output ends in an unused layer or input. */
  private static void checkInputs(Declaration declaration, List<Finding> findings) {
    if (Inputs.steps(declaration).isEmpty()) {
      findings.add(
          new Finding(
              new Place.OfNetwork(),
              Diagnostics.declarationInvalid(
                  "network " + declaration.name() + " declares no input",
                  "at least one input",
                  "none",
                  "declare an input and read it")));
    }
  }
}
