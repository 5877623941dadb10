package io.lipc.processor;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Sum;
import io.lipc.formats.Norm;
import io.lipc.model.LinearOperation;
import io.lipc.model.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Turns one annotation into the operation that it declares. */
final class Operations {

  /** The linear operations by the simple names of their annotations. */
  private static final Map<String, LinearOperation> LINEAR =
      LinearOperation.ALL.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  operation -> ActivationAnnotations.spelt(operation.word()), Function.identity()));

  private static final Set<String> WEIGHTED = Set.of("Dense", "Conv2d", "BatchNorm");

  private Operations() {}

  /** The simple names of all annotations of operations. */
  static Set<String> names() {
    return Stream.of(
            Set.of("Input", "Dense", "BatchNorm", "Add", "Flatten", "Reshape", "GlobalAvgPool"),
            Set.of("Call"),
            WindowAnnotations.names(),
            LINEAR.keySet())
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether an annotation's layer has tensors. */
  static boolean hasWeights(Annotated annotated) {
    return WEIGHTED.contains(annotated.name());
  }

  /** The operation; empty where it names a type that is not a network. */
  static Optional<Operation> read(
      Annotated annotated, Optional<Annotated> tensor, Elements elements) {
    Optional<String> prefix = tensor.map(name -> name.text("value"));
    return switch (annotated.name()) {
      case "Input" -> Optional.of(new Operation.Input(annotated.integers("value"), box(annotated)));
      case "Dense" ->
          Optional.of(
              new Operation.Dense(annotated.integer("value"), annotated.flag("bias"), prefix));
      case "BatchNorm" -> Optional.of(new Operation.Normalize(annotated.number("epsilon"), prefix));
      case "Conv2d", "AvgPool", "MaxPool" -> Optional.of(WindowAnnotations.read(annotated, prefix));
      case "GlobalAvgPool" -> Optional.of(new Operation.AveragePooling(Optional.empty()));
      case "Add" -> Optional.of(new Operation.Linear(new Sum()));
      case "Flatten" -> Optional.of(new Operation.Reshape(Optional.empty()));
      case "Reshape" ->
          Optional.of(new Operation.Reshape(Optional.of(annotated.integers("value"))));
      case "Call" -> annotated.type("value").flatMap(type -> call(annotated, type, elements));
      default -> Optional.of(new Operation.Linear(map(annotated)));
    };
  }

  private static LinearMap map(Annotated annotated) {
    LinearOperation operation = LINEAR.get(annotated.name());
    return switch (operation) {
      case null ->
          throw new IllegalArgumentException("@" + annotated.name() + " is not an operation");
      case LinearOperation.Bare bare -> bare.map();
      case LinearOperation.OfNumber of -> of.map().apply(annotated.number("value"));
      case LinearOperation.OfWholes of -> of.map().apply(annotated.integers("value"));
    };
  }

  private static Optional<Operation> call(Annotated annotated, TypeMirror type, Elements elements) {
    if (type.getKind() != TypeKind.DECLARED) {
      return Optional.empty();
    }
    TypeElement callee = (TypeElement) ((DeclaredType) type).asElement();
    boolean network =
        Annotated.on(callee, elements).stream().anyMatch(one -> one.is("CertifiedNetwork"));
    return network
        ? Optional.of(new Operation.Call(Names.network(callee, elements), via(annotated)))
        : Optional.empty();
  }

  /** The norm of a call; empty if several are named, as none of them is the callee's then. */
  private static Optional<Norm> via(Annotated call) {
    List<String> constants = call.constants("via");
    return Arrays.stream(Norm.values())
        .filter(norm -> constants.equals(List.of(norm.name())))
        .findFirst();
  }

  /** A box is declared by giving either end. */
  private static Optional<Operation.Box> box(Annotated input) {
    if (input.written("min").isEmpty() && input.written("max").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Operation.Box(input.number("min"), input.number("max")));
  }

  /** The member to point at where the box is not an interval. */
  static String faultyEnd(Annotated input) {
    boolean onlyUpper = input.written("min").isEmpty();
    boolean unboundedAbove =
        input.written("max").isPresent() && !Double.isFinite(input.number("max"));
    return onlyUpper || unboundedAbove ? "max" : "min";
  }
}
