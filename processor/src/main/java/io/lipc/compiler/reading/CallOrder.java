package io.lipc.compiler.reading;

import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Networks in an order in which each comes after those that it calls. */
public final class CallOrder {

  private final Map<String, Set<String>> calls = new TreeMap<>();
  private final Map<String, Boolean> finished = new HashMap<>();
  private final List<String> path = new ArrayList<>();
  private final List<String> order = new ArrayList<>();
  private final List<List<String>> cycles = new ArrayList<>();

  private CallOrder(Collection<Declaration> declarations) {
    for (Declaration declaration : declarations) {
      calls.put(declaration.name(), new TreeSet<>());
    }
    for (Declaration declaration : declarations) {
      calls.put(declaration.name(), callees(declaration));
    }
  }

  private Set<String> callees(Declaration declaration) {
    Set<String> callees = new TreeSet<>();
    for (Step step : declaration.steps()) {
      if (step.operation() instanceof Operation.Call call) {
        callees.add(qualify(call.network(), declaration));
      }
    }
    callees.retainAll(calls.keySet());
    return callees;
  }

  /**
   * The order, and the cycles that were found on the way.
   *
   * @param order the names of all networks, callees first where there is no cycle
   * @param cycles each as the names along it
   */
  public record Result(List<String> order, List<List<String>> cycles) {}

  /** The order of declarations that call each other by qualified names. */
  public static Result of(Collection<Declaration> declarations) {
    CallOrder order = new CallOrder(declarations);
    order.calls.keySet().forEach(order::visit);
    return new Result(List.copyOf(order.order), List.copyOf(order.cycles));
  }

  /** The qualified form of a name in a declaration: a simple name is of its own package. */
  public static String qualify(String name, Declaration declaration) {
    int dot = declaration.name().lastIndexOf('.');
    return name.indexOf('.') >= 0 || dot < 0
        ? name
        : declaration.name().substring(0, dot + 1) + name;
  }

  /** Recursion is as deep as calls are nested, which a person has written. */
  private void visit(String network) {
    Boolean state = finished.get(network);
    if (state != null) {
      if (!state) {
        cycles.add(List.copyOf(path.subList(path.indexOf(network), path.size())));
      }
      return;
    }
    finished.put(network, false);
    path.add(network);
    calls.getOrDefault(network, Set.of()).forEach(this::visit);
    path.removeLast();
    finished.put(network, true);
    order.add(network);
  }
}
