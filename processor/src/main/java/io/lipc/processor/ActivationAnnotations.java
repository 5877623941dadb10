package io.lipc.processor;

import io.lipc.model.Operation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.RefusedActivation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Annotations of activations: they are spelt as the words of the language are, {@code @HardTanh}
 * for {@code hard_tanh}. The members are the constants by name; an only constant is the value.
 */
final class ActivationAnnotations {

  /** Names that are two words in Java and one in the language. */
  private static final Map<String, String> IRREGULAR = Map.of("maxmin", "MaxMin");

  private static final Map<String, ActivationKind> KINDS = new TreeMap<>();
  private static final Map<String, RefusedActivation> REFUSED = new TreeMap<>();

  static {
    ActivationKind.values().forEach(kind -> KINDS.put(spelt(kind.word()), kind));
    Arrays.stream(RefusedActivation.values())
        .forEach(refused -> REFUSED.put(spelt(refused.word()), refused));
  }

  private ActivationAnnotations() {}

  /** The simple name of the annotation that stands for a word. */
  static String spelt(String word) {
    String regular =
        Arrays.stream(word.split("_", -1))
            .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
            .collect(Collectors.joining());
    return IRREGULAR.getOrDefault(word, regular);
  }

  /** The simple names of all of them, those included that are always refused. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(KINDS.keySet());
    names.addAll(REFUSED.keySet());
    return names;
  }

  /** The members of the annotation of a kind, in the order of its constants. */
  static List<String> members(ActivationKind kind) {
    return kind.parameterNames().size() == 1 ? List.of("value") : kind.parameterNames();
  }

  /** The operation that one of {@link #names} stands for. */
  static Operation read(Annotated annotated) {
    RefusedActivation refused = REFUSED.get(annotated.name());
    if (refused != null) {
      return new Operation.Refused(refused);
    }
    ActivationKind kind = KINDS.get(annotated.name());
    if (kind == null) {
      throw new IllegalArgumentException("@" + annotated.name() + " is not an activation");
    }
    List<Double> constants = members(kind).stream().map(annotated::number).toList();
    return new Operation.Activate(kind.with(constants));
  }
}
