package io.lipc.processor;

import io.lipc.model.diagnostic.Diagnostics;
import java.util.Locale;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/** Annotated types that cannot be networks, whatever is in them. */
final class NotANetwork {

  private NotANetwork() {}

  /** Why a type is none; empty if it may be one. */
  static Optional<Located> why(TypeElement type) {
    if (type.getKind() != ElementKind.INTERFACE) {
      return Optional.of(notAnInterface(type));
    }
    return type.getTypeParameters().isEmpty() ? Optional.empty() : Optional.of(generic(type));
  }

  private static Located notAnInterface(TypeElement type) {
    return Located.of(
        Position.of(type),
        Diagnostics.declarationInvalid(
            "`" + type.getSimpleName() + "` is annotated @CertifiedNetwork but is not an interface",
            "an interface, whose methods are layers",
            kindOf(type),
            "make it an interface; what runs is the generated class"));
  }

  /** A network is one function; its class would have no use for types. */
  private static Located generic(TypeElement type) {
    String name = type.getSimpleName().toString();
    return Located.of(
        Position.of(type),
        Diagnostics.declarationInvalid(
            "network `" + name + "` has type parameters",
            "an interface without type parameters",
            "`" + name + "<" + type.getTypeParameters().getFirst() + ">`",
            "write `interface " + name + "`"));
  }

  /** {@code annotation type}, {@code record}, and so on. */
  private static String kindOf(TypeElement type) {
    return type.getKind().toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
