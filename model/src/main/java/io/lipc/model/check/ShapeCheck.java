package io.lipc.model.check;

import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.model.Declaration;
import io.lipc.model.LinearOperation;
import io.lipc.model.Operation;
import io.lipc.model.Shape;
import io.lipc.model.Signature;
import io.lipc.model.Step;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.ImageDiagnostics;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ShapeDiagnostics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The shape of every step, from the inputs to the output, and that they fit together. */
final class ShapeCheck {

  /** W and its adjoint must be addressable; 2^28 numbers are far beyond what can be certified. */
  private static final long MAX_WEIGHTS = 1L << 28;

  /**
   * The most elements of all layers together. A few characters can state any number, and every
   * phase keeps objects for each element. Networks that can be certified have far fewer.
   */
  private static final long MAX_ELEMENTS = 1L << 20;

  private final Declaration declaration;
  private final StepGraph graph;
  private final List<Finding> findings;
  private final List<Optional<Shape>> shapes;
  private final CallCheck calls;

  private ShapeCheck(
      Declaration declaration, StepGraph graph, Scope scope, List<Finding> findings) {
    this.declaration = declaration;
    this.graph = graph;
    this.findings = findings;
    this.calls = new CallCheck(declaration, scope, findings);
    this.shapes = new ArrayList<>(Collections.nCopies(graph.size(), Optional.empty()));
  }

  static ShapeCheck infer(
      Declaration declaration,
      StepGraph graph,
      List<Integer> order,
      Scope scope,
      List<Finding> findings) {
    ShapeCheck check = new ShapeCheck(declaration, graph, scope, findings);
    for (int step : order) {
      check.shapes.set(step, check.infer(step));
    }
    check.checkResult();
    check.checkSize();
    return check;
  }

  /** Whether every step has a shape. */
  boolean complete() {
    return shapes.stream().allMatch(Optional::isPresent);
  }

  /** The shape of a step; only when {@link #complete()}. */
  Shape shapeOf(int step) {
    return shapes.get(step).orElseThrow();
  }

  /** The shape of the output, where it has one. */
  Optional<Shape> output() {
    return graph.output() == StepGraph.UNRESOLVED ? Optional.empty() : shapes.get(graph.output());
  }

  /** The networks that are called, in the order of the steps. */
  List<Signature> callees() {
    return calls.callees();
  }

