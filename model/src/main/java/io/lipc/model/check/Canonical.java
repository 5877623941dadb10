package io.lipc.model.check;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.LinearOperation;
import io.lipc.model.Network;
import io.lipc.model.Operation;
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
    Network network =
        new Network(
            declaration.name(),
            declaration.properties(),
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
    ElementType precision = declaration.precision();
    Shape shape = shapes.shapeOf(index);
    return switch (step.operation()) {
      case Operation.Input _ ->
          inputs.isSingle() ? inputs.whole() : inputs.part(index, operands.getFirst());
      case Operation.Weighted weighted -> {
        Shape in = shapes.shapeOf(graph.operands().get(index).getFirst());
        String prefix = weighted.tensor().or(step::binding).orElseThrow();
        yield new Layer.Linear(operands, map(weighted, prefix, in, precision), shape);
      }
      case Operation.AveragePooling(Optional<Window> window) -> {
        Grid in = shapes.shapeOf(graph.operands().get(index).getFirst()).image().orElseThrow();
        yield new Layer.Linear(operands, average(in, window, precision), shape);
      }
      case Operation.MaxPooling(Window window) -> {
        Grid in = shapes.shapeOf(graph.operands().get(index).getFirst()).image().orElseThrow();
        yield new Layer.MaxPool(operands.getFirst(), in, window, shape);
      }
      case Operation.Activate activate ->
          new Layer.Activate(operands.getFirst(), activate.activation().rounded(precision), shape);
      case Operation.Linear(LinearMap map) ->
          new Layer.Linear(operands, LinearOperation.rounded(map, precision), shape);
      case Operation.Reshape _ -> new Layer.Linear(operands, new Identity(), shape);
      case Operation.Call _ -> new Layer.Call(operands.getFirst(), shapes.calleeOf(index), shape);
      case Operation.Refused _ ->
          throw new IllegalStateException("a refused activation has a finding");
    };
  }

  private static LinearMap map(
      Operation.Weighted weighted, String prefix, Shape in, ElementType precision) {
    String weight = prefix + ".weight";
    String bias = prefix + ".bias";
    return switch (weighted) {
      case Operation.Dense dense ->
          new Matrix(
              in.size(), dense.outputs(), weight, Optional.of(bias).filter(_ -> dense.bias()));
      case Operation.Convolve convolve ->
          new Convolution(
              in.image().orElseThrow(),
              convolve.channels(),
              convolve.window(),
              convolve.groups(),
              weight,
              Optional.of(bias).filter(_ -> convolve.bias()));
      case Operation.Normalize normalize -> {
        int channels = in.extents().getFirst();
        yield new BatchNorm(
            channels, in.size() / channels, prefix, precision.round(normalize.epsilon()));
      }
    };
  }

  private static LinearMap average(Grid in, Optional<Window> window, ElementType precision) {
    List<Integer> whole = List.of(in.height(), in.width());
    // It does not move; a stride of its own size says that no two windows overlap.
    Window moved = window.orElseGet(() -> Window.plain(whole, whole));
    return new AveragePool(in, moved, precision.round(1.0 / moved.area()));
  }
}
