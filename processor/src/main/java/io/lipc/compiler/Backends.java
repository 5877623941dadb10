package io.lipc.compiler;

import io.lipc.model.Diagnostic;
import io.lipc.model.Diagnostics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What to generate classes for: what the option says or, without it, whatever the code to be
 * compiled can see the types of.
 *
 * @param chosen the backends
 * @param faults what is wrong with the option
 */
public record Backends(Set<Backend> chosen, List<Diagnostic> faults) {

  /** The option of javac that names backends. */
  public static final String OPTION = "lipc.backends";

  private static final String API = "uk.ac.manchester.tornado.api.TaskGraph";
  private static final String RUNTIME = "io.lipc.runtime.tornado.TornadoProgram";

  /**
   * The backends of a compilation.
   *
   * @param options javac's options for processors
   * @param isVisible whether a type of that qualified name can be referred to
   */
  public static Backends of(Map<String, String> options, Predicate<String> isVisible) {
    List<String> missing = List.of(API, RUNTIME).stream().filter(isVisible.negate()).toList();
    if (!options.containsKey(OPTION)) {
      return new Backends(
          missing.isEmpty() ? EnumSet.allOf(Backend.class) : EnumSet.of(Backend.JVM), List.of());
    }
    Set<Backend> chosen = EnumSet.of(Backend.JVM);
    List<Diagnostic> faults = new ArrayList<>();
    String written = options.get(OPTION);
    for (String word : (written == null ? "" : written).split(",", -1)) {
      Backend.named(word.strip())
          .ifPresentOrElse(
              chosen::add,
              () -> faults.add(Diagnostics.unknownName("backend", word.strip(), Backend.words())));
    }
    if (chosen.contains(Backend.TORNADO) && !missing.isEmpty()) {
      chosen.remove(Backend.TORNADO);
      faults.add(
          Diagnostics.backendNotAvailable(
              Backend.TORNADO.word(),
              List.of(API, RUNTIME),
              missing,
              missing.contains(RUNTIME)
                  ? "io.lipc:lipc-runtime-tornado, which brings TornadoVM's API"
                  : "io.github.beehive-lab:tornado-api"));
    }
    return new Backends(chosen, faults);
  }
}
