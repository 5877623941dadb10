package io.lipc.compiler.emission;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What classes are generated for. A new one is a constant here and a case of {@code Emission}. */
public enum Backend {
  /** {@code XxxNetwork}, which needs nothing but the JVM; always generated. */
  JVM("the JVM"),
  /** {@code XxxTornado}, task graphs for TornadoVM. */
  TORNADO(
      "TornadoVM",
      new Requirement(
          "uk.ac.manchester.tornado.api.TaskGraph", "io.github.beehive-lab:tornado-api"),
      new Requirement(
          "io.lipc.runtime.tornado.TornadoProgram",
          "io.lipc:lipc-runtime-tornado, which brings TornadoVM's API"));

  /**
   * What generated code refers to.
   *
   * @param type a qualified name
   * @param dependency what has it, and the types before it
   */
  record Requirement(String type, String dependency) {}

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Requirement> requirements;

  Backend(String title, Requirement... requirements) {
    this.title = title;
    this.requirements = List.of(requirements);
  }

  /** What the option {@code -Alipc.backends} calls it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What messages call it. */
  public String title() {
    return title;
  }

  List<Requirement> requirements() {
    return requirements;
  }

  /** Those of its requirements that code to be compiled cannot see, in order. */
  List<Requirement> missing(Predicate<String> isVisible) {
    return requirements.stream().filter(required -> !isVisible.test(required.type())).toList();
  }

  /** All words, in order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Backend::word).toList();
  }

  /** The backend that the option calls {@code word}. */
  public static Optional<Backend> named(String word) {
    return Arrays.stream(values()).filter(backend -> backend.word().equals(word)).findFirst();
  }
}