  /** Warnings about pixels that no window reads; only when {@link #complete()}. */
  List<Finding> unread() {
    List<Finding> unread = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      Step step = declaration.steps().get(i);
      int index = i;
      ImageShapes.windowOf(step.operation())
          .flatMap(
              window ->
                  ImageShapes.restUnread(
                      step.displayName(), window, shapeOf(graph.operands().get(index).getFirst())))
          .ifPresent(warning -> unread.add(new Finding(new Place.OfArgument(index), warning)));
    }
    return unread;
  }

  /** The qualified name of the network that a step calls. */
  String calleeOf(int step) {
    return calls.calleeOf(step);
  }

  private Optional<Shape> infer(int index) {
    Step step = declaration.steps().get(index);
    return switch (step.operation()) {
      case Operation.Input input ->
          Shape.isValid(input.extents())
              ? Optional.of(new Shape(input.extents()))
              : Optional.empty();
      case Operation.Dense dense -> operand(index, "dense").flatMap(in -> dense(index, dense, in));
      case Operation.Convolve convolve ->
          image(index, convolve.word())
              .flatMap(
                  in ->
                      ImageShapes.convolved(index, step, convolve, in, findings)
                          .filter(
                              _ ->
                                  isAddressable(
                                      index, "kernels", ImageShapes.weights(convolve, in))));
      case Operation.AveragePooling pooling ->
          image(index, pooling.word())
              .flatMap(in -> ImageShapes.pooled(index, step, pooling.window(), in, findings));
      case Operation.MaxPooling pooling ->
          image(index, pooling.word())
              .flatMap(
                  in ->
                      ImageShapes.pooled(index, step, Optional.of(pooling.window()), in, findings));
      case Operation.Normalize normalize -> operand(index, normalize.word());
      case Operation.Activate activate -> inferActivate(index, step, activate.activation());
      case Operation.Linear(LinearMap map) -> inferLinear(index, step, map);
      case Operation.Reshape reshape ->
          operand(index, reshape.word()).flatMap(in -> reshaped(index, step, reshape, in));
      case Operation.Refused refused -> operand(index, refused.activation().word());
      case Operation.Call call -> calls.result(index, call, operand(index, call.network()));
    };
  }

  private Optional<Shape> inferLinear(int index, Step step, LinearMap map) {
    return switch (map) {
      case Sum _ -> inferAdd(index, step);
      case Concatenation _ -> inferConcat(index, step);
      case Selection(List<Integer> indices) ->
          operand(index, LinearOperation.wordOf(map))
              .flatMap(in -> permuted(index, step, indices.size(), in));
      default -> operand(index, LinearOperation.wordOf(map));
    };
  }

  private Optional<Shape> reshaped(int index, Step step, Operation.Reshape reshape, Shape in) {
    List<Integer> extents = reshape.extents().orElse(List.of(in.size()));
    if (!Shape.isValid(extents)) {
      return Optional.empty();
    }
    Shape shape = new Shape(extents);
    if (shape.size() != in.size()) {
      report(
          new Place.OfArgument(index),
          ShapeDiagnostics.reshapesOtherSize(step.displayName(), shape, in));
      return Optional.empty();
    }
    return Optional.of(shape);
  }

  private Optional<Shape> permuted(int index, Step step, int count, Shape in) {
    if (count != in.size()) {
      report(
          new Place.OfArgument(index),
          ShapeDiagnostics.permutesOtherSize(step.displayName(), count, in));
      return Optional.empty();
    }
    return Optional.of(in);
  }

  private Optional<Shape> operand(int index, String operation) {
    List<Integer> operands = graph.operands().get(index);
    if (operands.size() != 1) {
      String name = declaration.steps().get(index).displayName();
      report(
          new Place.OfStep(index),
          ShapeDiagnostics.operandCount(name, operation, "exactly one", operands.size()));
      return Optional.empty();
    }
    return shapeOfOperand(operands.getFirst());
  }

  /** The only operand, which has to be an image. */
  private Optional<Shape> image(int index, String word) {
    Optional<Shape> in = operand(index, word);
    if (in.isPresent() && in.get().image().isEmpty()) {
      String layer = declaration.steps().get(index).displayName();
      report(new Place.OfStep(index), ImageDiagnostics.notAnImage(layer, word, in.get()));
      return Optional.empty();
    }
    return in;
  }

  private Optional<Shape> shapeOfOperand(int operand) {
    return operand == StepGraph.UNRESOLVED ? Optional.empty() : shapes.get(operand);
  }

  private Optional<Shape> dense(int index, Operation.Dense dense, Shape in) {
    if (!Shape.isValid(List.of(dense.outputs()))) {
      return Optional.empty();
    }
    return Optional.of(Shape.vector(dense.outputs()))
        .filter(_ -> isAddressable(index, "matrix", (double) dense.outputs() * in.size()));
  }

  private boolean isAddressable(int index, String what, double weights) {
    if (weights > MAX_WEIGHTS) {
      String name = declaration.steps().get(index).displayName();
      report(
          new Place.OfArgument(index),
          ShapeDiagnostics.sizeOutOfRange(
              "the " + what + " of layer `" + name + "`",
              String.format(Locale.ROOT, "%.0f numbers", weights)));
    }
    return weights <= MAX_WEIGHTS;
  }

  private Optional<Shape> inferActivate(int index, Step step, Activation activation) {
    Optional<Shape> in = operand(index, activation.kind().word());
    return switch (activation) {
      case Activation.Pointwise _ -> in;
      case Activation.Linear linear -> in.filter(shape -> fits(index, step, linear, shape));
      case Activation.Grouped grouped ->
          in.filter(shape -> grouped.violated().isEmpty() && fits(index, step, grouped, shape));
    };
  }

  private boolean fits(int index, Step step, Activation.Linear linear, Shape shape) {
    if (linear.kind() == LinearKind.CENTER && shape.image().isPresent()) {
      report(
          new Place.OfStep(index),
          ImageDiagnostics.needsVector(step.displayName(), linear.kind().word(), shape));
      return false;
    }
    if (linear.kind() == LinearKind.CENTER && shape.size() == 1) {
      report(new Place.OfStep(index), ShapeDiagnostics.centerOfOne(step.displayName(), shape));
      return false;
    }
    return true;
  }

  private boolean fits(int index, Step step, Activation.Grouped grouped, Shape shape) {
    if (shape.image().isPresent()) {
      Optional<Diagnostic> fault = ImageShapes.unfit(step.displayName(), grouped, shape);
      fault.ifPresent(diagnostic -> report(new Place.OfStep(index), diagnostic));
      return fault.isEmpty();
    }
    int group = grouped.group(shape.size());
    if (group > 1 && shape.size() % group == 0) {
      return true;
    }
    String layer = step.displayName();
    report(
        new Place.OfStep(index),
        switch (grouped.kind()) {
          case SOFTMAX -> ShapeDiagnostics.softmaxOfOne(layer, shape);
          case MAXMIN -> ShapeDiagnostics.oddMaxMin(layer, shape);
          case L2_NORMALIZE -> ShapeDiagnostics.lengthOfOne(layer, shape);
          case LAYER_NORM ->
              group == 1
                  ? ShapeDiagnostics.layerNormOfOne(layer, shape)
                  : ShapeDiagnostics.groupsDoNotFit(layer, grouped.kind().word(), group, shape);
          case GROUP_SORT, HOUSEHOLDER ->
              ShapeDiagnostics.groupsDoNotFit(layer, grouped.kind().word(), group, shape);
        });
    return false;
  }

  private Optional<Shape> inferAdd(int index, Step step) {
    List<Integer> operands = graph.operands().get(index);
    if (operands.size() < 2) {
      report(
          new Place.OfStep(index),
          ShapeDiagnostics.operandCount(step.displayName(), "+", "at least two", operands.size()));
      return Optional.empty();
    }
    Optional<Shape> first = shapeOfOperand(operands.getFirst());
    for (int k = 1; k < operands.size(); k++) {
      Optional<Shape> other = shapeOfOperand(operands.get(k));
      if (first.isPresent() && other.isPresent() && !first.equals(other)) {
        report(
            new Place.OfOperand(index, k),
            ShapeDiagnostics.addsDifferentShapes(
                step.displayName(),
                quoted(operands.getFirst(), 0),
                first.get(),
                quoted(operands.get(k), k),
                other.get()));
        return Optional.empty();
      }
    }
    return first;
  }

  /** An operand by its name; one within the same expression has no name that a user can write. */
  private String quoted(int step, int index) {
    Step operand = declaration.steps().get(step);
    boolean named = operand.binding().filter(operand.name()::equals).isPresent();
    return named ? "`" + operand.name() + "`" : "operand " + (index + 1);
  }

  private Optional<Shape> inferConcat(int index, Step step) {
    List<Integer> operands = graph.operands().get(index);
    if (operands.size() < 2) {
      report(
          new Place.OfStep(index),
          ShapeDiagnostics.operandCount(
              step.displayName(), "concat", "at least two", operands.size()));
      return Optional.empty();
    }
    List<Shape> parts = operands.stream().flatMap(k -> shapeOfOperand(k).stream()).toList();
    if (parts.size() < operands.size()) {
      return Optional.empty();
    }
    long size = parts.stream().mapToLong(Shape::size).sum();
    if (size > Shape.MAX_SIZE) {
      report(
          new Place.OfStep(index),
          ShapeDiagnostics.sizeOutOfRange(
              "layer `" + step.displayName() + "`", String.valueOf(size)));
      return Optional.empty();
    }
    return Optional.of(ImageShapes.joined(parts).orElse(Shape.vector((int) size)));
  }

  private void checkResult() {
    if (declaration.result().isEmpty() || graph.output() == StepGraph.UNRESOLVED) {
      return;
    }
    List<Integer> declared = declaration.result().get();
    if (!Shape.isValid(declared)) {
      report(
          new Place.OfResult(),
          ShapeDiagnostics.sizeOutOfRange(
              "the result of " + declaration.name(), declared.toString()));
      return;
    }
    Shape expected = new Shape(declared);
    output()
        .filter(found -> !found.equals(expected))
        .ifPresent(
            found ->
                report(
                    new Place.OfResult(),
                    ShapeDiagnostics.resultShape(declaration.name(), expected, found)));
  }

  private void checkSize() {
    long elements =
        shapes.stream().flatMap(Optional::stream).mapToLong(shape -> shape.size()).sum();
    if (complete() && elements > MAX_ELEMENTS) {
      report(
          new Place.OfNetwork(),
          ShapeDiagnostics.networkTooLarge(declaration.name(), elements, MAX_ELEMENTS));
    }
  }

  private void report(Place place, Diagnostic diagnostic) {
    findings.add(new Finding(place, diagnostic));
  }
}
