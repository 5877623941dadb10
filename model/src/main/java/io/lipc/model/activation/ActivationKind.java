package io.lipc.model.activation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The activations of the language, each by its word: functions whose constants are left open. */
public sealed interface ActivationKind permits PointwiseKind, GroupedKind, LinearKind {

  /** The word of the language for this activation. */
  String word();

  /** The constants of the activation, in order. */
  List<Parameter> parameters();

  /** The names of its constants, in order. */
  default List<String> parameterNames() {
    return parameters().stream().map(Parameter::name).toList();
  }

  /**
   * The function with its constants.
   *
   * @param parameters finite numbers
   * @throws IllegalArgumentException if they are not as many as {@link #parameters()}
   */
  Activation with(List<Double> parameters);

  /** All activations, in the order in which messages list them. */
  static List<ActivationKind> values() {
    List<ActivationKind> kinds = new ArrayList<>(List.of(PointwiseKind.values()));
    kinds.add(LinearKind.IDENTITY);
    kinds.addAll(List.of(GroupedKind.values()));
    kinds.add(LinearKind.CENTER);
    return kinds;
  }

  /** The activation that the language calls {@code word}. */
  static Optional<ActivationKind> named(String word) {
    return values().stream().filter(kind -> kind.word().equals(word)).findFirst();
  }
}
