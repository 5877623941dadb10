package io.lipc.model.check;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Operation;
import io.lipc.model.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The declared inputs of a network as parts of the one vector that it reads, in the order of their
 * declaration. So norms of several inputs are those of the whole: in l2 the root of the sum of
 * their squares, in linf the largest.
 *
 * @param steps their numbers among the steps of the declaration
 * @param shapes their shapes
 * @param boxes the ends of their intervals, of all of them or of none
 */
record Inputs(List<Integer> steps, List<Shape> shapes, List<Interval> boxes) {

  /** The inputs of a declaration that the checks have accepted. */
  static Inputs of(Declaration declaration, ShapeCheck checked) {
    List<Integer> steps = steps(declaration);
    List<Shape> shapes = steps.stream().map(checked::shapeOf).toList();
    List<Interval> boxes = new ArrayList<>();
    for (int k = 0; k < steps.size(); k++) {
      Operation.Input input = (Operation.Input) declaration.steps().get(steps.get(k)).operation();
      int size = shapes.get(k).size();
      input
          .box()
          .map(box -> new Interval(box.lower(), box.upper()))
          .ifPresent(side -> boxes.addAll(Collections.nCopies(size, side)));
    }
    return new Inputs(steps, shapes, boxes);
  }

  /** The numbers of all inputs among the steps. */
  static List<Integer> steps(Declaration declaration) {
    return IntStream.range(0, declaration.steps().size())
        .filter(i -> declaration.steps().get(i).operation() instanceof Operation.Input)
        .boxed()
        .toList();
  }

  boolean isSingle() {
    return steps.size() == 1;
  }

  /** The whole as a layer. */
  Layer.Input whole() {
    int size = shapes.stream().mapToInt(Shape::size).reduce(0, Math::addExact);
    return new Layer.Input(
        isSingle() ? shapes.getFirst() : Shape.vector(size),
        boxes.isEmpty() ? Optional.empty() : Optional.of(boxes));
  }

  /** The name of the whole input in messages; no step has that name if there are several inputs. */
  String name(Declaration declaration) {
    List<String> names = steps.stream().map(i -> declaration.steps().get(i).name()).toList();
    return names.size() <= 3
        ? String.join(", ", names)
        : names.getFirst() + ", ..., " + names.getLast();
  }

  /** One of several inputs, which reads the whole. */
  Layer.Linear part(int step, int whole) {
    int place = steps.indexOf(step);
    int from = shapes.subList(0, place).stream().mapToInt(Shape::size).sum();
    return Layer.part(whole, from, shapes.get(place));
  }

  /**
   * The graph with the whole as one more step, its last, which the inputs read. A concatenation of
   * all inputs in their order is the whole.
   */
  StepGraph joined(Declaration declaration, StepGraph graph) {
    int whole = graph.size();
    List<List<Integer>> operands = new ArrayList<>();
    for (int i = 0; i < graph.size(); i++) {
      operands.add(
          steps.contains(i)
              ? List.of(whole)
              : graph.operands().get(i).stream()
                  .map(read -> isWhole(declaration, graph, read) ? whole : read)
                  .toList());
    }
    operands.add(List.of());
    boolean returned = isWhole(declaration, graph, graph.output());
    return new StepGraph(operands, returned ? whole : graph.output());
  }

  private boolean isWhole(Declaration declaration, StepGraph graph, int step) {
    return declaration.steps().get(step).operation() instanceof Operation.Linear(LinearMap map)
        && map.copies()
        && graph.operands().get(step).equals(steps);
  }

  /** The inputs as declared, for the documentation of the generated class. */
  List<CheckedNetwork.DeclaredInput> declared(Declaration declaration) {
    return IntStream.range(0, steps.size())
        .mapToObj(
            k ->
                new CheckedNetwork.DeclaredInput(
                    declaration.steps().get(steps.get(k)).name(), shapes.get(k)))
        .collect(Collectors.toUnmodifiableList());
  }
}
