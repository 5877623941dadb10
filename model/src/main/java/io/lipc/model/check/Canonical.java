package io.lipc.model.check;

import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.LipschitzSpec;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Precision;
import io.lipc.model.Shape;
import io.lipc.model.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The one order of layers that does not depend on the order of the source. */
final class Canonical {

  private Canonical() {}

  static CheckedNetwork network(Declaration declaration, StepGraph graph, ShapeCheck shapes) {
    Inputs inputs = Inputs.of(declaration, shapes);
    StepGraph joined = inputs.isSingle() ? graph : inputs.joined(declaration, graph);
    List<Integer> order = depthFirst(joined);
    int[] position = new int[joined.size()];
    Arrays.fill(position, StepGraph.UNRESOLVED);
    List<Layer> layers = new ArrayList<>(order.size());
    List<String> names = new ArrayList<>(order.size());
    for (int step : order) {
      position[step] = layers.size();
      List<Integer> operands =
          joined.operands().get(step).stream().map(operand -> position[operand]).toList();
      boolean whole = step == graph.size();
      layers.add(
          whole ? inputs.whole() : layer(declaration, step, operands, graph, shapes, inputs));
      names.add(whole ? inputs.name(declaration) : declaration.steps().get(step).name());
    }
    Declaration.Spec spec = declaration.spec().orElseThrow();
    Network network =
        new Network(
            declaration.name(),
            new LipschitzSpec(spec.bound(), spec.inputNorm(), spec.outputNorm()),
            declaration.weights(),
            declaration.precision(),
            layers);
    return new CheckedNetwork(
        network, names, declaration.documentation(), inputs.declared(declaration));
  }

  /** Post-order from the output, operands from left to right, on a stack of our own. */
  private static List<Integer> depthFirst(StepGraph graph) {
    List<Integer> order = new ArrayList<>();
    boolean[] seen = new boolean[graph.size()];
    Deque<int[]> path = new ArrayDeque<>();
    seen[graph.output()] = true;
    path.push(new int[] {graph.output(), 0});
    while (!path.isEmpty()) {
      int[] top = path.peek();
      List<Integer> reads = graph.operands().get(top[0]);
      if (top[1] == reads.size()) {
        order.add(path.pop()[0]);
        continue;
      }
      int next = reads.get(top[1]++);
      if (!seen[next]) {
        seen[next] = true;
        path.push(new int[] {next, 0});
      }
    }
    return order;
  }

  private static Layer layer(
      Declaration declaration,
      int index,
      List<Integer> operands,
      StepGraph graph,
      ShapeCheck shapes,
      Inputs inputs) {
    Step step = declaration.steps().get(index);
    Precision precision = declaration.precision();
    Shape shape = shapes.shapeOf(index);
    return switch (step.operation()) {
      case Operation.Input _ ->
          inputs.isSingle() ? inputs.whole() : inputs.part(index, operands.getFirst());
      case Operation.Dense dense -> {
        String prefix = dense.tensor().or(step::binding).orElseThrow();
        yield Layer.dense(
            operands.getFirst(),
            shapes.shapeOf(graph.operands().get(index).getFirst()).size(),
            dense.outputs(),
            prefix + ".weight",
            dense.bias() ? Optional.of(prefix + ".bias") : Optional.empty());
      }
      case Operation.Activate activate ->
          new Layer.Activate(operands.getFirst(), precision.rounded(activate.activation()), shape);
      case Operation.Linear(Scaling(double factor)) ->
          Layer.scale(operands.getFirst(), precision.round(factor), shape);
      case Operation.Linear(LinearMap map) -> new Layer.Linear(operands, map, shape);
      case Operation.Reshape _ -> new Layer.Linear(operands, new Identity(), shape);
      case Operation.Call _ -> new Layer.Call(operands.getFirst(), shapes.calleeOf(index), shape);
      case Operation.Refused _ ->
          throw new IllegalStateException("a refused activation has a finding");
    };
  }
}
