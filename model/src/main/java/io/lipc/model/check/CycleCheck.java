package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Checks that no layer depends on itself. */
final class CycleCheck {

  private enum Mark {
    NEW,
    OPEN,
    DONE
  }

  private final List<List<Integer>> operands;
  private final List<Mark> marks;
  private final List<Integer> order = new ArrayList<>();
  private final Deque<int[]> path = new ArrayDeque<>();

  private CycleCheck(StepGraph graph) {
    operands = graph.operands();
    marks = new ArrayList<>(Collections.nCopies(graph.size(), Mark.NEW));
  }

  /**
   * The steps, operands first, without those that were on the way to a cycle when it was found:
   * every step is in the list exactly if there is no cycle. Each cycle that shares no step with an
   * earlier one is a finding.
   */
  static List<Integer> topologicalOrder(
      Declaration declaration, StepGraph graph, List<Finding> findings) {
    CycleCheck check = new CycleCheck(graph);
    for (int start = 0; start < graph.size(); start++) {
      List<Integer> cycle = check.walk(start);
      if (!cycle.isEmpty()) {
        findings.add(report(declaration, cycle));
        check.leave();
      }
    }
    return check.order;
  }

  /** A depth-first walk on a stack of our own: chains of thousands of layers are normal. */
  private List<Integer> walk(int start) {
    if (marks.get(start) != Mark.NEW) {
      return List.of();
    }
    open(start);
    while (!path.isEmpty()) {
      int[] top = path.peek();
      List<Integer> reads = operands.get(top[0]);
      if (top[1] == reads.size()) {
        path.pop();
        marks.set(top[0], Mark.DONE);
        order.add(top[0]);
        continue;
      }
      int next = reads.get(top[1]++);
      if (next == StepGraph.UNRESOLVED || marks.get(next) == Mark.DONE) {
        continue;
      }
      if (marks.get(next) == Mark.OPEN) {
        return cycleThrough(next);
      }
      open(next);
    }
    return List.of();
  }

  private void open(int step) {
    marks.set(step, Mark.OPEN);
    path.push(new int[] {step, 0});
  }

  private void leave() {
    path.forEach(entry -> marks.set(entry[0], Mark.DONE));
    path.clear();
  }

  private List<Integer> cycleThrough(int step) {
    List<Integer> cycle = new ArrayList<>();
    for (int[] entry : path) {
      cycle.add(entry[0]);
      if (entry[0] == step) {
        break;
      }
    }
    Collections.reverse(cycle);
    return cycle;
  }

  private static Finding report(Declaration declaration, List<Integer> cycle) {
    int first = Collections.min(cycle);
    List<Integer> rotated = new ArrayList<>(cycle);
    Collections.rotate(rotated, -cycle.indexOf(first));
    List<String> names = new ArrayList<>();
    for (int step : rotated) {
      String name = declaration.steps().get(step).displayName();
      if (names.isEmpty() || !names.getLast().equals(name)) {
        names.add(name);
      }
    }
    if (names.size() > 1 && names.getLast().equals(names.getFirst())) {
      names.removeLast();
    }
    return new Finding(new Place.OfName(first), Diagnostics.cycle(names));
  }
}
