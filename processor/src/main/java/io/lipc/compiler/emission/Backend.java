package io.lipc.compiler.emission;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A platform for which classes are generated. A new one is a constant here and a case of {@code
 * Emission}.
 */
public enum Backend {
  /** {@code XxxNetwork}, which needs nothing but the JVM; always generated. */
  JVM("the JVM"),
  /** {@code XxxTornado}, task graphs for TornadoVM. */
  TORNADO(
      "TornadoVM",
      // Of TornadoVM's API; `--release 17` hides it.
      new Requirement(
          "java.lang.foreign.MemorySegment",
          "compile for Java 22 or newer, for which TornadoVM's API is written: `--release 25`, or "
              + "maven.compiler.release"),
      new Requirement(
          "uk.ac.manchester.tornado.api.TaskGraph",
          "add the dependency io.github.beehive-lab:tornado-api"),
      new Requirement(
          "io.lipc.device.DeviceFunctions",
          "add `requires io.lipc.device;` to module-info.java; without one, the dependency "
              + "io.lipc:lipc-device-functions"),
      new Requirement(
          "io.lipc.runtime.tornado.TornadoProgram",
          "add the dependency io.lipc:lipc-runtime-tornado, which brings TornadoVM's API"));

  /**
   * A type to which generated code refers, by itself or by its supertypes.
   *
   * @param type a qualified name
   * @param remedy what makes it visible: the first help of a message
   */
  record Requirement(String type, String remedy) {}

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Requirement> requirements;

  Backend(String title, Requirement... requirements) {
    this.title = title;
    this.requirements = List.of(requirements);
  }

  /** The backend's word in the option {@code -Alipc.backends}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The backend's name in messages. */
  public String title() {
    return title;
  }

  List<Requirement> requirements() {
    return requirements;
  }

  /** The requirements that the compiled code cannot see, in order. */
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
