package io.lipc.processor;

import io.lipc.model.diagnostic.Diagnostics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;

/**
 * The annotations of one layer, sorted: one operation and at most one activation, in any order.
 *
 * @param operation the operation; absent where the layer is an activation alone
 * @param activation the activation
 * @param tensor the name of the tensors, where it is not that of the layer
 * @param output the mark of the output
 */
record LayerAnnotations(
    Optional<Annotated> operation,
    Optional<Annotated> activation,
    Optional<Annotated> tensor,
    Optional<Annotated> output) {

  static final Set<String> OPERATIONS = Operations.names();
  static final Set<String> ACTIVATIONS = ActivationAnnotations.names();

  /** Every annotation of a layer, without its at sign. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(OPERATIONS);
    names.addAll(ACTIVATIONS);
    names.addAll(Set.of("Output", "Tensor"));
    return names;
  }

  /** Sorts the annotations of {@code method}; empty, with a fault, where they form no layer. */
  static Optional<LayerAnnotations> sort(
      ExecutableElement method, List<Annotated> annotations, List<Located> faults) {
    List<Annotated> operations = named(annotations, OPERATIONS);
    List<Annotated> activations = named(annotations, ACTIVATIONS);
    String layer = "layer `" + method.getSimpleName() + "`";
    if (operations.size() > 1 || activations.size() > 1) {
      List<Annotated> several = operations.size() > 1 ? operations : activations;
      faults.add(several(layer, several));
      return Optional.empty();
    }
    if (operations.isEmpty() && activations.isEmpty()) {
      faults.add(nothing(method, layer));
      return Optional.empty();
    }
    Optional<Annotated> tensor = first(annotations, "Tensor");
    if (tensor.isPresent() && operations.stream().noneMatch(Operations::hasWeights)) {
      faults.add(tensorWithoutWeights(layer, tensor.get()));
      return Optional.empty();
    }
    Optional<Located> window =
        operations.stream()
            .flatMap(operation -> WindowAnnotations.fault(layer, operation).stream())
            .findFirst();
    if (window.isPresent()) {
      faults.add(window.get());
      return Optional.empty();
    }
    return Optional.of(
        new LayerAnnotations(
            operations.stream().findFirst(),
            activations.stream().findFirst(),
            tensor,
            first(annotations, "Output")));
  }

  private static Optional<Annotated> first(List<Annotated> annotations, String name) {
    return annotations.stream().filter(annotated -> annotated.is(name)).findFirst();
  }

  private static Located tensorWithoutWeights(String layer, Annotated tensor) {
    return Located.of(
        Position.of(tensor),
        Diagnostics.declarationInvalid(
            layer + " has no weights, so @Tensor renames nothing",
            "@Tensor beside @Dense, @Conv2d or @BatchNorm",
            "@Tensor on a layer without weights",
            "move it to the layer that it is about, or remove it"));
  }

  private static List<Annotated> named(List<Annotated> annotations, Set<String> names) {
    return annotations.stream().filter(annotated -> names.contains(annotated.name())).toList();
  }

  private static Located several(String layer, List<Annotated> several) {
    String found =
        several.stream().map(annotated -> "@" + annotated.name()).collect(Collectors.joining(", "));
    return Located.of(
        Position.of(several.get(1)),
        Diagnostics.declarationInvalid(
            layer + " has more than one operation or activation: " + found,
            "one operation and at most one activation",
            found,
            "make each of them a layer of its own"));
  }

  private static Located nothing(ExecutableElement method, String layer) {
    String known =
        new TreeSet<>(OPERATIONS)
            .stream().map(name -> "@" + name).collect(Collectors.joining(", "));
    return Located.of(
        Position.of(method),
        Diagnostics.declarationInvalid(
            layer + " has no operation",
            "one of " + known + ", or an activation",
            "none",
            "annotate the method with what the layer does (@Identity: nothing), or give it a body"));
  }
}
