package io.lipc.processor;

import io.lipc.model.Norm;
import io.lipc.model.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** From one annotation to the operation that it declares. */
final class Operations {

  private Operations() {}

  /** The operation; empty where it names a type that is not a network. */
  static Optional<Operation> read(
      Annotated annotated, Optional<Annotated> tensor, Elements elements) {
    return switch (annotated.name()) {
      case "Input" -> Optional.of(new Operation.Input(annotated.integers("value"), box(annotated)));
      case "Dense" ->
          Optional.of(
              new Operation.Dense(
                  annotated.integer("value"),
                  annotated.flag("bias"),
                  tensor.map(name -> name.text("value"))));
      case "Add" -> Optional.of(new Operation.Add());
      case "Concat" -> Optional.of(new Operation.Concat());
      case "Scale" -> Optional.of(new Operation.Scale(annotated.number("value")));
      case "Call" -> annotated.type("value").flatMap(type -> call(annotated, type, elements));
      default -> throw new IllegalArgumentException("no operation: @" + annotated.name());
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

  /** Of several norms none is the callee's. */
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

  /** The member to point at where the box is no interval. */
  static String faultyEnd(Annotated input) {
    boolean onlyUpper = input.written("min").isEmpty();
    boolean unboundedAbove =
        input.written("max").isPresent() && !Double.isFinite(input.number("max"));
    return onlyUpper || unboundedAbove ? "max" : "min";
  }
}
