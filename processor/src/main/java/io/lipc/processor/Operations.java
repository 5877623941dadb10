package io.lipc.processor;

import io.lipc.model.Activation;
import io.lipc.model.ActivationKind;
import io.lipc.model.Norm;
import io.lipc.model.Operation;
import io.lipc.model.RefusedActivation;
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

  static Operation readActivation(Annotated annotated) {
    return switch (annotated.name()) {
      case "Relu" -> plain(ActivationKind.RELU);
      case "LeakyRelu" -> activation(ActivationKind.LEAKY_RELU, annotated.number("value"));
      case "Elu" -> activation(ActivationKind.ELU, annotated.number("value"));
      case "Celu" -> activation(ActivationKind.CELU, annotated.number("value"));
      case "Relu6" -> plain(ActivationKind.RELU6);
      case "HardTanh" -> plain(ActivationKind.HARD_TANH);
      case "Selu" -> plain(ActivationKind.SELU);
      case "Softplus" -> plain(ActivationKind.SOFTPLUS);
      case "Softsign" -> plain(ActivationKind.SOFTSIGN);
      case "HardSigmoid" -> plain(ActivationKind.HARD_SIGMOID);
      case "HardSwish" -> plain(ActivationKind.HARD_SWISH);
      case "Gelu" -> plain(ActivationKind.GELU);
      case "GeluTanh" -> plain(ActivationKind.GELU_TANH);
      case "Mish" -> plain(ActivationKind.MISH);
      case "Sin" -> plain(ActivationKind.SIN);
      case "Tanh" -> plain(ActivationKind.TANH);
      case "Sigmoid" -> plain(ActivationKind.SIGMOID);
      case "Silu" -> plain(ActivationKind.SILU);
      case "Abs" -> plain(ActivationKind.ABS);
      case "Identity" -> plain(ActivationKind.IDENTITY);
      case "MaxMin" -> plain(ActivationKind.MAXMIN);
      case "GroupSort" -> activation(ActivationKind.GROUP_SORT, annotated.integer("value"));
      case "Householder" ->
          activation(ActivationKind.HOUSEHOLDER, annotated.number("v0"), annotated.number("v1"));
      case "Softmax" -> activation(ActivationKind.SOFTMAX, annotated.number("value"));
      case "Center" -> plain(ActivationKind.CENTER);
      case "Square" -> new Operation.Refused(RefusedActivation.SQUARE);
      case "Exp" -> new Operation.Refused(RefusedActivation.EXP);
      case "Heaviside" -> new Operation.Refused(RefusedActivation.HEAVISIDE);
      case "HardShrink" -> new Operation.Refused(RefusedActivation.HARD_SHRINK);
      case "Threshold" -> new Operation.Refused(RefusedActivation.THRESHOLD);
      default -> throw new IllegalArgumentException("no activation: @" + annotated.name());
    };
  }

  private static Operation activation(ActivationKind kind, double... parameters) {
    return new Operation.Activate(new Activation(kind, Arrays.stream(parameters).boxed().toList()));
  }

  private static Operation plain(ActivationKind kind) {
    return new Operation.Activate(Activation.of(kind));
  }
}
